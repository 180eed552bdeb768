"""Things happen in the order of their moments, whoever planned them first."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime

Happening = Callable[[datetime], None]


class Timeline:
    """What is still to happen; what happens may plan more, never for a moment that has passed.

    Past and present are played in one order, so that numbers, counters, budgets and the chain of
    events grow as they would have.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Happening]] = []
        self._planned = 0

    def plan(self, moment: datetime, happening: Happening) -> None:
        """Let this happen then; of two at the same moment the one that was planned first."""
        self._planned += 1
        heapq.heappush(self._waiting, (moment, self._planned, happening))

    def play(self) -> None:
        """Let everything happen."""
        while self._waiting:
            moment, _, happening = heapq.heappop(self._waiting)
            happening(moment)
