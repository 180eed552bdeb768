"""The first revision: counted, planned under its locks, frozen, reserved, and sent on its way.

What is submitted is a cart, or a purchase that never was one: both come through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.budgets.actions import Draw, count_purchase, reserve_budgets
from placet.carts.changing import last_to_change
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.companies.actions import next_number
from placet.core import ids
from placet.core.actor import Actor
from placet.core.transaction import running
from placet.events.record import record
from placet.orders.content import ContentEnvelope, write_content
from placet.plans.confirmation import names_content
from placet.plans.credit import draw_on_credit
from placet.plans.periods import period_starts
from placet.plans.planner import CartPlan, plan_cart
from placet.policy.codec import to_json
from placet.requisitions.actions.write_revision import write_revision
from placet.requisitions.envelopes import with_envelope
from placet.requisitions.errors import PlanChanged, PurchaseBlocked
from placet.requisitions.freeze import freeze_cart
from placet.requisitions.models import Requisition
from placet.requisitions.submission import require_justification, require_warnings_read


def plan_first(
    requisition_id: str,
    cart: Cart,
    priced: PricedCart,
    *,
    plan_hash: str,
    warnings_read: bool,
    actor: Actor,
    now: datetime,
) -> CartPlan:
    """Count the purchase and plan it under the locks of its budgets: the plan that was shown.

    Raises ``PlanChanged``, ``PurchaseBlocked``, ``CannotBePlanned`` and ``InvalidInput``.
    """
    running()
    counted = count_purchase(
        requisition_id,
        company_id=cart.company_id,
        member_id=cart.owner_id,
        currency=priced.currency,
        spend_minor=priced.goods_minor,
        period_starts=period_starts(cart.company, now),
        now=now,
    )
    planned = plan_cart(cart, priced, actor=actor, now=now, counted=counted)
    _require_same_plan(cart, planned, plan_hash)
    require_justification(cart, planned)
    require_warnings_read(planned, warnings_read)
    return planned


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
    if cart._state.adding:
        return _("The content or its prices have changed since you looked.")
    said = _("The content or its prices have changed since you looked. Last changed by %(who)s.")
    return said % {"who": last_to_change(cart)}


def put_first(
    requisition_id: str,
    cart: Cart,
    planned: CartPlan,
    *,
    envelope: ContentEnvelope | None = None,
    origin: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Requisition:
    """Reserve and write down what was planned in this transaction; nobody is asked yet.

    ``origin`` are the columns that say where the purchase comes from. Raises ``BudgetExceeded``
    when a blocking budget lost the race.
    """
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
        source=content.source,
        currency=content.currency,
        total_minor=content.net_minor,
        po_number=cart.po_number,
        submitted_at=now,
        **origin,
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
