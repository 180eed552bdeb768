"""What is posted: the lines of a purchase, and what stands above them.

Places and cost centres are named by id or by what another system calls them; paths of faults are
those of the fields, ``lines/0/sku``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from placet.carts.pricing.values import NO_REFERENCES


class PostedPart(NamedTuple):
    """So many of a line to one place; what is empty is the line's, then the purchase's own."""

    quantity: int
    ship_to: str = ""
    cost_center: str = ""
    need_by_on: date | None = None


class PostedProduct(NamedTuple):
    """What a shop says of a thing that it sells; the unit price is for ``price_quantity`` pieces.

    ``category`` is a path that the catalog need not know, ``tax_basis_points`` its rate.
    ``discount_minor`` is taken off the whole line, before tax, and ``promotion`` is its name.
    """

    name: str
    unit_price_minor: int
    price_quantity: int = 1
    tax_basis_points: int = 0
    pack: str = ""
    category: str = ""
    brand: str = ""
    supplier: str = ""
    tags: tuple[str, ...] = ()
    is_restricted: bool = False
    discount_minor: int = 0
    promotion: str = ""


class PostedLine(NamedTuple):
    """So many of a SKU. Only a shop says what it is and costs (``stated``)."""

    sku: str
    quantity: int
    stated: PostedProduct | None = None
    ship_to: str = ""
    cost_center: str = ""
    need_by_on: date | None = None
    parts: tuple[PostedPart, ...] = ()
    note: str = ""
    references: Mapping[str, str] = NO_REFERENCES


class PostedShipping(NamedTuple):
    """What delivery to a place costs, net; the place may stay empty where there is only one."""

    amount_minor: int
    ship_to: str = ""


class PostedDiscount(NamedTuple):
    """What is taken off all goods together, before tax, and what that is called."""

    name: str
    amount_minor: int


class PostedPurchase(NamedTuple):
    """A purchase as it is posted. ``total_minor`` with shipping and tax is compared, if stated.

    ``shipping``, its tax rate and ``discounts`` are a shop's own, as its prices are.
    """

    currency: str
    lines: tuple[PostedLine, ...]
    name: str = ""
    ship_to: str = ""
    bill_to: str = ""
    cost_center: str = ""
    po_number: str = ""
    references: Mapping[str, str] = NO_REFERENCES
    justification: str = ""
    requested_on: date | None = None
    terms: str = ""
    shipping: tuple[PostedShipping, ...] = ()
    shipping_tax_basis_points: int = 0
    total_minor: int | None = None
    discounts: tuple[PostedDiscount, ...] = ()
