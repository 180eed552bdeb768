"""A cart begins, or gets another name."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.changing import begin_change
from placet.carts.models import Cart
from placet.carts.naming import checked_name
from placet.carts.usual_places import only_places, usual_places
from placet.companies.holding import hold_actor
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def create_cart(name: str, *, is_as_last_time: bool = False, actor: Actor, now: datetime) -> Cart:
    """Begin a cart of one's own, in one's unit and the company's currency.

    Where the member has only one ship-to, bill-to or cost centre to choose, it is chosen; one that
    is as last time goes where their last cart went.
    """
    cart = blank_cart(name, is_as_last_time=is_as_last_time, actor=actor, now=now)
    hold_actor(actor)
    cart.save(force_insert=True)
    record("cart.created", cart.id, actor=actor, now=now, private={"name": cart.name})
    return cart


def blank_cart(name: str, *, is_as_last_time: bool = False, actor: Actor, now: datetime) -> Cart:
    """The cart that the actor would begin, saved nowhere; three or four queries."""
    if actor.is_merchant or not actor.member_id:
        refuse(Refusal("buyers_only", _("Carts belong to members of a buying company.")))
    places = usual_places(actor) if is_as_last_time else only_places(actor)
    return Cart(
        created_at=now,
        changed_at=now,
        company_id=actor.company_id,
        unit_id=actor.unit_id,
        owner_id=actor.member_id,
        name=checked_name(name),
        currency=actor.currency,
        **places._asdict(),
    )


@transaction
def rename_cart(
    cart: Cart, *, name: str, actor: Actor, now: datetime, version: int | None = None
) -> Cart:
    """Give an open cart another name."""
    wanted = checked_name(name)
    begin_change(cart, actor=actor, now=now, version=version)
    Cart.objects.filter(pk=cart.pk).update(name=wanted)
    cart.name = wanted
    record(
        "cart.renamed",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        private={"name": wanted},
    )
    return cart
