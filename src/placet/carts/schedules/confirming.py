"""What the owner of a standing requisition has seen: which products, how many, at which prices.

Others may change the list too. What is new on it, more, or dearer than the owner allowed is not
bought in their name before they have looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from placet.carts.again import AgainRow
from placet.carts.lists.lines import ListedLine, read_lines
from placet.carts.models import PurchaseList, PurchaseListLine, Schedule
from placet.core.actor import Actor

WHOLE = 10_000


class Fault(NamedTuple):
    """Why an occurrence cannot be bought as it stands; ``about`` are SKUs."""

    code: str
    about: tuple[str, ...] = ()


def confirmed_of(listed: Iterable[ListedLine]) -> dict[str, list[int]]:
    """What somebody who looks at these lines sees: unit price, for how many, and quantity."""
    return {
        one.line.product_id: _seen(one.row)
        for one in listed
        if one.row.unit_price_minor is not None
    }


def confirm_line(line: PurchaseListLine, *, actor: Actor, now: datetime) -> None:
    """A line that the owner of a schedule wrote themselves needs no second look."""
    mine = Schedule.objects.filter(
        purchase_list_id=line.purchase_list_id, owner_id=actor.member_id
    ).exclude(status=Schedule.Status.ENDED)
    for schedule in mine:
        listed = listed_for(schedule, now=now)
        fresh = confirmed_of(one for one in listed if one.line.pk == line.pk)
        Schedule.objects.filter(pk=schedule.pk).update(confirmed={**schedule.confirmed, **fresh})


def listed_for(schedule: Schedule, *, now: datetime) -> list[ListedLine]:
    """The lines of its list as the schedule's owner could order them today."""
    wanted = PurchaseList.objects.select_related("company").get(pk=schedule.purchase_list_id)
    return read_lines(
        wanted,
        currency=wanted.company.currency,
        requester_id=schedule.owner_id,
        now=now,
    )


def find_fault(
    listed: Sequence[ListedLine], confirmed: Mapping[str, Sequence[int]], rise: int
) -> Fault | None:
    """What keeps these lines from being bought; ``rise`` is the allowed one in basis points.

    Codes: empty, not_for_sale, not_allowed, discontinued, out_of_stock, list_changed, price.
    """
    if not listed:
        return Fault("empty")
    for state, code in _STATES:
        found = tuple(one.line.product.sku for one in listed if one.row.state == state)
        if found:
            return Fault(code, found)
    unseen = [one for one in listed if _is_unseen(one, confirmed.get(one.line.product_id))]
    if unseen:
        return Fault("list_changed", tuple(one.line.product.sku for one in unseen))
    dearer = [one for one in listed if _is_dearer(one, confirmed[one.line.product_id], rise)]
    if dearer:
        return Fault("price", tuple(one.line.product.sku for one in dearer))
    return None


_STATES = (
    ("not_for_sale", "not_for_sale"),
    ("not_allowed", "not_allowed"),
    ("discontinued", "discontinued"),
    ("short", "out_of_stock"),
)


def _seen(row: AgainRow) -> list[int]:
    return [row.unit_price_minor or 0, row.product.price_quantity, row.quantity]


def _is_unseen(one: ListedLine, seen: Sequence[int] | None) -> bool:
    return seen is None or one.row.quantity > seen[2]


def _is_dearer(one: ListedLine, seen: Sequence[int], rise: int) -> bool:
    price, per, _quantity = _seen(one.row)
    allowed = Fraction(seen[0], seen[1]) * Fraction(WHOLE + rise, WHOLE)
    return Fraction(price, per) > allowed
