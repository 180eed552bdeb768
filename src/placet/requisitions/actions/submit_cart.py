"""Submitting a cart: revision 1 is frozen, the budget reserved, the first approvers asked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.budgets.actions import Draw, count_purchase, reserve_budgets
from placet.carts.actions import close_cart
from placet.carts.changing import last_to_change
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.actions import next_number
from placet.companies.holding import hold_companies
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.content import ContentEnvelope, write_content
from placet.plans.confirmation import names_content
from placet.plans.credit import draw_on_credit
from placet.plans.periods import period_starts
from placet.plans.planner import CartPlan, plan_cart
from placet.policy.codec import to_json
from placet.requisitions.actions.advance_requisition import advance_requisition
from placet.requisitions.actions.resubmit_cart import resubmit_cart
from placet.requisitions.actions.write_revision import write_revision
from placet.requisitions.envelopes import cover_steps, with_envelope
from placet.requisitions.errors import PlanChanged, PurchaseBlocked
from placet.requisitions.freeze import freeze_cart
from placet.requisitions.models import Requisition
from placet.requisitions.submission import (
    lock_cart,
    require_complete,
    require_justification,
    require_warnings_read,
)


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
    counted = count_purchase(
        requisition_id,
        company_id=locked.company_id,
        member_id=locked.owner_id,
        currency=priced.currency,
        spend_minor=priced.goods_minor,
        period_starts=period_starts(locked.company, now),
        now=now,
    )
    planned = plan_cart(locked, priced, actor=actor, now=now, counted=counted)
    _require_same_plan(locked, planned, plan_hash)
    require_justification(locked, planned)
    require_warnings_read(planned, warnings_read)
    requisition = _create(locked, planned, requisition_id, envelope, actor=actor, now=now)
    if envelope is not None:
        cover_steps(requisition, now=now)
    close_cart(locked.id, now=now)
    advance_requisition(requisition, actor=actor, now=now)
    return requisition


def _require_same_plan(cart: Cart, planned: CartPlan, plan_hash: str) -> None:
    """What is submitted is what was shown: the same steps, and the same content."""
    if planned.hash != plan_hash:
        raise PlanChanged(
            _what_changed(cart, planned, plan_hash),
            plan=to_json(planned.plan),
            plan_hash=planned.hash,
        )
    if planned.plan.outcome == "blocked":
        raise PurchaseBlocked(_("This cannot be ordered as it is."), plan=to_json(planned.plan))


def _what_changed(cart: Cart, planned: CartPlan, plan_hash: str) -> str:
    """The content with its prices, or what the rules ask for the same content."""
    if names_content(plan_hash, planned.hash):
        return _("What this purchase needs has changed since you looked. Please look again.")
    said = _("The content or its prices have changed since you looked. Last changed by %(who)s.")
    return said % {"who": last_to_change(cart)}


def _create(
    cart: Cart,
    planned: CartPlan,
    requisition_id: str,
    envelope: ContentEnvelope | None,
    *,
    actor: Actor,
    now: datetime,
) -> Requisition:
    draws = [Draw(effect.budget, effect.this_minor) for effect in planned.plan.budgets]
    draws += draw_on_credit(planned.facts)
    revision_id = ids.new_id("rev")
    reserve_budgets(requisition_id, revision_id=revision_id, draws=draws, actor=actor, now=now)
    number = next_number(cart.company_id, "REQ")
    content = freeze_cart(
        cart,
        planned.priced,
        requisition_id=requisition_id,
        number=number,
        source=planned.facts.purchase.source,
        last_paid=planned.last_paid,
        hold_days=planned.hold_days,
        now=now,
    )
    content = with_envelope(content, envelope)
    requisition = Requisition.objects.create(
        id=requisition_id,
        created_at=now,
        company=cart.company,
        unit=cart.unit,
        number=number,
        requester=cart.owner,
        name=cart.name,
        cart_id=cart.id,
        source=content.source,
        rebuilt_from_id=cart.rebuilds or None,
        currency=content.currency,
        total_minor=content.net_minor,
        po_number=cart.po_number,
        submitted_at=now,
        thread=cart.thread,
        staff=cart.staff,
        staff_reason=cart.staff_reason,
    )
    written, content_hash = write_content(content)
    write_revision(
        requisition,
        revision_id=revision_id,
        written=written,
        content_hash=content_hash,
        content=content,
        planned=planned,
        actor=actor,
        now=now,
    )
    record(
        "requisition.submitted",
        requisition.id,
        actor=actor,
        now=now,
        requisition=requisition.id,
        number=number,
        revision=revision_id,
        hash=content_hash,
        plan_hash=planned.plan.hash,
        total_minor=content.net_minor,
        currency=content.currency,
        private={"name": cart.name},
    )
    return requisition
