"""What a frozen purchase says, format 2.

All amounts are minor units of ``currency``; quantities are whole; strings are NFC. What format 1
did not know has the value here that says so: nothing, zero or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

NO_REFERENCES: Final[Mapping[str, str]] = MappingProxyType({})
FREE_SHIPPING: Final = "free_shipping"
"""The kind of discount that takes away shipping, and nothing of the goods."""


class Place(NamedTuple):
    """An address as it stood when the content was frozen."""

    id: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    delivery_note: str


class CostCenterMark(NamedTuple):
    """A cost centre as it stood when the content was frozen."""

    id: str
    code: str
    name: str


class ContentAllocation(NamedTuple):
    """A part of a line: how many go where, on which cost centre, by when, taxed at which rate.

    Goods are net of all discounts; shipping and tax are this part's share.
    """

    quantity: int
    ship_to: str
    cost_center: str
    need_by_on: str
    goods_minor: int
    shipping_minor: int
    tax_minor: int
    tax_basis_points: int = 0


class ContentLine(NamedTuple):
    """One line; the unit price is that of ``price_quantity`` pieces, before any discount.

    ``total_minor`` is net of ``discount_minor``, the line's share of all discounts: the totals of
    the lines are the goods. The tax rate is that of its first part. ``part_number`` is what the
    company calls the product, ``references`` its own fields that are asked line by line.
    """

    number: int
    product: str
    sku: str
    name: str
    pack: str
    category: str
    quantity: int
    unit_price_minor: int
    list_price_minor: int | None
    last_paid_minor: int | None
    price_quantity: int
    total_minor: int
    tax_minor: int
    tax_basis_points: int
    allocations: tuple[ContentAllocation, ...]
    discount_minor: int = 0
    part_number: str = ""
    note: str = ""
    references: Mapping[str, str] = NO_REFERENCES

    @property
    def gross_minor(self) -> int:
        """What the pieces cost before discounts."""
        return self.total_minor + self.discount_minor


class ContentShipment(NamedTuple):
    """What goes to one ship-to: its goods net of discounts, its own shipping, and its tax."""

    ship_to: str
    goods_minor: int
    shipping_minor: int
    tax_minor: int


class ContentDiscount(NamedTuple):
    """What a promotion took off: of the goods, or with kind ``free_shipping`` of the shipping."""

    promotion: str
    name: str
    kind: str
    amount_minor: int


class ContentTax(NamedTuple):
    """All that is taxed at one rate, shipping included: the tax was rounded once, on this net."""

    basis_points: int
    net_minor: int
    tax_minor: int


class ContentEnvelope(NamedTuple):
    """How far later occurrences of a schedule may go without being approved anew.

    Each may cost ``total_minor`` at most, with shipping and tax, and each unit price may be higher
    by up to ``price_basis_points``. It ends after ``until_on``, a day of the company's calendar,
    and after so many ``occurrences`` behind this one: those that its rhythm had until then.
    """

    schedule: str
    total_minor: int
    price_basis_points: int
    until_on: str
    occurrences: int


class ContentQuote(NamedTuple):
    """The offer of the merchant at whose prices this is bought.

    ``discount_basis_points`` is what it takes off the list prices of what is bought.
    """

    quote: str
    number: str
    offer: str
    offer_number: int
    discount_basis_points: int


class Content(NamedTuple):
    """Everything about a purchase that an approver approves.

    Goods are net of ``discount_minor``. There is one shipment a ship-to and one tax a rate; a
    content of format 1 has neither.
    """

    requisition: str
    number: str
    name: str
    company: str
    unit: str
    requester: str
    source: str
    currency: str
    goods_minor: int
    discount_minor: int
    shipping_minor: int
    tax_minor: int
    total_minor: int
    bill_to: Place | None
    ship_tos: tuple[Place, ...]
    cost_centers: tuple[CostCenterMark, ...]
    terms: str
    references: Mapping[str, str]
    justification: str
    requested_on: str
    prices_held_until: str
    lines: tuple[ContentLine, ...]
    shipments: tuple[ContentShipment, ...] = ()
    discounts: tuple[ContentDiscount, ...] = ()
    taxes: tuple[ContentTax, ...] = ()
    envelope: ContentEnvelope | None = None
    quote: ContentQuote | None = None

    @property
    def po_number(self) -> str:
        """The buyer's own order number; empty where there is none."""
        return self.references.get("po", "")

    @property
    def net_minor(self) -> int:
        """Goods and shipping, without tax."""
        return self.goods_minor + self.shipping_minor

    @property
    def gross_goods_minor(self) -> int:
        """What the goods cost before discounts."""
        return self.goods_minor + self.discount_minor

    def ship_to_named(self, address_id: str) -> Place | None:
        """The place of an allocation."""
        return next((place for place in self.ship_tos if place.id == address_id), None)

    def cost_center_named(self, cost_center_id: str) -> CostCenterMark | None:
        """The cost centre of an allocation."""
        return next((mark for mark in self.cost_centers if mark.id == cost_center_id), None)
