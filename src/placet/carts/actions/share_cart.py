"""Inviting colleagues to a cart, one by one or a unit at once."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.changing import touch_cart
from placet.carts.models import Cart, CartGrant, GrantLevel
from placet.carts.permissions import can_manage_cart
from placet.companies.holding import hold_actor
from placet.companies.models import Member, Unit
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def share_cart(
    cart: Cart, *, member: Member, level: str, actor: Actor, now: datetime, is_told: bool = True
) -> CartGrant:
    """Let a colleague view, comment on or edit the cart; given again, the new level holds.

    ``is_told`` is false where they hear of it anyway, by being named in a comment.
    """
    refuse_foreign(actor, cart.company_id, member.company_id)
    hold_actor(actor)
    refuse(can_manage_cart(actor, cart))
    _check_level(level)
    if member.company_id != cart.company_id or member.status != Member.Status.ACTIVE:
        raise InvalidInput("member", "not_active", _("Only active colleagues can be invited."))
    if member.id == cart.owner_id:
        raise InvalidInput("member", "owner", _("This is the owner of the cart."))
    there = CartGrant.objects.filter(cart=cart, member=member).exists()
    grant, _is_new = CartGrant.objects.update_or_create(
        cart=cart,
        member=member,
        defaults={"level": level},
        create_defaults={"level": level, "created_at": now},
    )
    touch_cart(cart, now)
    record(
        "cart.shared",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        member=member.id,
        level=level,
        told=[member.id] if is_told and not there else [],
    )
    return grant


@transaction
def share_cart_with_unit(
    cart: Cart, *, unit: Unit, level: str, actor: Actor, now: datetime
) -> CartGrant:
    """Let everybody of a unit and of those below it view, comment on or edit the cart.

    Whoever comes into the unit later has it too, and whoever leaves it has it no more.
    """
    refuse_foreign(actor, cart.company_id, unit.company_id)
    hold_actor(actor)
    refuse(can_manage_cart(actor, cart))
    _check_level(level)
    if unit.company_id != cart.company_id or unit.closed_at is not None:
        raise InvalidInput("unit", "closed", _("This unit is closed."))
    grant, _is_new = CartGrant.objects.update_or_create(
        cart=cart,
        unit=unit,
        defaults={"level": level},
        create_defaults={"level": level, "created_at": now},
    )
    touch_cart(cart, now)
    record(
        "cart.shared_with_unit",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        unit=unit.id,
        level=level,
    )
    return grant


@transaction
def unshare_cart(cart: Cart, *, member: Member, actor: Actor, now: datetime) -> None:
    """Take a colleague's access away; the owner may, and whoever leaves by themselves."""
    refuse_foreign(actor, cart.company_id, member.company_id)
    hold_actor(actor)
    if member.id != actor.member_id:
        refuse(can_manage_cart(actor, cart))
    gone, _rows = CartGrant.objects.filter(cart=cart, member=member).delete()
    if not gone:
        raise Conflict(_("The cart is not shared with this member."))
    touch_cart(cart, now)
    record(
        "cart.unshared",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        member=member.id,
    )


@transaction
def unshare_cart_with_unit(cart: Cart, *, unit: Unit, actor: Actor, now: datetime) -> None:
    """Take the access of a unit away; whoever has one of their own keeps that."""
    refuse_foreign(actor, cart.company_id, unit.company_id)
    hold_actor(actor)
    refuse(can_manage_cart(actor, cart))
    gone, _rows = CartGrant.objects.filter(cart=cart, unit=unit).delete()
    if not gone:
        raise Conflict(_("The cart is not shared with this unit."))
    touch_cart(cart, now)
    record(
        "cart.unshared_with_unit",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        unit=unit.id,
    )


def _check_level(level: str) -> None:
    if level not in GrantLevel.values:
        raise InvalidInput("level", "level", _("A cart is shared to view, comment or edit."))
