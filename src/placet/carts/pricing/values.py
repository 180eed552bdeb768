"""A cart with its prices, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from placet.catalog.models import Product
from placet.policy.adding_up import Shipment
from placet.policy.promotions import NextPromotion
from placet.policy.totals import TaxAtRate

NO_REFERENCES: Final[Mapping[str, str]] = MappingProxyType({})


class PricedAllocation(NamedTuple):
    """A part of a line with its share of everything; ids are empty where nothing is chosen.

    Goods are net of all discounts.
    """

    quantity: int
    ship_to_id: str
    cost_center_id: str
    need_by_on: date | None
    goods_minor: int
    shipping_minor: int
    tax_minor: int
    tax_basis_points: int = 0


class NextTier(NamedTuple):
    """With ``more`` pieces, each ``price_quantity`` of them costs ``unit_price_minor``."""

    more: int
    unit_price_minor: int


class LineStep(NamedTuple):
    """With ``more`` pieces, the promotion takes ``basis_points`` off the line."""

    more: int
    name: str
    basis_points: int


class PricedLine(NamedTuple):
    """A line at the company's price. ``tax_minor`` is its share of all tax, shipping's included.

    ``unit_price_minor`` and ``list_price_minor`` are for ``price_quantity`` pieces, before any
    discount. ``total_minor`` is net of ``discount_minor``, the line's share of all discounts;
    ``promotion`` names the one that lowered this line itself. ``next_tier`` and ``next_promotion``
    are the nearest steps at which it gets cheaper.
    """

    line_id: str
    number: int
    product: Product
    quantity: int
    unit_price_minor: int
    list_price_minor: int | None
    price_quantity: int
    total_minor: int
    tax_minor: int
    allocations: tuple[PricedAllocation, ...]
    added_by_id: str
    thread_id: str
    replaces_sku: str
    version: int = 1
    note: str = ""
    discount_minor: int = 0
    promotion: str = ""
    references: Mapping[str, str] = NO_REFERENCES
    next_tier: NextTier | None = None
    next_promotion: LineStep | None = None

    @property
    def gross_minor(self) -> int:
        """What the pieces cost before discounts."""
        return self.total_minor + self.discount_minor


class PricedDiscount(NamedTuple):
    """What a promotion takes off the goods, or with kind ``free_shipping`` off the shipping."""

    promotion: str
    name: str
    kind: str
    amount_minor: int


class PricedCart(NamedTuple):
    """A cart at this moment: ``goods + shipping + tax`` is the total, to the cent.

    Goods are net of ``discount_minor``. ``shipments`` (one a ship-to) and ``taxes`` (one a rate,
    rounded once) add up to the same. ``free_shipping_from_minor`` is ``None`` where shipping is
    never free. ``next_promotion`` is the nearest order promotion and what is missing to it.

    ``unsellable`` are the SKUs that cannot be ordered as they stand; ``not_allowed`` those of them
    that the company sells to others of its people, and holds back from the requester.
    ``is_stated`` prices are the word of the merchant's own shop: no catalog is behind them.
    """

    currency: str
    lines: tuple[PricedLine, ...]
    goods_minor: int
    shipping_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    minimum_order_minor: int
    free_shipping_from_minor: int | None
    unsellable: tuple[str, ...]
    not_allowed: tuple[str, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    discounts: tuple[PricedDiscount, ...] = ()
    taxes: tuple[TaxAtRate, ...] = ()
    next_promotion: NextPromotion | None = None
    is_stated: bool = False

    @property
    def gross_goods_minor(self) -> int:
        """What the goods cost before discounts."""
        return self.goods_minor + self.discount_minor
