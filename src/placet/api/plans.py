"""From a plan of the engine to the document, for whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from placet.api.schemas.base import money, side_of
from placet.api.schemas.plan import PlanShown, show_plan
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.models import Company
from placet.companies.permissions import BUDGET_VIEW
from placet.core.actor import Actor
from placet.plans.describe import PlanDescription, describe_plan
from placet.plans.planner import CartPlan, list_near_misses
from placet.plans.ways_out import load_ways_out
from placet.policy.codec import from_json
from placet.policy.plan import Plan
from placet.requisitions.planning import plan_purchase
from placet.requisitions.posting.making import Made


def _within_reach(described: PlanDescription, actor: Actor) -> PlanDescription:
    """Budgets are for those who may see budgets, as on the page."""
    return described if actor.holds_anywhere(BUDGET_VIEW) else described._replace(budgets=())


def show_cart_plan(cart: Cart, *, actor: Actor, now: datetime) -> PlanShown:
    """What this cart would need if the actor submitted it now, with the near misses."""
    priced = price_cart(cart, now=now)
    shown = plan_purchase(cart, priced, actor=actor, now=now)
    planned = shown.planned
    described = describe_plan(
        shown.plan,
        list_near_misses(planned),
        ways=None if actor.is_merchant else load_ways_out(cart, planned, actor=actor, now=now),
        company_id=cart.company_id,
        plan_hash=planned.hash,
        reader_is_merchant=actor.is_merchant,
        language=actor.language,
        time_zone=cart.company.time_zone,
        now=now,
    )
    total = money(priced.goods_minor + priced.shipping_minor, priced.currency)
    return show_plan(shown.plan, _within_reach(described, actor), total, side=side_of(actor))


def show_posted_member_plan(
    made: Made, planned: CartPlan, *, actor: Actor, now: datetime
) -> PlanShown:
    """What the caller's own purchase would need, with the near misses; it is in no cart."""
    described = describe_plan(
        planned.plan,
        list_near_misses(planned),
        company_id=made.cart.company_id,
        plan_hash=planned.hash,
        language=actor.language,
        time_zone=made.cart.company.time_zone,
        now=now,
    )
    priced = made.priced
    total = money(priced.goods_minor + priced.shipping_minor, priced.currency)
    return show_plan(planned.plan, _within_reach(described, actor), total, side=side_of(actor))


def show_stored_plan(stored: Any, *, actor: Actor, now: datetime, plan_hash: str = "") -> PlanShown:
    """A plan that an error carries, with what a submission of it would name.

    Near misses are not stored with a plan.
    """
    plan = from_json(Plan, stored)
    zone = Company.objects.values_list("time_zone", flat=True).get(pk=actor.company_id)
    described = describe_plan(
        plan,
        company_id=actor.company_id,
        plan_hash=plan_hash,
        reader_is_merchant=actor.is_merchant,
        language=actor.language,
        time_zone=zone,
        now=now,
    )
    return show_plan(plan, _within_reach(described, actor), None, side=side_of(actor))
