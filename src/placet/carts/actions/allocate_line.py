"""Splitting a line over ship-tos, cost centres and dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.carts.changing import add_author, begin_change, claim_line
from placet.carts.models import CartAllocation, CartLine
from placet.companies.models import Address
from placet.companies.queries import list_addresses, list_cost_centers
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.events.record import record

MOST_PARTS = 50


class AllocationValues(NamedTuple):
    """A part of a line as it is wished; an empty id means the cart's own."""

    quantity: int
    ship_to_id: str = ""
    cost_center_id: str = ""
    need_by_on: date | None = None


@transaction
def allocate_line(
    line: CartLine,
    *,
    allocations: Sequence[AllocationValues],
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> CartLine:
    """Split a line into parts whose quantities add up to the line's; none makes it whole again.

    Raises ``InvalidInput`` when they do not add up, ``NotFound`` for a place or cost centre outside
    the actor's reach, ``Conflict`` when the line has moved on.
    """
    cart = line.cart
    begin_change(cart, actor=actor, now=now)
    claim_line(line, version)
    _validate(line, allocations)
    _refuse_out_of_reach(allocations, actor)
    CartAllocation.objects.filter(line=line).delete()
    CartAllocation.objects.bulk_create(
        CartAllocation(
            created_at=now,
            line=line,
            position=position,
            quantity=part.quantity,
            ship_to_id=part.ship_to_id or None,
            cost_center_id=part.cost_center_id or None,
            need_by_on=part.need_by_on,
        )
        for position, part in enumerate(allocations, 1)
    )
    add_author(cart, actor)
    record(
        "cart.line_allocated",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        line=line.id,
        parts=[part.quantity for part in allocations],
    )
    return line


def _validate(line: CartLine, allocations: Sequence[AllocationValues]) -> None:
    if len(allocations) > MOST_PARTS:
        raise InvalidInput("allocations", "too_many", _("A line has 50 parts at most."))
    for place, part in enumerate(allocations):
        if part.quantity < 1:
            raise InvalidInput(
                f"allocations/{place}/quantity", "positive", _("A quantity is one or more.")
            )
    wanted = sum(part.quantity for part in allocations)
    if allocations and wanted != line.quantity:
        raise InvalidInput(
            "allocations",
            "sum",
            _("The parts are %(wanted)d together, the line is %(quantity)d.")
            % {"wanted": wanted, "quantity": line.quantity},
        )


def _refuse_out_of_reach(allocations: Sequence[AllocationValues], actor: Actor) -> None:
    ship_tos = {part.ship_to_id for part in allocations} - {""}
    centers = {part.cost_center_id for part in allocations} - {""}
    reachable = list_addresses(actor, Address.Kind.SHIP_TO).filter(pk__in=ship_tos)
    if ship_tos and reachable.count() != len(ship_tos):
        raise NotFound(_("There is no such address for your unit."))
    if centers and list_cost_centers(actor).filter(pk__in=centers).count() != len(centers):
        raise NotFound(_("There is no such cost centre for your unit."))
