"""Which promotions hold for a company at this moment, as the engine reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, Subquery

from placet.catalog.models import Promotion
from placet.companies.models import Company
from placet.policy import promotions as engine

ONE_DAY = timedelta(days=1)


def list_promotions_for(
    company_id: str, currency: str, now: datetime
) -> tuple[engine.Promotion, ...]:
    """The promotions for everybody and for this company, by key; one query.

    Days are those of the merchant's calendar, the first and the last one included.
    """
    rows = (
        _about(company_id, currency, now.date())
        .annotate(zone=Subquery(_merchants().values("time_zone")[:1]))
        .order_by("key", "entries__id")
        .values(
            *("key", "name", "kind", "from_goods_minor", "from_quantity", "amount_minor"),
            *("basis_points", "valid_from", "valid_until", "zone"),
            *("entries__category__path", "entries__product__sku"),
        )
    )
    return _merged(row for row in rows if _holds(row, now))


def _merchants() -> QuerySet[Company]:
    return Company.objects.filter(kind=Company.Kind.MERCHANT)


def _about(company_id: str, currency: str, day: date) -> QuerySet[Promotion]:
    """Those that may hold: the merchant's day is never more than one away from the day in UTC."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day + ONE_DAY)
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=day - ONE_DAY)
    whose = Q(company__isnull=True) | Q(company_id=company_id)
    return Promotion.objects.filter(begun, not_over, whose, currency=currency, ended_at=None)


def _holds(row: dict[str, Any], now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(row["zone"] or "UTC")).date()
    first, last = row["valid_from"] or today, row["valid_until"] or today
    return bool(first <= today <= last)


def _merged(rows: Iterable[dict[str, Any]]) -> tuple[engine.Promotion, ...]:
    """One promotion of the rows of its entries."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["key"], []).append(row)
    return tuple(_promotion(entries) for entries in found.values())


def _promotion(entries: list[dict[str, Any]]) -> engine.Promotion:
    row = entries[0]
    paths = (entry["entries__category__path"] for entry in entries)
    skus = (entry["entries__product__sku"] for entry in entries)
    return engine.Promotion(
        key=row["key"],
        kind=cast(engine.Kind, row["kind"]),
        name=row["name"],
        from_goods_minor=row["from_goods_minor"],
        from_quantity=row["from_quantity"],
        amount_minor=row["amount_minor"],
        basis_points=row["basis_points"],
        categories=frozenset(path.strip("/") for path in paths if path),
        products=frozenset(sku for sku in skus if sku),
    )
