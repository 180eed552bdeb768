"""The web server: a few processes with threads; pages wait for the database, not for each other."""

import os
import tempfile
from typing import Any

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

# The processes count requests together, in a folder of their own.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="placet-figures-"))


def child_exit(_server: Any, worker: Any) -> None:
    """What a process counted stays counted when it ends."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)
