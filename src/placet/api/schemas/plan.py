"""The plan as a document: who decides, why, in which order, by when, and what is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from placet.api.schemas.base import Answer, Money, Person, money
from placet.plans.describe import (
    NearMissDescription,
    PersonDescription,
    PlanDescription,
    ReasonSentence,
    StepDescription,
)
from placet.plans.describe_ways_out import WayOutDescription
from placet.policy.plan import BudgetEffect, Finding, Plan, PlanStep, Reason


class Fact(Answer):
    """One comparison that holds. Amounts are minor units of ``currency`` where there is one."""

    field: str
    operator: str
    wanted: Any
    actual: Any
    currency: str | None
    lines: list[int]


class ReasonShown(Answer):
    """Which rule asks, in a sentence and as facts; ``rule`` is a built-in's code without one."""

    rulebook: str | None
    version: int | None
    rule: str
    sentence: str
    lines: list[int]
    facts: list[Fact]


class Approver(Answer):
    """Somebody who may decide; ``delegate`` decides for them while a delegation runs."""

    member: str
    name: str
    is_away: bool
    delegate: Person | None


class PlannedStep(Answer):
    """An approval to be given; ``quorum`` is ``{"any": 1}``, ``{"all": 3}`` or ``{"count": 2}``."""

    key: str
    number: int
    rank: int
    side: str
    who: str
    detail: str
    quorum: dict[str, int]
    approvers: list[Approver]
    reasons: list[ReasonShown]
    lines: list[int]
    due_at: datetime


class NearMissShown(Answer):
    """A rule that does not match, and how near it is."""

    rule: str
    who: str
    sentence: str
    gap: Money | None
    gap_text: str


class BudgetShown(Answer):
    """What the purchase does to a budget; ``left`` is after it and negative when overdrawn."""

    budget: str
    name: str
    mode: str
    amount: Money
    committed: Money
    reserved: Money
    this: Money
    left: Money


class BlockShown(Answer):
    """Why it cannot be ordered, and the ways out."""

    sentence: str
    ways_out: list[str]
    lines: list[int]


class WayOutShown(Answer):
    """A change of the cart that helps, tried before it is told; what it changes stands beside it.

    ``kind``: cost_centre, ship_to, substitute, fewer_units, remove_lines or wait. ``approvals`` is
    how many would be left.
    """

    kind: str
    sentence: str
    approvals: int
    lines: list[int]
    quantity: int | None
    sku: str | None
    cost_center: str | None
    ship_to: str | None
    starts_at: datetime | None


class PlanShown(Answer):
    """What a purchase needs. ``hash`` is what a submission names: it binds plan and content.

    ``total`` is before tax.
    """

    object: Literal["plan"] = "plan"
    hash: str
    outcome: str
    headline: str
    total: Money | None
    steps: list[PlannedStep]
    near_misses: list[NearMissShown]
    budgets: list[BudgetShown]
    warnings: list[ReasonShown]
    blocked_by: list[BlockShown]
    ways_out: list[WayOutShown]
    set_aside: list[str]
    is_justification_required: bool
    ready_at: datetime | None


def show_plan(
    plan: Plan, described: PlanDescription, total: Money | None, *, side: str
) -> PlanShown:
    """A plan with its description for a reader of one side; what that hides stays hidden."""
    warned = [warning.reason for warning in plan.warnings]
    return PlanShown(
        hash=described.plan_hash,
        outcome=plan.outcome,
        headline=described.headline,
        total=total,
        steps=[_step(*pair, side) for pair in zip(plan.steps, described.steps, strict=True)],
        near_misses=[_near_miss(miss) for miss in described.near_misses],
        budgets=[_budget(effect) for effect in described.budgets],
        warnings=show_reasons(warned, described.warnings, side=side),
        blocked_by=[
            BlockShown(
                sentence=block.sentence, ways_out=list(block.ways_out), lines=list(block.lines)
            )
            for block in described.blocked
        ],
        ways_out=[_way_out(way) for way in described.ways_out],
        set_aside=list(described.set_aside),
        is_justification_required=described.needs_justification,
        ready_at=described.ready_at,
    )


def show_reasons(
    reasons: Sequence[Reason], sentences: Sequence[ReasonSentence], *, side: str
) -> list[ReasonShown]:
    """Reasons with their sentences; a reader without sentences sees no reasons.

    The facts of the other side's rules stay there: they name its limits.
    """
    return [
        ReasonShown(
            rulebook=reason.rulebook or None,
            version=reason.version or None,
            rule=reason.rule or reason.code,
            sentence=said.sentence,
            lines=list(said.lines),
            facts=[_fact(finding) for finding in reason.findings] if reason.side == side else [],
        )
        for reason, said in zip(reasons, sentences, strict=False)
    ]


def _step(step: PlanStep, described: StepDescription, side: str) -> PlannedStep:
    return PlannedStep(
        key=described.key,
        number=described.number,
        rank=described.rank,
        side=described.side,
        who=described.who,
        detail=described.detail,
        quorum={step.quorum.kind: described.needed},
        approvers=[_approver(found) for found in described.people],
        reasons=show_reasons(step.reasons, described.reasons, side=side),
        lines=list(described.lines),
        due_at=described.due_at,
    )


def _approver(found: PersonDescription) -> Approver:
    deputy = Person(member=found.deputy_member, name=found.deputy) if found.deputy_member else None
    return Approver(member=found.member, name=found.name, is_away=found.is_away, delegate=deputy)


def _near_miss(miss: NearMissDescription) -> NearMissShown:
    gap = money(miss.gap_minor, miss.currency) if miss.gap_minor is not None else None
    return NearMissShown(
        rule=miss.rule, who=miss.who, sentence=miss.sentence, gap=gap, gap_text=miss.gap
    )


def _way_out(way: WayOutDescription) -> WayOutShown:
    return WayOutShown(
        kind=way.kind,
        sentence=way.sentence,
        approvals=way.approvals,
        lines=list(way.lines),
        quantity=way.quantity or None,
        sku=way.sku or None,
        cost_center=way.cost_center_id or None,
        ship_to=way.ship_to_id or None,
        starts_at=way.starts_at,
    )


def _budget(effect: BudgetEffect) -> BudgetShown:
    amounts: dict[str, Any] = {
        "amount": effect.amount_minor,
        "committed": effect.committed_minor,
        "reserved": effect.reserved_minor,
        "this": effect.this_minor,
        "left": effect.left_after_minor,
    }
    shown: dict[str, Any] = {name: money(minor, effect.currency) for name, minor in amounts.items()}
    return BudgetShown(budget=effect.budget, name=effect.name, mode=effect.mode, **shown)


def _fact(finding: Finding) -> Fact:
    return Fact(
        field=finding.field,
        operator=finding.operator,
        wanted=_value(finding.wanted),
        actual=_value(finding.actual),
        currency=finding.currency or None,
        lines=list(finding.lines),
    )


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value
