"""A cart gets another owner, or becomes the purchase of another unit."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.carts.changing import cart_conflict, touch_cart
from placet.carts.models import Cart, CartGrant, GrantLevel
from placet.carts.permissions import can_give_cart, can_move_to, can_take_cart
from placet.companies.holding import hold_actor
from placet.companies.models import Member, Unit
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def give_cart(cart: Cart, *, to: Member, actor: Actor, now: datetime) -> Cart:
    """Make a colleague the owner; who gives may go on editing, all other grants stay.

    Who shaped the content stays its author. The colleague is told, and takes it over or gives it
    back: before that nobody else submits it, since it would count as theirs. Given back by somebody
    who did not take it, it is simply the giver's again.
    """
    refuse_foreign(actor, cart.company_id, to.company_id)
    hold_actor(actor)
    refuse(can_give_cart(actor, cart))
    if to.company_id != cart.company_id or to.status != Member.Status.ACTIVE:
        raise InvalidInput("member", "not_active", _("Only active colleagues can be invited."))
    if to.id == cart.owner_id:
        raise InvalidInput("member", "owner", _("This is the owner of the cart."))
    before, is_back = cart.owner_id, cart.given_by_id == to.id
    given = Cart.objects.filter(pk=cart.pk, status=Cart.Status.OPEN, owner_id=before).update(
        owner=to,
        given_by_id=None if is_back else before,
        version=F("version") + 1,
        changed_at=now,
    )
    if not given:
        raise cart_conflict(cart)
    CartGrant.objects.filter(cart=cart, member=to).delete()
    if not is_back:
        CartGrant.objects.update_or_create(
            cart=cart,
            member_id=before,
            defaults={"level": GrantLevel.EDIT},
            create_defaults={"level": GrantLevel.EDIT, "created_at": now},
        )
    touch_cart(cart, now)
    cart.refresh_from_db(fields=["owner", "given_by"])
    record(
        "cart.given",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        member=to.id,
        before=before,
    )
    return cart


@transaction
def take_cart(cart: Cart, *, actor: Actor, now: datetime) -> Cart:
    """Take over a cart that somebody gave: from now on those who may edit it may submit it."""
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_take_cart(actor, cart))
    taken = Cart.objects.filter(
        pk=cart.pk, owner_id=actor.member_id, given_by_id=cart.given_by_id
    ).update(given_by=None, version=F("version") + 1, changed_at=now)
    if not taken:
        raise Conflict(_("This cart has another owner by now."))
    cart.refresh_from_db(fields=["given_by", "version", "changed_at"])
    record("cart.taken", cart.id, actor=actor, now=now, company_id=cart.company_id)
    return cart


@transaction
def move_cart(cart: Cart, *, unit: Unit, actor: Actor, now: datetime) -> Cart:
    """Let the cart be a purchase of another unit: its rules, heads and budgets count then.

    Lines, places and grants stay as they are. Raises ``Forbidden`` for units where the owner may
    not order, see ``can_move_to``.
    """
    refuse_foreign(actor, cart.company_id, unit.company_id)
    hold_actor(actor)
    refuse(can_give_cart(actor, cart))
    if unit.closed_at is not None:
        raise InvalidInput("unit", "closed", _("This unit is closed."))
    refuse(can_move_to(actor, unit))
    before = cart.unit_id
    moved = Cart.objects.filter(
        pk=cart.pk, status=Cart.Status.OPEN, owner_id=actor.member_id
    ).update(unit=unit, version=F("version") + 1, changed_at=now)
    if not moved:
        raise cart_conflict(cart)
    cart.refresh_from_db(fields=["unit", "version", "changed_at"])
    record(
        "cart.moved",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        unit=unit.id,
        before=before,
    )
    return cart
