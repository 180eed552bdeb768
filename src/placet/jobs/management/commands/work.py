"""``placet work``: the job worker in the foreground."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from placet.core.stopping import stop_on
from placet.jobs.worker import run_worker


class Command(BaseCommand):
    """Applies due decisions and sends mails and webhooks until it is told to stop."""

    help = "Run the job worker in the foreground; stop it with Ctrl-C or SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal comes; what is being sent then is finished first."""
        run_worker(stop_on(signal.SIGTERM, signal.SIGINT))
