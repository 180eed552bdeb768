"""Rolling sums over the purchase history: one query a measure, and only for measures that count."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from placet.plans.models import PurchasedLine
from placet.policy import facts
from placet.policy.variations import Baskets, is_similar

MOST_ROWS = 5_000


def load_history(
    company_id: str,
    requester_id: str,
    unit_path: str,
    purchase: facts.Purchase,
    windows: Iterable[tuple[str, int]],
    read_facts: frozenset[str],
    *,
    besides: str = "",
    now: datetime,
) -> facts.History:
    """The sums that the rulebooks name, without this purchase, in the company's currency.

    ``besides`` is the requisition whose own order is of no account: it is being changed.
    """
    mine = PurchasedLine.objects.filter(company_id=company_id, currency=purchase.currency)
    if besides:
        mine = mine.exclude(requisition_id=besides)
    totals: dict[tuple[str, int], int] = {}
    by_key: dict[tuple[str, int], dict[str, int]] = {}
    for measure, days in sorted(windows):
        recent = mine.filter(created_at__gte=now - timedelta(days=days))
        if measure == "spend_requester":
            totals[measure, days] = _sum(recent.filter(member_id=requester_id))
        elif measure == "spend_unit":
            totals[measure, days] = _sum(recent.filter(unit_path__startswith=unit_path))
        elif measure == "similar_orders":
            totals[measure, days] = _similar(recent.filter(unit_path=unit_path), purchase)
        elif measure in ("category_spend", "spend_category"):
            nothing = dict.fromkeys((line.category for line in purchase.lines), 0)
            by_key[measure, days] = nothing | _by(recent, "category_path")
        else:
            nothing = dict.fromkeys(_places(purchase), 0)
            by_key[measure, days] = nothing | _by(recent, "ship_to_id")
    return facts.History(
        totals=totals,
        by_key=by_key,
        first_categories=_first_categories(mine, purchase, read_facts),
        first_ship_tos=_first_ship_tos(mine, purchase, read_facts),
    )


def _sum(rows: QuerySet[PurchasedLine]) -> int:
    return int(rows.aggregate(total=Sum("total_minor"))["total"] or 0)


def _by(rows: QuerySet[PurchasedLine], column: str) -> dict[str, int]:
    grouped = rows.values_list(column).annotate(total=Sum("total_minor"))
    return {str(key).strip("/"): int(total) for key, total in grouped}


def _similar(rows: QuerySet[PurchasedLine], purchase: facts.Purchase) -> int:
    """How many orders held at least four fifths of this purchase's SKUs."""
    skus = {line.sku for line in purchase.lines}
    least = next(shared for shared in range(len(skus) + 1) if is_similar(shared, len(skus)))
    grouped = (
        rows.filter(sku__in=sorted(skus))
        .values_list("order_id")
        .annotate(shared=Count("sku", distinct=True))
    )
    return grouped.filter(shared__gte=least).count()


def load_baskets(
    company_id: str,
    unit_path: str,
    currency: str,
    skus: Collection[str],
    windows: Iterable[tuple[str, int]],
    *,
    now: datetime,
) -> Baskets | None:
    """The unit's orders that hold any of these SKUs, for each window in which similar ones count.

    One query, or none without such a window; ``None`` where there are too many to look at.
    """
    days = sorted(days for measure, days in windows if measure == "similar_orders")
    if not days:
        return {}
    rows = PurchasedLine.objects.filter(
        company_id=company_id,
        currency=currency,
        unit_path=unit_path,
        sku__in=sorted(skus),
        created_at__gte=now - timedelta(days=days[-1]),
    ).values_list("order_id", "sku", "created_at")[: MOST_ROWS + 1]
    if len(rows) > MOST_ROWS:
        return None
    baskets: dict[int, dict[str, set[str]]] = {count: {} for count in days}
    for order, sku, created_at in rows:
        for count in days:
            if created_at >= now - timedelta(days=count):
                baskets[count].setdefault(order, set()).add(sku)
    return {
        count: tuple(frozenset(found) for found in orders.values())
        for count, orders in baskets.items()
    }


def _first_categories(
    rows: QuerySet[PurchasedLine], purchase: facts.Purchase, read_facts: frozenset[str]
) -> frozenset[str]:
    if "history.first_categories" not in read_facts:
        return frozenset()
    categories = {line.category for line in purchase.lines}
    wanted = Q(category_path__in=[f"{category}/" for category in sorted(categories)])
    known = rows.filter(wanted).values_list("category_path", flat=True).distinct()
    return frozenset(categories - {path.strip("/") for path in known})


def _places(purchase: facts.Purchase) -> set[str]:
    return {part.ship_to for line in purchase.lines for part in line.allocations}


def _first_ship_tos(
    rows: QuerySet[PurchasedLine], purchase: facts.Purchase, read_facts: frozenset[str]
) -> frozenset[str]:
    if "history.first_ship_tos" not in read_facts:
        return frozenset()
    places = _places(purchase)
    known = rows.filter(ship_to_id__in=sorted(places)).values_list("ship_to_id", flat=True)
    return frozenset(places - set(known.distinct()))
