"""Who else has a cart, and whom its owner could let in, give it to, or order for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from placet.carts.models import Cart, CartGrant
from placet.carts.permissions import (
    can_give_cart,
    can_manage_cart,
    can_move_to,
    can_restore_cart,
    can_take_cart,
)
from placet.companies.models import Company, Member, Unit
from placet.companies.queries import list_members, list_units
from placet.core.actor import Actor


class Together(NamedTuple):
    """``colleagues`` and ``units`` have no grant yet; ``givable`` are all who could own it."""

    colleagues: list[Member]
    units: list[Unit]
    givable: list[Member]
    movable: list[Unit]
    may_give: bool
    may_take: bool
    may_restore: bool


def read_together(actor: Actor, cart: Cart, grants: Sequence[CartGrant]) -> Together:
    """The choices of the cart's owner; nobody else has any. Two queries.

    A family has one unit, so there is nothing to choose among units.
    """
    may_manage = can_manage_cart(actor, cart) is None
    may_give = can_give_cart(actor, cart) is None
    members = list(list_members(actor)) if may_manage else []
    has_units = may_manage and actor.company_kind != Company.Kind.HOUSEHOLD
    units = list(list_units(actor)) if has_units else []
    there = {cart.owner_id, *(grant.member_id for grant in grants)}
    shared = {grant.unit_id for grant in grants}
    near = [unit for unit in units if _is_near(actor, unit)]
    return Together(
        colleagues=[one for one in members if one.pk not in there],
        units=[unit for unit in near if unit.pk not in shared],
        givable=[one for one in members if one.pk != cart.owner_id] if may_give else [],
        movable=[
            unit
            for unit in units
            if may_give and unit.pk != cart.unit_id and can_move_to(actor, unit) is None
        ],
        may_give=may_give,
        may_take=can_take_cart(actor, cart) is None,
        may_restore=can_restore_cart(actor, cart) is None,
    )


def _is_near(actor: Actor, unit: Unit) -> bool:
    """A unit above or below the actor's own, or the own one: carts are shared along the tree."""
    return unit.path.startswith(actor.unit_path) or actor.unit_path.startswith(unit.path)
