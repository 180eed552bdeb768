"""A demo as ``make demo`` runs it, in a folder and on a port of its own.

The world is loaded once for all workers of a session; each then runs a copy of it.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

ROOT = Path(__file__).resolve().parents[2]
PLACET = str(Path(sys.executable).parent / "placet")
READY_SECONDS = 240
DATABASE = "placet.sqlite3"


@contextmanager
def running_demo(shared: Path, own: Path) -> Iterator[str]:
    """The address of a demo; ``shared`` is a folder of all workers, ``own`` of this one."""
    own.mkdir(parents=True)
    loaded = shared / "demo-world.sqlite3"
    with (shared / "demo-world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_first = not loaded.exists()
        if is_first:
            process, address = _start(own)
            _copy(own / DATABASE, loaded)
    if not is_first:
        _copy(loaded, own / DATABASE)
        process, address = _start(own)
    try:
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def verify_demo(own: Path) -> str:
    """What ``placet verify`` says about the demo's database; nothing when all is well."""
    ended = subprocess.run(
        [PLACET, "verify"],
        env=_environment(own) | {"PLACET_DEMO": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if ended.returncode == 0 else ended.stdout + ended.stderr


def _start(own: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with (own / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [PLACET, "demo", "--port", str(port), "--scale", "small"],
            env=_environment(own),
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _wait_for(address, process, own / "output.txt")
    return process, address


def _environment(own: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLACET_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "PLACET_STATE": str(own)}


def _wait_for(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    give_up_at = monotonic() + READY_SECONDS
    while process.poll() is None and monotonic() < give_up_at:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except (urllib.error.URLError, OSError):
            Event().wait(0.1)
    raise AssertionError(f"the demo does not answer: {output.read_text()}")


def _copy(source: Path, target: Path) -> None:
    """A copy of a database that others have open."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        written.execute("PRAGMA journal_mode = WAL")
