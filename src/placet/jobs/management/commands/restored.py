"""``placet restored``: after a backup was restored, what is uncertain, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placet.core import clock
from placet.jobs.restoring.pulse import find_hold, hold
from placet.jobs.restoring.releasing import release_hold
from placet.jobs.restoring.uncertain import backup_ends_at, list_uncertain

FATES = ("drop", "send")


class Command(BaseCommand):
    """Holds the workers, lists what may have left before, and lets the workers go on."""

    help = (
        "After restoring a backup: hold the workers and list what may have happened since it was "
        "made. With --mails and --webhooks, decide what becomes of it, and go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Nothing is sent or dropped without both being said."""
        parser.add_argument("--mails", choices=FATES, help="what becomes of the mails that wait")
        parser.add_argument("--webhooks", choices=FATES, help="what becomes of the webhooks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold and list; or release."""
        now = clock.real_now()
        if bool(options["mails"]) != bool(options["webhooks"]):
            raise CommandError("Say both: --mails drop|send and --webhooks drop|send.")
        if options["mails"]:
            self._release(options)
            return
        if hold(because="Somebody said that a backup was restored.", now=now):
            self.stdout.write("Held: nothing happens by itself from now on.")
        found = find_hold()
        if found is not None:
            self.stdout.write(
                f"Held since {found.held_at:%Y-%m-%d %H:%M} UTC. {found.held_because}"
            )
        ended = backup_ends_at()
        if ended is not None:
            self.stdout.write(f"The last fact of this database is of {ended:%Y-%m-%d %H:%M} UTC.")
        for uncertain in list_uncertain(now=clock.business_now()):
            self.stdout.write(f"{uncertain.many:6}  {uncertain.what}")
            if uncertain.many:
                self.stdout.write(f"        {uncertain.consequence}")
            for line in uncertain.some:
                self.stdout.write(f"          {line}")
        self.stdout.write("Then: placet restored --mails drop|send --webhooks drop|send")

    def _release(self, options: dict[str, Any]) -> None:
        if find_hold() is None:
            raise CommandError("Nothing is held. Without options this command holds the workers.")
        released = release_hold(
            mails=options["mails"], webhooks=options["webhooks"], now=clock.business_now()
        )
        self.stdout.write(
            f"Caught up with {released.caught_up}; dropped {released.mails} mails and "
            f"{released.webhooks} webhooks. The workers go on."
        )
