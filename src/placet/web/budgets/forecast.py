"""Where a budget will stand at the end of its period, if it goes on as it began.

The rule is one line and is told on the page: what was ordered, divided by the part of the period
that is over, plus what waits. Too early in a period it would be a guess, and none is made.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from placet.budgets.models import Budget

FIRST_PART: Final = 0.1
"""Before a tenth of the period has passed nothing is foretold."""


class Forecast(NamedTuple):
    """What will probably be used at the end, in minor units, and by how much that is too much."""

    used_minor: int
    over_minor: int
    passed_percent: int


def forecast_of(budget: Budget, now: datetime) -> Forecast | None:
    """The forecast of a running budget; ``None`` too early, and when the period is over."""
    part = passed_part(budget, now)
    if not FIRST_PART <= part < 1 or not budget.committed_minor:
        return None
    used = round(budget.committed_minor / part) + budget.reserved_minor
    return Forecast(used, max(used - budget.amount_minor, 0), round(part * 100))


def passed_part(budget: Budget, now: datetime) -> float:
    """How much of the period is over, from 0 to 1."""
    whole = (budget.ends_at - budget.starts_at).total_seconds()
    return min(max((now - budget.starts_at).total_seconds() / whole, 0.0), 1.0)
