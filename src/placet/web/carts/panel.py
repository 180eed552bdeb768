"""The decision panel: who will have to approve, why, by when; what is not needed; what is left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.permissions import can_submit_cart
from placet.carts.pricing import PricedCart, PricedLine
from placet.companies.models import ReferenceField
from placet.companies.permissions import BUDGET_VIEW
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.plans.describe import NearMissDescription, PlanDescription, describe_plan
from placet.plans.describe_ways_out import WayOutDescription
from placet.plans.planner import CannotBePlanned, list_near_misses
from placet.plans.ways_out import load_ways_out
from placet.policy.plan import NearMiss
from placet.requisitions.errors import NobodyLeft
from placet.requisitions.planning import plan_purchase
from placet.web import formats
from placet.web.budgets.page import BudgetState, state_of_effect
from placet.web.carts.revising import RevisingPanel, read_revising
from placet.web.timeline import StepRow, rows_of_plan

MOST_UNNEEDED = 3


class Unneeded(NamedTuple):
    """An approval that is not needed, when it would be, and how far away that is."""

    who: str
    when: str
    gap: str


class Delivery(NamedTuple):
    """What is missing to the supplier's own thresholds; zero where nothing is."""

    fee_minor: int
    free_from_minor: int | None
    to_free_minor: int
    minimum_minor: int
    to_minimum_minor: int


class WayRow(NamedTuple):
    """A way out; ``line`` is the one line that its button changes, where it changes one."""

    way: WayOutDescription
    line: PricedLine | None


class Panel(NamedTuple):
    """The answer beside the cart. ``plan`` is missing while there is nothing to plan."""

    amount_minor: int
    currency: str
    plan: PlanDescription | None
    steps: list[StepRow]
    unneeded: list[Unneeded]
    budgets: list[BudgetState]
    ways: list[WayRow]
    delivery: Delivery
    refusal: Refusal | None
    missing: tuple[tuple[str, str], ...]
    problem: str
    revising: RevisingPanel | None = None

    @property
    def may_submit(self) -> bool:
        """Whether the button does something now."""
        return bool(
            self.plan
            and self.plan.outcome != "blocked"
            and not (self.refusal or self.missing or self.problem)
        )

    @property
    def is_free(self) -> bool:
        """Whether nothing has to be approved: then the button says *Place order*."""
        return self.plan is not None and self.plan.outcome == "free"

    @property
    def deciders(self) -> list[str]:
        """Who decides, in order, each named once: whoever is asked twice answers once."""
        return list(dict.fromkeys(step.who for step in self.steps))


def read_panel(
    cart: Cart,
    priced: PricedCart,
    fields: Iterable[ReferenceField] = (),
    *,
    actor: Actor,
    now: datetime,
) -> Panel:
    """Ask the engine about the cart as it stands; the number of queries depends on nothing.

    ``fields`` are the company's own, of which some have to be filled in.
    """
    plan, raw, problem, revising = _plan(cart, priced, actor=actor, now=now)
    effects = plan.budgets if plan and actor.holds_anywhere(BUDGET_VIEW) else ()
    return Panel(
        amount_minor=priced.goods_minor + priced.shipping_minor,
        currency=priced.currency,
        plan=plan,
        steps=rows_of_plan(plan) if plan else [],
        unneeded=_unneeded(plan, raw) if plan else [],
        budgets=[state_of_effect(effect) for effect in effects],
        ways=_ways(plan, priced) if plan else [],
        delivery=_delivery(priced),
        refusal=can_submit_cart(actor, cart),
        missing=_missing(cart, priced, plan, fields),
        problem=problem,
        revising=revising,
    )


def _plan(
    cart: Cart, priced: PricedCart, *, actor: Actor, now: datetime
) -> tuple[PlanDescription | None, list[NearMiss], str, RevisingPanel | None]:
    """The plan in words, the near misses of the buyer's side, why there is none; what is kept."""
    if not priced.lines or actor.is_merchant:
        return None, [], "", None
    try:
        shown = plan_purchase(cart, priced, actor=actor, now=now)
    except (CannotBePlanned, NobodyLeft) as error:
        return None, [], error.detail, None
    planned = shown.planned
    near = list_near_misses(planned)
    plan = describe_plan(
        shown.plan,
        near,
        ways=load_ways_out(cart, planned, actor=actor, now=now),
        company_id=cart.company_id,
        plan_hash=planned.hash,
        language=actor.language,
        time_zone=cart.company.time_zone,
        now=now,
    )
    revising = read_revising(shown.revising, plan, reader=actor)
    return plan, [miss for miss in near if miss.side == "buyer"], _why_ended(revising), revising


def _why_ended(revising: RevisingPanel | None) -> str:
    """The requisition that this cart edits has ended: there is nothing left to revise."""
    if revising is None or not revising.has_ended:
        return ""
    return _("%(number)s has ended. Keep this cart as a new purchase, or discard it.") % {
        "number": revising.requisition.number
    }


def _ways(plan: PlanDescription, priced: PricedCart) -> list[WayRow]:
    """The ways out with their line: leaving out several lines is for people to do."""
    lines = {line.number: line for line in priced.lines}
    return [
        WayRow(way, lines[way.lines[0]] if len(way.lines) == 1 else None) for way in plan.ways_out
    ]


def _unneeded(plan: PlanDescription, raw: list[NearMiss]) -> list[Unneeded]:
    """The approvals that are not needed, the nearest first."""
    told = [
        Unneeded(near.who[:1].upper() + near.who[1:], _when(miss, near), near.gap)
        for miss, near in zip(raw, plan.near_misses, strict=True)
        if miss.effect == "require" and miss.gap > 0
    ]
    return told[:MOST_UNNEEDED]


def _when(miss: NearMiss, near: NearMissDescription) -> str:
    finding = miss.finding
    is_amount = finding.field.startswith("purchase.") and finding.currency and not finding.where
    if is_amount and isinstance(finding.wanted, int):
        amount = formats.money_currency(finding.wanted, finding.currency)
        if finding.operator == ">":
            return _("Only above %(amount)s") % {"amount": amount}
        if finding.operator == ">=":
            return _("Only from %(amount)s") % {"amount": amount}
    return _("Only when: %(finding)s") % {"finding": near.sentence}


def _delivery(priced: PricedCart) -> Delivery:
    free_from = priced.free_shipping_from_minor
    return Delivery(
        fee_minor=priced.shipping_minor,
        free_from_minor=free_from,
        to_free_minor=max((free_from or 0) - priced.goods_minor, 0),
        minimum_minor=priced.minimum_order_minor,
        to_minimum_minor=max(priced.minimum_order_minor - priced.goods_minor, 0),
    )


def _missing(
    cart: Cart,
    priced: PricedCart,
    plan: PlanDescription | None,
    fields: Iterable[ReferenceField],
) -> tuple[tuple[str, str], ...]:
    """What has to be filled in before it can be submitted: the field, and a sentence."""
    found = []
    if priced.lines and not cart.ship_to_id:
        found.append(("ship_to", _("Say where it should be delivered.")))
    if plan and plan.needs_justification and not cart.justification:
        found.append(("justification", _("A rule asks for a reason: say why it is needed.")))
    for field in fields:
        if priced.lines and field.is_required and not cart.references.get(field.key):
            found.append(
                (f"reference-{field.key}", _("“%(field)s” is needed.") % {"field": field.name})
            )
    return tuple(found)
