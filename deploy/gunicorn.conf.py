"""The web server: a few processes with threads; pages wait for the database, not for each other."""

import os
import tempfile
from typing import Any

LINE = "JsonLine" if os.environ.get("PLACET_PRODUCTION") else "PlainLine"
workers = int(os.environ.get("PLACET_WEB_PROCESSES", "2"))
threads = int(os.environ.get("PLACET_WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
timeout = 30
graceful_timeout = 30
keepalive = 5
# A slow leak somewhere never becomes a bad night.
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
control_socket_disable = True
# Its own sentences become lines of the same log, without addresses of people.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"placet.project.logs.{LINE}"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}

# The processes count requests together, in a folder of their own.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="placet-figures-"))


def child_exit(_server: Any, worker: Any) -> None:
    """What a process counted stays counted when it ends."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)
