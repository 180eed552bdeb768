"""``placet history``: completes the purchase history for requisitions that are older than it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from placet.requisitions.rebuilding import rebuild_past_purchases


class Command(BaseCommand):
    """Writes what is missing, and says what had to be taken from today."""

    help = "Complete the purchase history that back-tests read, from what was frozen."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """A hundred at a time, until none is missing; running it again changes nothing."""
        written = 0
        while count := rebuild_past_purchases():
            written += count
        self.stdout.write(f"{written} purchases were added to the history.")
        if written:
            self.stdout.write(
                "Exact: lines, prices, ship-tos, cost centres, authors, earlier orders. "
                "As of today: brands, tags, roles, limits, payment credit. "
                "Empty: budgets and what the requester had used of a period."
            )
