"""The demo's child processes: started together, started again when one dies, ended together."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from threading import Event
from time import monotonic

PATIENCE_SECONDS = 15
MOST_RESTARTS = 5
RESTARTS_WITHIN_SECONDS = 60


class Processes:
    """Named child processes; ``say`` tells whoever started the demo what happens."""

    def __init__(self, commands: Mapping[str, Sequence[str]], say: Callable[[str], None]) -> None:
        self._commands = commands
        self._say = say
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._restarts: list[float] = []

    def start(self) -> None:
        """Start every process."""
        for name in self._commands:
            self._start(name)

    def watch(self, stop: Event) -> bool:
        """Start again what dies, until ``stop`` is set; False when that is hopeless."""
        while not stop.wait(0.5):
            for name, process in list(self._running.items()):
                if process.poll() is None:
                    continue
                if not self._may_restart():
                    self._say(f"The {name} ended again and again; see what it said above.")
                    return False
                self._say(f"The {name} ended ({process.returncode}); it is started again.")
                self._start(name)
        return True

    def end(self) -> None:
        """Ask all to end, and make those that do not."""
        for process in self._running.values():
            process.terminate()
        deadline = monotonic() + PATIENCE_SECONDS
        for process in self._running.values():
            try:
                process.wait(timeout=max(0.1, deadline - monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, name: str) -> None:
        command = [sys.executable, "-m", "placet.demo.running.child", *self._commands[name]]
        self._running[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603

    def _may_restart(self) -> bool:
        at = monotonic()
        self._restarts = [t for t in self._restarts if at - t < RESTARTS_WITHIN_SECONDS] + [at]
        return len(self._restarts) <= MOST_RESTARTS
