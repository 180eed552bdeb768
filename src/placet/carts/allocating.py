"""The parts of a line: checked, divided evenly, and spread over places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.carts.quantities import MOST_PARTS
from placet.core.errors import InvalidInput


class AllocationValues(NamedTuple):
    """A part of a line as it is wished; an empty id means the cart's own."""

    quantity: int
    ship_to_id: str = ""
    cost_center_id: str = ""
    need_by_on: date | None = None


def refuse_parts(quantity: int, parts: Sequence[AllocationValues], path: str) -> None:
    """Raises ``InvalidInput`` for parts that do not add up to the line's quantity."""
    if len(parts) > MOST_PARTS:
        raise InvalidInput(path, "too_many", _("A line has 50 parts at most."))
    for place, part in enumerate(parts):
        if part.quantity < 1:
            raise InvalidInput(
                f"{path}/{place}/quantity", "positive", _("A quantity is one or more.")
            )
    wanted = sum(part.quantity for part in parts)
    if parts and wanted != quantity:
        raise InvalidInput(
            path,
            "sum",
            _("The parts are %(wanted)d together, the line is %(quantity)d.")
            % {"wanted": wanted, "quantity": quantity},
        )


def divided_evenly(quantity: int, count: int) -> list[int]:
    """So many whole parts that differ by one at most, the larger ones first."""
    share, rest = divmod(quantity, count)
    return [share + (place < rest) for place in range(count)]


def spread_over(
    parts: Sequence[AllocationValues], wanted: Mapping[str, int], own: str
) -> list[AllocationValues]:
    """The parts of a line with so many pieces at each of these ship-tos.

    Where a place has parts already, its last ones take the difference, so that cost centres and
    days stay; a new place takes those of the first part. Places that are not named keep theirs.
    ``own`` is the cart's ship-to. A line that goes where the cart goes has no parts.
    """
    found = [part for part in parts if (part.ship_to_id or own) not in wanted]
    for place, quantity in wanted.items():
        there = [part for part in parts if (part.ship_to_id or own) == place]
        if not there:
            first = parts[0] if parts else AllocationValues(0)
            named = "" if place == own else place
            there = [first._replace(quantity=quantity, ship_to_id=named)]
        found += _fitted(there, quantity)
    is_whole = len(found) == 1 and found[0][1:] == ("", "", None)
    return [] if is_whole else found


def _fitted(parts: Sequence[AllocationValues], quantity: int) -> list[AllocationValues]:
    """These parts with another quantity in all; the last ones take the difference."""
    found = list(parts)
    missing = quantity - sum(part.quantity for part in found)
    if missing > 0:
        found[-1] = found[-1]._replace(quantity=found[-1].quantity + missing)
    while missing < 0 and found:
        last = found.pop()
        if last.quantity > -missing:
            found.append(last._replace(quantity=last.quantity + missing))
            break
        missing += last.quantity
    return [part for part in found if part.quantity]
