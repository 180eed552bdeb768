"""Things happen in the order of their moments, whoever planned them first."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

Happening = Callable[[datetime], None]


class Memory(Protocol):
    """What keeps rows beside the tables for a while."""

    def flush(self) -> None:
        """Write down what is not yet: somebody else acts now."""

    def catch_up(self) -> None:
        """Others have acted: take in what they left."""


class Timeline:
    """What is still to happen; what happens may plan more, never for a moment that has passed.

    Past and present are played in one order, so that numbers, counters, budgets and the chain of
    events grow as they would have.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, bool, Happening]] = []
        self._planned = 0

    def plan(self, moment: datetime, happening: Happening, *, in_memory: bool = False) -> None:
        """Let this happen then; of two at the same moment the one that was planned first.

        What happens ``in_memory`` is written later, before anything happens that reads the tables.
        """
        self._planned += 1
        heapq.heappush(self._waiting, (moment, self._planned, in_memory, happening))

    def play(self, memory: Memory) -> None:
        """Let everything happen."""
        was_in_memory = False
        while self._waiting:
            moment, _, in_memory, happening = heapq.heappop(self._waiting)
            if was_in_memory and not in_memory:
                memory.flush()
            elif in_memory and not was_in_memory:
                memory.catch_up()
            was_in_memory = in_memory
            happening(moment)
