"""Submitting a cart: revision 1 is frozen, the budget reserved, the first approvers asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.carts.actions import close_cart
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.holding import hold_companies
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.orders.content import ContentEnvelope
from placet.requisitions.actions.advance_requisition import advance_requisition
from placet.requisitions.actions.resubmit_cart import resubmit_cart
from placet.requisitions.envelopes import cover_steps
from placet.requisitions.first_revision import plan_first, put_first
from placet.requisitions.models import Requisition
from placet.requisitions.submission import lock_cart, require_complete


@transaction
def submit_cart(
    cart: Cart,
    *,
    plan_hash: str,
    warnings_read: bool = False,
    accepts: str = "",
    envelope: ContentEnvelope | None = None,
    actor: Actor,
    now: datetime,
) -> Requisition:
    """Freeze the cart's content and send it on its way; with nothing to approve it is ordered.

    A cart that revises a requisition becomes its next revision (``resubmit_cart``). One that takes
    an offer is submitted by whoever accepts the offer in the same transaction: ``accepts`` is its
    id. An occurrence of a schedule states its ``envelope``, and approvals of earlier ones that
    cover it count at once.

    ``plan_hash`` is what the buyer was shown, plan and content (``CartPlan.hash``); where the plan
    warns, they must say that they have read that (``warnings_read``). Raises ``PlanChanged`` (with
    the new plan) when plan or content are others by now, ``PurchaseBlocked`` when it may not be
    ordered at all, ``BudgetExceeded`` when a blocking budget lost the race, ``InvalidInput`` for
    what is missing.
    """
    if cart.revises:
        return resubmit_cart(
            cart, plan_hash=plan_hash, warnings_read=warnings_read, actor=actor, now=now
        )
    hold_companies(cart.company_id, member_id=actor.member_id)
    locked = lock_cart(cart, actor=actor)
    if locked.quoted.get("offer", "") != accepts:
        raise Conflict(_("This cart takes an offer: accept the offer to order it."))
    priced = price_cart(locked, now=now)
    require_complete(locked, priced)
    requisition_id = ids.new_id("req")
    planned = plan_first(
        requisition_id,
        locked,
        priced,
        plan_hash=plan_hash,
        warnings_read=warnings_read,
        actor=actor,
        now=now,
    )
    requisition = put_first(
        requisition_id,
        locked,
        planned,
        envelope=envelope,
        origin=_origin(locked),
        actor=actor,
        now=now,
    )
    if envelope is not None:
        cover_steps(requisition, now=now)
    close_cart(locked.id, now=now)
    advance_requisition(requisition, actor=actor, now=now)
    return requisition


def _origin(cart: Cart) -> dict[str, Any]:
    """Where a purchase comes from that was a cart."""
    return {
        "cart_id": cart.id,
        "rebuilt_from_id": cart.rebuilds or None,
        "thread": cart.thread,
        "staff": cart.staff,
        "staff_reason": cart.staff_reason,
    }
