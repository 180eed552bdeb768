"""The web server: a few processes with threads; pages wait for the database, not for each other."""

import os

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
