"""Splitting a line over ship-tos, cost centres and dates; and all lines of a cart at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.allocating import AllocationValues, refuse_parts
from placet.carts.changing import add_author, begin_change, claim_line
from placet.carts.models import Cart, CartAllocation, CartLine
from placet.companies.models import Address
from placet.companies.queries import list_addresses, list_cost_centers
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.events.record import record


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
    _refuse_out_of_reach(cart, allocations, actor)
    _write_parts(line, allocations, version, "allocations", actor=actor, now=now)
    add_author(cart, actor)
    return line


@transaction
def allocate_cart(
    cart: Cart,
    *,
    lines: Mapping[str, Sequence[AllocationValues]],
    versions: Mapping[str, int],
    actor: Actor,
    now: datetime,
) -> int:
    """Split several lines of a cart, by their ids, all or none; returns how many.

    Raises as ``allocate_line`` does; the path of ``InvalidInput`` begins with ``lines/<id>``.
    """
    begin_change(cart, actor=actor, now=now)
    _refuse_out_of_reach(cart, [part for parts in lines.values() for part in parts], actor)
    found = CartLine.objects.filter(cart=cart, pk__in=sorted(lines)).select_related("cart")
    by_id = {line.pk: line for line in found}
    for line_id, parts in lines.items():
        line = by_id.get(line_id)
        if line is None:
            raise NotFound(_("This line is not there any more."))
        path = f"lines/{line_id}"
        _write_parts(line, parts, versions.get(line_id), path, actor=actor, now=now)
    if lines:
        add_author(cart, actor)
    return len(lines)


def _write_parts(
    line: CartLine,
    parts: Sequence[AllocationValues],
    version: int | None,
    path: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    claim_line(line, version)
    refuse_parts(line.quantity, parts, path)
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
        for position, part in enumerate(parts, 1)
    )
    record(
        "cart.line_allocated",
        line.cart_id,
        actor=actor,
        now=now,
        company_id=line.cart.company_id,
        line=line.id,
        parts=[part.quantity for part in parts],
    )


def _refuse_out_of_reach(cart: Cart, parts: Iterable[AllocationValues], actor: Actor) -> None:
    """What the cart names already may stay, though somebody with a longer reach chose it."""
    there = CartAllocation.objects.filter(line__cart=cart).values_list("ship_to", "cost_center")
    kept = {named for row in there for named in row} | {cart.ship_to_id, cart.cost_center_id, ""}
    parts = list(parts)
    ship_tos = {part.ship_to_id for part in parts} - kept
    centers = {part.cost_center_id for part in parts} - kept
    reachable = list_addresses(actor, Address.Kind.SHIP_TO).filter(pk__in=ship_tos)
    if ship_tos and reachable.count() != len(ship_tos):
        raise NotFound(_("There is no such address for your unit."))
    if centers and list_cost_centers(actor).filter(pk__in=centers).count() != len(centers):
        raise NotFound(_("There is no such cost centre for your unit."))
