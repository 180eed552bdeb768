"""Reading stored bytes: a reader for each format that was ever written."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from placet.core.errors import Conflict
from placet.orders.content.shape import (
    Content,
    ContentAllocation,
    ContentDiscount,
    ContentEnvelope,
    ContentLine,
    ContentQuote,
    ContentShipment,
    ContentTax,
    CostCenterMark,
    Place,
)


class UnreadableContent(Conflict):
    """Stored bytes in an unknown format: nothing is placed from what cannot be read."""

    code = "unreadable_content"


def read_content(written: bytes | memoryview) -> Content:
    """The content of stored bytes; raises ``UnreadableContent`` for a format that is not known."""
    stored: dict[str, Any] = json.loads(bytes(written))
    reader = _READERS.get(stored.pop("format", None))
    if reader is None:
        raise UnreadableContent(_("This content has a format that this version does not know."))
    return reader(stored)


def _read_1(stored: dict[str, Any]) -> Content:
    """Format 1 knew one shipping and one rate a line; its parts were taxed at that rate."""
    for line in stored["lines"]:
        for part in line["allocations"]:
            part["tax_basis_points"] = line["tax_basis_points"]
    return _content(stored)


def _read_2(stored: dict[str, Any]) -> Content:
    envelope, quote = stored.pop("envelope"), stored.pop("quote")
    return _content(
        stored,
        shipments=tuple(ContentShipment(**one) for one in stored.pop("shipments")),
        discounts=tuple(ContentDiscount(**one) for one in stored.pop("discounts")),
        taxes=tuple(ContentTax(**one) for one in stored.pop("taxes")),
        envelope=ContentEnvelope(**envelope) if envelope else None,
        quote=ContentQuote(**quote) if quote else None,
    )


def _content(stored: dict[str, Any], **more: Any) -> Content:
    bill_to = stored.pop("bill_to")
    return Content(
        bill_to=Place(**bill_to) if bill_to else None,
        ship_tos=tuple(Place(**place) for place in stored.pop("ship_tos")),
        cost_centers=tuple(CostCenterMark(**mark) for mark in stored.pop("cost_centers")),
        lines=tuple(_line(line) for line in stored.pop("lines")),
        **more,
        **stored,
    )


def _line(stored: dict[str, Any]) -> ContentLine:
    allocations = tuple(ContentAllocation(**part) for part in stored.pop("allocations"))
    return ContentLine(allocations=allocations, **stored)


_READERS = {1: _read_1, 2: _read_2}
