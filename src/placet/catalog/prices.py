"""Which price a company pays: its own list while that is valid, else the default list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, Case, Q, When

from placet.catalog.models import CompanyPriceList, Price, PriceList


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

    A product that is missing in the answer has no price in this currency: it is not for sale.
    """
    agreed, default = price_lists_of(company_id, currency, now)
    rows: dict[str, dict[str, list[Tier]]] = {}
    for product_id, list_id, from_quantity, minor in (
        Price.objects.filter(price_list_id__in=[agreed, default], product_id__in=product_ids)
        .order_by("from_quantity")
        .values_list("product_id", "price_list_id", "from_quantity", "unit_price_minor")
    ):
        rows.setdefault(product_id, {}).setdefault(list_id, []).append(Tier(from_quantity, minor))
    return {
        product_id: PriceTiers(
            tuple(lists.get(agreed) or lists[default]), tuple(lists.get(default, ()))
        )
        for product_id, lists in rows.items()
    }


def price_lists_of(company_id: str, currency: str, now: datetime) -> tuple[str, str]:
    """The ids of the company's own list, while valid, and of the default list; empty for none."""
    today = now.date()
    valid = (Q(valid_from__isnull=True) | Q(valid_from__lte=today)) & (
        Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    )
    own = Q(pk__in=CompanyPriceList.objects.filter(company_id=company_id).values("price_list"))
    agreed = default = ""
    for list_id, is_default, is_own in (
        PriceList.objects.filter(Q(is_default=True) | own, valid, currency=currency)
        .annotate(is_own=Case(When(own, then=True), default=False, output_field=BooleanField()))
        .values_list("id", "is_default", "is_own")
    ):
        agreed = list_id if is_own else agreed
        default = list_id if is_default else default
    return agreed, default


def _at(tiers: tuple[Tier, ...], quantity: int) -> int:
    price = tiers[0].unit_price_minor
    for tier in tiers:
        if tier.from_quantity <= quantity:
            price = tier.unit_price_minor
    return price
