"""Everything that a demo is, in the foreground, until it is told to stop."""

from __future__ import annotations

import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from threading import Event, Thread

from django.conf import settings
from django.db import connections

from placet.core.stopping import stop_on
from placet.demo.mailbox.receiver import receiving_mail
from placet.demo.running.processes import Processes

ANSWER_SECONDS = 90
WEB_PROCESSES = "2"
WEB_THREADS = "4"


def run_demo(port: int, say: Callable[[str], None]) -> bool:
    """Run web server, worker and mailbox; returns whether they ended because they were told to."""
    # Children open their own connections; an open one must not be shared.
    connections.close_all()
    stop = stop_on(signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    processes = Processes(_commands(port), say)
    with receiving_mail(settings.EMAIL_PORT):
        try:
            processes.start()
            Thread(target=_announce, args=(stop, say), daemon=True).start()
            return processes.watch(stop)
        finally:
            processes.end()


def _commands(port: int) -> dict[str, list[str]]:
    return {
        "web server": [
            sys.executable,
            "-m",
            "gunicorn",
            *("--workers", WEB_PROCESSES, "--threads", WEB_THREADS, "--worker-class", "gthread"),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--graceful-timeout", "5"),
            "placet.project.wsgi",
        ],
        "worker": [sys.executable, sys.argv[0], "work"],
    }


def _announce(stop: Event, say: Callable[[str], None]) -> None:
    """Say the address once the first page answers."""
    address = f"{settings.PLACET_BASE_URL}/"
    for _attempt in range(ANSWER_SECONDS * 5):
        if stop.is_set():
            return
        try:
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310  our own address
        except (urllib.error.URLError, OSError):
            stop.wait(0.2)
            continue
        say(f"Placet is at {address} (Ctrl-C ends it, the data stays)")
        return
    say(f"{address} has not answered for {ANSWER_SECONDS} seconds; see what was said above.")
