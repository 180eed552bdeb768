"""From a simulation to its document, for whoever asks."""

from __future__ import annotations

from datetime import datetime

from placet.api.schemas.base import money, person, side_of
from placet.api.schemas.plan import show_plan
from placet.api.schemas.purchase import SimulatedPlan, show_results
from placet.companies.models import Member
from placet.companies.permissions import BUDGET_VIEW, RULE_MANAGE
from placet.core.actor import Actor
from placet.plans.describe import describe_plan
from placet.plans.simulate import Simulation


def show_simulation(
    found: Simulation, member: Member, *, actor: Actor, now: datetime
) -> SimulatedPlan:
    """The plan in words with every rule's answer; budgets for those who may see budgets."""
    described = describe_plan(
        found.plan,
        found.near_misses,
        ways=found.ways,
        company_id=member.company_id,
        language=actor.language,
        time_zone=member.company.time_zone,
        now=now,
    )
    if not actor.holds_anywhere(BUDGET_VIEW):
        described = described._replace(budgets=())
    purchase = found.facts.purchase
    total = money(purchase.goods_minor + purchase.shipping_minor, purchase.currency)
    plan = show_plan(found.plan, described, total, side=side_of(actor))
    may_see_rules = actor.holds(RULE_MANAGE, unit_path=member.unit.path)
    return SimulatedPlan(
        **plan.model_dump(),
        member=person(member),
        rules=show_results(found.rules) if may_see_rules else None,
    )
