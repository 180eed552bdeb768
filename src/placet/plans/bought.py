"""What was bought before: last by one's own unit, and just now by anybody of the company."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import QuerySet, Sum

from placet.companies.models import Unit
from placet.plans.history import latest_of
from placet.plans.models import PurchasedLine

JUST_NOW: Final = timedelta(days=7)


class Bought(NamedTuple):
    """An order of a SKU: when, by whom of which unit, how many, at which unit price."""

    at: datetime
    who: str
    unit: str
    quantity: int
    unit_price_minor: int
    currency: str


class BoughtBefore(NamedTuple):
    """By SKU. ``elsewhere`` holds only what another unit ordered within the last seven days.

    Who of another unit it was, and at which price, is no matter of the reader's.
    """

    here: Mapping[str, Bought]
    elsewhere: Mapping[str, Bought]


def list_bought_before(
    company_id: str, unit_path: str, skus: Iterable[str], *, now: datetime
) -> BoughtBefore:
    """The last orders of these SKUs; four queries, however many there are."""
    wanted = sorted(set(skus))
    rows = PurchasedLine.objects.filter(company_id=company_id, sku__in=wanted)
    below = rows.filter(unit_path__startswith=unit_path)
    here = _latest(below, wanted)
    others = rows.filter(created_at__gte=now - JUST_NOW).exclude(unit_path__startswith=unit_path)
    elsewhere = _latest(others, wanted)
    both = [*here, *elsewhere]
    if not both:
        return BoughtBefore({}, {})
    quantities = _quantities(both)
    names = _unit_names(elsewhere)
    return BoughtBefore(
        {row.sku: _bought(row, quantities, row.member.user.name, "") for row in here},
        {row.sku: _bought(row, quantities, "", names.get(_unit_id(row), "")) for row in elsewhere},
    )


def _latest(rows: QuerySet[PurchasedLine], skus: Sequence[str]) -> list[PurchasedLine]:
    """The last row of each SKU."""
    return list(latest_of(rows, skus).select_related("member__user"))


def _quantities(rows: Collection[PurchasedLine]) -> dict[tuple[str, str], int]:
    """How many there were of a SKU in an order, which has a row for each part of a line."""
    sums = (
        PurchasedLine.objects.filter(
            order_id__in={row.order_id for row in rows}, sku__in={row.sku for row in rows}
        )
        .values_list("order_id", "sku")
        .annotate(quantity=Sum("quantity"))
    )
    return {(order_id, sku): quantity for order_id, sku, quantity in sums}


def _unit_names(rows: Collection[PurchasedLine]) -> dict[str, str]:
    ids = {_unit_id(row) for row in rows}
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))


def _unit_id(row: PurchasedLine) -> str:
    return row.unit_path.strip("/").rpartition("/")[2]


def _bought(
    row: PurchasedLine, quantities: Mapping[tuple[str, str], int], who: str, unit: str
) -> Bought:
    return Bought(
        row.created_at,
        who,
        unit,
        quantities.get((row.order_id, row.sku), row.quantity),
        row.unit_price_minor,
        row.currency,
    )
