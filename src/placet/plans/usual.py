"""What a unit orders again and again, from the flat purchase history: one query."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Final, NamedTuple

from placet.core.actor import Actor
from placet.plans.models import PurchasedLine

LOOKED_BACK: Final = timedelta(days=365)
MOST_ROWS: Final = 5_000
OFTEN: Final = 2
"""So many orders of a product make it usual."""


class Usual(NamedTuple):
    """A product that the unit ordered ``orders`` times in a year.

    ``quantity`` is the typical one, ``interval_days`` the typical time between two orders, and
    ``last_price_minor`` what ``price_quantity`` pieces cost the last time.
    """

    sku: str
    orders: int
    quantity: int
    interval_days: int
    last_at: datetime
    last_price_minor: int
    price_quantity: int

    def is_due(self, now: datetime) -> bool:
        """Whether it is ordered about this long after the last time."""
        return now - self.last_at >= timedelta(days=self.interval_days)


def list_usual(actor: Actor, *, now: datetime, limit: int = 60) -> list[Usual]:
    """What the actor's unit and those below it order, the most often ordered first."""
    rows = PurchasedLine.objects.filter(
        company_id=actor.company_id,
        unit_path__startswith=actor.unit_path,
        currency=actor.currency,
        created_at__gte=now - LOOKED_BACK,
    ).order_by("-created_at", "-id")[:MOST_ROWS]
    orders: dict[str, dict[str, int]] = defaultdict(dict)
    moments: dict[str, dict[str, datetime]] = defaultdict(dict)
    last: dict[str, PurchasedLine] = {}
    for row in rows:
        last.setdefault(row.sku, row)
        orders[row.sku][row.order_id] = orders[row.sku].get(row.order_id, 0) + row.quantity
        moments[row.sku][row.order_id] = row.created_at
    found = [
        _usual(last[sku], list(quantities.values()), sorted(moments[sku].values()))
        for sku, quantities in orders.items()
        if len(quantities) >= OFTEN
    ]
    return sorted(found, key=lambda one: (-one.orders, one.sku))[:limit]


def _usual(row: PurchasedLine, quantities: list[int], moments: list[datetime]) -> Usual:
    between = [(after - before).days for before, after in pairwise(moments)]
    return Usual(
        sku=row.sku,
        orders=len(quantities),
        quantity=median_low(quantities),
        interval_days=max(median_low(between), 1),
        last_at=row.created_at,
        last_price_minor=row.unit_price_minor,
        price_quantity=row.price_quantity,
    )
