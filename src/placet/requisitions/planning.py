"""The plan of a cart as it is shown: a new purchase, or the next revision of one that runs."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.core.actor import Actor
from placet.orders.content import read_content
from placet.plans.planner import CartPlan, plan_cart
from placet.policy.plan import Plan
from placet.requisitions.differences import Difference, difference
from placet.requisitions.models import Requisition, RevisionOrigin
from placet.requisitions.next_revision import NextRevision, current_revision, plan_revision
from placet.requisitions.permissions import can_be_revised


class Revising(NamedTuple):
    """What resubmitting an edited cart would mean.

    ``has_ended`` says that there is nothing left to revise: then nothing is carried, and the plan
    is that of a new purchase.
    """

    requisition: Requisition
    has_ended: bool
    following: NextRevision | None
    changed: Difference | None


class ShownPlan(NamedTuple):
    """The plan, and beside it what is kept, reset and new where the cart revises a requisition.

    ``plan`` has all steps as they would be asked, also those that an approver added.
    """

    planned: CartPlan
    plan: Plan
    revising: Revising | None


def plan_purchase(cart: Cart, priced: PricedCart, *, actor: Actor, now: datetime) -> ShownPlan:
    """What submitting this cart now would mean; its hash is what submitting names.

    Raises ``CannotBePlanned`` and ``NobodyLeft``.
    """
    requisition = find_revised(cart)
    if requisition is None or can_be_revised(requisition):
        planned = plan_cart(cart, priced, actor=actor, now=now)
        ended = Revising(requisition, True, None, None) if requisition else None
        return ShownPlan(planned, planned.plan, ended)
    following = plan_revision(
        requisition,
        cart=cart,
        priced=priced,
        cause=RevisionOrigin.Cause.EDITED,
        actor=actor,
        now=now,
    )
    before = read_content(current_revision(requisition).content)
    changed = difference(before, following.content)
    revising = Revising(requisition, False, following, changed)
    return ShownPlan(following.planned, following.plan, revising)


def find_revised(cart: Cart) -> Requisition | None:
    """The requisition that a cart edits; none for a new purchase."""
    if not cart.revises:
        return None
    return (
        Requisition.objects.filter(pk=cart.revises, company_id=cart.company_id)
        .select_related("revision", "company", "requester__user", "unit")
        .first()
    )
