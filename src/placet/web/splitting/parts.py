"""The parts of the lines of a cart, as its page names them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from placet.carts.models import Cart
from placet.carts.pricing import PricedAllocation, PricedCart, PricedLine
from placet.companies.models import Address, CostCenter


class PartRow(NamedTuple):
    """So many pieces to a place, on a cost centre, by a day; empty where nothing is chosen."""

    quantity: int
    place: str
    cost_center: str
    need_by_on: date | None


def read_parts(cart: Cart, priced: PricedCart) -> Mapping[int, tuple[PartRow, ...]]:
    """The parts of each line that is divided, or goes elsewhere than the cart, by line number.

    Two queries at most, and none where every line goes where the cart goes.
    """
    divided = [line for line in priced.lines if _is_divided(cart, line)]
    if not divided:
        return {}
    parts = [part for line in divided for part in line.allocations]
    places = _names(Address, {part.ship_to_id for part in parts}, "name")
    centers = _names(CostCenter, {part.cost_center_id for part in parts}, "code")
    return {
        line.number: tuple(_row(part, places, centers) for part in line.allocations)
        for line in divided
    }


def _is_divided(cart: Cart, line: PricedLine) -> bool:
    usual = (cart.ship_to_id or "", cart.cost_center_id or "", None)
    return len(line.allocations) > 1 or any(part[1:4] != usual for part in line.allocations)


def _names(model: type[Address] | type[CostCenter], ids: set[str], name: str) -> Mapping[str, str]:
    rows = model._default_manager.filter(pk__in=sorted(ids - {""}))
    return dict(rows.values_list("pk", name))


def _row(part: PricedAllocation, places: Mapping[str, str], centers: Mapping[str, str]) -> PartRow:
    return PartRow(
        part.quantity,
        places.get(part.ship_to_id, ""),
        centers.get(part.cost_center_id, ""),
        part.need_by_on,
    )
