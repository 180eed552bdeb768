"""``placet demo``: a world to try Placet in, in the foreground."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from placet.demo.running.environment import (
    STARTED,
    CannotStart,
    demo_environment,
    refuse_busy_port,
)
from placet.demo.world.history.play import SEED
from placet.demo.world.scale import FULL, SCALES, Scale


class Command(BaseCommand):
    """Starts the demo; on the first start, or with ``--reset``, its world is loaded."""

    help = "Run the demo in the foreground: web server, worker and mailbox."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it listens, and whether it starts afresh."""
        parser.add_argument("--port", type=int, default=8000, help="8000 unless you say otherwise")
        parser.add_argument("--reset", action="store_true", help="start with a fresh world")
        parser.add_argument(
            "--scale", choices=sorted(SCALES), default=FULL.name, help="small loads in a moment"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="another world of the same kind")

    def handle(self, *args: Any, **options: Any) -> None:
        """Begin again with the demo's own settings, then run until a signal comes."""
        try:
            refuse_busy_port(options["port"])
            if os.environ.get(STARTED) != "1" or not settings.PLACET_DEMO:
                environment = demo_environment(options["port"], os.environ)
                sys.stdout.flush()
                command = [sys.executable, *sys.argv]
                os.execve(sys.executable, command, environment)  # noqa: S606  this command again
            scale = SCALES[options["scale"]]
            self._run(options["port"], options["seed"], scale, is_reset=options["reset"])
        except CannotStart as error:
            raise CommandError(str(error)) from error

    def _run(self, port: int, seed: int, scale: Scale, *, is_reset: bool) -> None:
        from placet.demo.running.foreground import run_demo
        from placet.demo.running.state import prepare_state, remove_state

        began = monotonic()
        if is_reset:
            remove_state()
        self._say("Preparing the demo (the first start takes some seconds longer) ...")
        if prepare_state(seed, scale):
            self._say(f"The demo world was loaded in {monotonic() - began:.0f} s.")
        if not run_demo(port, self._say):
            raise CommandError("The demo ended by itself.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
