"""``placet sweep``: do everything that is due once, for machines that have cron and no worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from placet.core import clock
from placet.jobs.restoring.pulse import beat, may_work
from placet.jobs.sweep import sweep


class Command(BaseCommand):
    """One pass over the timetable."""

    help = "Apply due decisions and send what is due, once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep and say how much was done."""
        if not may_work(now=clock.real_now()):
            raise CommandError("Held after a restore: placet restored says what to do.")
        done = sweep(now=clock.business_now())
        if done:
            beat()
        self.stdout.write(f"{done} done")
