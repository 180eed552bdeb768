"""The frozen content of a purchase, format 1: what is approved is what leaves.

A revision stores the exact canonical bytes that were hashed; the order is made from those bytes.
The shape of format 1 never changes; a new shape gets a new number, and this reader stays for ever.
All amounts are minor units of ``currency``; quantities are whole; strings are NFC.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.core.errors import Conflict
from placet.events.canonical import canonical_bytes, sha256

FORMAT = 1


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
    """A part of a line: how many go where, on which cost centre, by when."""

    quantity: int
    ship_to: str
    cost_center: str
    need_by_on: str
    goods_minor: int
    shipping_minor: int
    tax_minor: int


class ContentLine(NamedTuple):
    """One line; the unit price is that of ``price_quantity`` pieces."""

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


class Content(NamedTuple):
    """Everything about a purchase that an approver approves."""

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

    @property
    def po_number(self) -> str:
        """The buyer's own order number; empty where there is none."""
        return self.references.get("po", "")

    @property
    def net_minor(self) -> int:
        """Goods and shipping, without tax."""
        return self.goods_minor + self.shipping_minor

    def ship_to_named(self, address_id: str) -> Place | None:
        """The place of an allocation."""
        return next((place for place in self.ship_tos if place.id == address_id), None)

    def cost_center_named(self, cost_center_id: str) -> CostCenterMark | None:
        """The cost centre of an allocation."""
        return next((mark for mark in self.cost_centers if mark.id == cost_center_id), None)


def write_content(content: Content) -> tuple[bytes, str]:
    """The canonical bytes of a content, and their SHA-256 in hexadecimal."""
    written = canonical_bytes({"format": FORMAT, **_plain(content)})
    return written, sha256(written)


def read_content(written: bytes | memoryview) -> Content:
    """The content of stored bytes; raises ``UnreadableContent`` for a format that is not known."""
    parsed: dict[str, Any] = json.loads(bytes(written))
    if parsed.pop("format", None) != FORMAT:
        raise UnreadableContent(_("This content has a format that this version does not know."))
    bill_to = parsed.pop("bill_to")
    return Content(
        bill_to=Place(**bill_to) if bill_to else None,
        ship_tos=tuple(Place(**place) for place in parsed.pop("ship_tos")),
        cost_centers=tuple(CostCenterMark(**mark) for mark in parsed.pop("cost_centers")),
        lines=tuple(_line(line) for line in parsed.pop("lines")),
        **parsed,
    )


class UnreadableContent(Conflict):
    """Stored bytes in an unknown format: nothing is placed from what cannot be read."""

    code = "unreadable_content"


def _line(stored: dict[str, Any]) -> ContentLine:
    allocations = tuple(ContentAllocation(**part) for part in stored.pop("allocations"))
    return ContentLine(allocations=allocations, **stored)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
