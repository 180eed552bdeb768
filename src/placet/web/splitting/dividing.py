"""What the buttons of the dividing forms mean, as parts of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from placet.carts.actions import AllocationValues
from placet.carts.allocating import divided_evenly, spread_over
from placet.carts.models import Cart, CartLine
from placet.core.errors import InvalidInput
from placet.web.splitting.forms import TypedMatrix, TypedPart, read_parts, read_quantities
from placet.web.splitting.page import list_lines, parts_of, pieces_by_place

NOWHERE: Final = ""
Lines = dict[str, Sequence[AllocationValues]]


def wanted_parts(
    cart: Cart, line: CartLine, typed: list[TypedPart], wish: str
) -> list[AllocationValues]:
    """The parts that a line is to have: as typed, ``even``, or none for ``whole``.

    Raises ``InvalidInput``.
    """
    if wish == "whole":
        return []
    if wish == "even":
        rows = [row for row in typed if not row.is_blank] or typed
        counts = divided_evenly(line.quantity, len(rows)) if rows else []
        typed = [row._replace(quantity=str(n)) for row, n in zip(rows, counts, strict=True) if n]
    parts = [_to_own(cart, part) for part in read_parts(typed)]
    return [] if len(parts) == 1 and parts[0] == AllocationValues(line.quantity) else parts


def wanted_lines(cart: Cart, typed: TypedMatrix, wish: str) -> Lines:
    """The parts of those lines that are to change: as typed, or ``even`` over the places."""
    own = cart.ship_to_id or ""
    found: Lines = {}
    for line in list_lines(cart).filter(pk__in=sorted(typed.quantities)):
        pieces = read_quantities(typed.quantities[line.pk], line.pk)
        before = pieces_by_place(cart, line)
        # What goes nowhere yet can be divided too.
        there = {place: before.get(place, 0) for place in (*pieces, NOWHERE)}
        if wish == "even":
            counts = divided_evenly(sum(there.values()), len(pieces)) if pieces else []
            pieces = dict(zip(pieces, counts, strict=True))
        _refuse_sum(line, sum(pieces.values()), sum(there.values()))
        pieces = {**pieces, NOWHERE: 0} if there[NOWHERE] else pieces
        there = {place: there[place] for place in pieces}
        if pieces != there:
            parts = parts_of(line) or [AllocationValues(line.quantity)]
            found[line.pk] = spread_over(parts, pieces, own)
    return found


def lines_to_one_place(cart: Cart) -> Lines:
    """Every divided line without ship-tos of its own; cost centres and days stay."""
    found: Lines = {}
    for line in list_lines(cart):
        parts = parts_of(line)
        if any(part.ship_to_id for part in parts):
            found[line.pk] = _gathered(parts)
    return found


def _refuse_sum(line: CartLine, typed: int, there: int) -> None:
    """Pieces are moved between the places that are shown, and none is added or lost."""
    if typed != there:
        raise InvalidInput(
            f"lines/{line.pk}",
            "sum",
            _("These are %(typed)d together; %(there)d have to be divided.")
            % {"typed": typed, "there": there},
        )


def _gathered(parts: Sequence[AllocationValues]) -> list[AllocationValues]:
    """Parts that differ only by their place are one."""
    counts: dict[AllocationValues, int] = {}
    for part in parts:
        key = part._replace(quantity=0, ship_to_id="")
        counts[key] = counts.get(key, 0) + part.quantity
    found = [key._replace(quantity=count) for key, count in counts.items()]
    return [] if len(found) == 1 and found[0][1:] == ("", "", None) else found


def _to_own(cart: Cart, part: AllocationValues) -> AllocationValues:
    """What is the cart's own is said by nothing, so that it goes with the cart."""
    return part._replace(
        ship_to_id="" if part.ship_to_id == cart.ship_to_id else part.ship_to_id,
        cost_center_id="" if part.cost_center_id == cart.cost_center_id else part.cost_center_id,
    )
