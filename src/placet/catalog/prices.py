"""Which price a company pays: of its own lists that hold the first, else the default list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, Subquery

from placet.catalog.models import CompanyPriceList, Price, PriceList
from placet.companies.models import Company


class Tier(NamedTuple):
    """From this quantity on, ``price_quantity`` pieces cost this much."""

    from_quantity: int
    unit_price_minor: int


class PriceTiers(NamedTuple):
    """What a company pays for a product, and the list price beside it; tiers rise by quantity.

    A product without a tier for one piece takes its lowest tier below that quantity too.
    """

    tiers: tuple[Tier, ...]
    list_tiers: tuple[Tier, ...]

    def at(self, quantity: int) -> int:
        """The company's price for this quantity, for ``price_quantity`` pieces."""
        return _at(self.tiers, quantity)

    def list_at(self, quantity: int) -> int | None:
        """The list price for this quantity; ``None`` where the product is on no default list."""
        return _at(self.list_tiers, quantity) if self.list_tiers else None


def list_prices_for(
    company_id: str, currency: str, product_ids: Collection[str], now: datetime
) -> Mapping[str, PriceTiers]:
    """The prices of these products for a company, in two queries however many there are.

    Of the lists that hold today the first that has a product says its price, all tiers of it. A
    product that is missing in the answer has no price in this currency: it is not for sale.
    """
    lists, default = _lists_of(company_id, currency, now)
    rows: dict[str, dict[str, list[Tier]]] = {}
    for product_id, list_id, from_quantity, minor in (
        Price.objects.filter(price_list_id__in=sorted(set(lists)), product_id__in=product_ids)
        .order_by("from_quantity")
        .values_list("product_id", "price_list_id", "from_quantity", "unit_price_minor")
    ):
        rows.setdefault(product_id, {}).setdefault(list_id, []).append(Tier(from_quantity, minor))
    return {
        product_id: PriceTiers(
            tuple(next(tiers[key] for key in lists if key in tiers)),
            tuple(tiers.get(default, ())),
        )
        for product_id, tiers in rows.items()
    }


def price_lists_of(company_id: str, currency: str, now: datetime) -> tuple[str, ...]:
    """The ids of the lists by which a company pays today: those agreed in their order, the default.

    Days are of the merchant's calendar, the first and the last included. One query.
    """
    return _lists_of(company_id, currency, now)[0]


def _lists_of(company_id: str, currency: str, now: datetime) -> tuple[tuple[str, ...], str]:
    """The same, with the default list by itself; empty where there is none that holds."""
    own = CompanyPriceList.objects.filter(company_id=company_id, price_list=OuterRef("pk"))
    zone = Company.objects.filter(kind=Company.Kind.MERCHANT).values("time_zone")
    found = (
        PriceList.objects.filter(Q(is_default=True) | Exists(own), currency=currency)
        .annotate(place=Subquery(own.values("position")), zone=Subquery(zone))
        .order_by("place", "created_at", "id")
        .values_list("id", "is_default", "place", "zone", "valid_from", "valid_until")
    )
    holding = [row for row in found if _holds(row[4], row[5], _day_in(row[3], now))]
    agreed = tuple(row[0] for row in holding if row[2] is not None)
    default = next((row[0] for row in holding if row[1]), "")
    return (*agreed, *((default,) if default else ())), default


def _day_in(zone: str | None, now: datetime) -> date:
    """Before there is a merchant, days are those of UTC."""
    return now.astimezone(ZoneInfo(zone or "UTC")).date()


def _holds(first: date | None, last: date | None, today: date) -> bool:
    return (first is None or first <= today) and (last is None or today <= last)


def _at(tiers: tuple[Tier, ...], quantity: int) -> int:
    price = tiers[0].unit_price_minor
    for tier in tiers:
        if tier.from_quantity <= quantity:
            price = tier.unit_price_minor
    return price
