"""The merchant's first page in one value."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.core.actor import Actor
from placet.web.today.figures import Figure, list_figures
from placet.web.today.waiting import Waits, list_waiting


class Today(NamedTuple):
    """What waits, the most urgent first, and the figures of the day."""

    waiting: list[Waits]
    figures: list[Figure]

    @property
    def number(self) -> int:
        """How many pieces of work there are."""
        return sum(row.number for row in self.waiting)

    @property
    def urgent(self) -> int:
        """How many of them should not wait longer."""
        return sum(row.number for row in self.waiting if row.state == "blocked")

    @property
    def since(self) -> datetime | None:
        """Since when the oldest waits."""
        return min((row.since for row in self.waiting if row.since), default=None)


def read_today(actor: Actor, *, now: datetime) -> Today:
    """Today as this person may see it; the number of queries depends on their rights alone."""
    return Today(list_waiting(actor, now=now), list_figures(actor, now=now))
