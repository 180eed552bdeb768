"""A cart begins, or gets another name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.carts.changing import begin_change
from placet.carts.models import Cart
from placet.carts.naming import checked_name
from placet.companies.holding import hold_actor
from placet.companies.models import Address
from placet.companies.queries import list_addresses, list_cost_centers
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def create_cart(name: str, *, actor: Actor, now: datetime) -> Cart:
    """Begin a cart of one's own, in one's unit and the company's currency.

    Where the member has only one ship-to, bill-to or cost centre to choose, it is chosen.
    """
    cart = blank_cart(name, actor=actor, now=now)
    hold_actor(actor)
    cart.save(force_insert=True)
    record("cart.created", cart.id, actor=actor, now=now, private={"name": cart.name})
    return cart


def blank_cart(name: str, *, actor: Actor, now: datetime) -> Cart:
    """The cart that the actor would begin, saved nowhere; three queries."""
    if actor.is_merchant or not actor.member_id:
        refuse(Refusal("buyers_only", _("Carts belong to members of a buying company.")))
    return Cart(
        created_at=now,
        changed_at=now,
        company_id=actor.company_id,
        unit_id=actor.unit_id,
        owner_id=actor.member_id,
        name=checked_name(name),
        currency=actor.currency,
        ship_to=_the_only(list_addresses(actor, Address.Kind.SHIP_TO)),
        bill_to=_the_only(list_addresses(actor, Address.Kind.BILL_TO)),
        cost_center=_the_only(list_cost_centers(actor)),
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


def _the_only(choices: QuerySet[Any]) -> Any:
    found = list(choices[:2])
    return found[0] if len(found) == 1 else None
