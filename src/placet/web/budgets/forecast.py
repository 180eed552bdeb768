"""Where a budget will stand at the end of its period, if it goes on as it began.

The rule is one line and is told on the page: what was ordered here, carried on for the rest of the
time, plus what waits. What was posted in a lump (an opening balance) counts and is not carried on.
Too early in a period it would be a guess, and none is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Sum

from placet.budgets.models import Budget, Reservation

FIRST_PART: Final = 0.1
"""Before a tenth of the period has passed nothing is foretold."""


class Forecast(NamedTuple):
    """What will probably be used at the end, in minor units, and by how much that is too much."""

    used_minor: int
    over_minor: int
    passed_percent: int


def forecast_of(budget: Budget, ordered_minor: int, now: datetime) -> Forecast | None:
    """The forecast of a running budget; ``None`` too early, and when the period is over.

    ``ordered_minor`` is what purchases took from it (``ordered_from``).
    """
    part = passed_part(budget, now)
    if not FIRST_PART <= part < 1 or ordered_minor <= 0:
        return None
    ahead = round(ordered_minor / part) - ordered_minor
    used = budget.used_minor + ahead
    return Forecast(used, max(used - budget.amount_minor, 0), round(part * 100))


def ordered_from(budgets: Iterable[Budget]) -> dict[str, int]:
    """What purchases ordered from each of these budgets: one query."""
    committed = Reservation.objects.filter(
        budget__in=[budget.pk for budget in budgets], status=Reservation.Status.COMMITTED
    )
    sums = committed.order_by().values_list("budget_id").annotate(total=Sum("committed_minor"))
    return {budget_id: int(total) for budget_id, total in sums}


def passed_part(budget: Budget, now: datetime) -> float:
    """How much of the period is over, from 0 to 1."""
    whole = (budget.ends_at - budget.starts_at).total_seconds()
    return min(max((now - budget.starts_at).total_seconds() / whole, 0.0), 1.0)
