"""Where the parts of a frozen line go, on which cost centre, and by when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from placet.orders.content import Content, ContentLine
from placet.plans.frozen import day_of


class Destination(NamedTuple):
    """So many pieces to a place; the cost centre and the day are empty where all share them."""

    quantity: int
    place: str
    cost_center: str
    need_by_on: date | None


def list_destinations(
    content: Content, line: ContentLine, *, for_merchant: bool
) -> list[Destination]:
    """The parts of a line that is divided, or goes elsewhere than others; else none.

    What is the same for the whole purchase is told above the lines and not again. The supplier's
    people are not told cost centres.
    """
    parts = line.allocations
    many_places = len(content.ship_tos) > 1
    many_centers = len(content.cost_centers) > 1 and not for_merchant
    dated = any(part.need_by_on for part in parts)
    if len(parts) < 2 and not (many_places or many_centers or dated):
        return []
    return [
        Destination(
            part.quantity,
            _place(content, part.ship_to) if many_places else "",
            _center(content, part.cost_center) if many_centers else "",
            day_of(part.need_by_on),
        )
        for part in parts
    ]


def _place(content: Content, address_id: str) -> str:
    found = content.ship_to_named(address_id)
    return found.name if found else ""


def _center(content: Content, cost_center_id: str) -> str:
    found = content.cost_center_named(cost_center_id)
    return found.code if found else ""
