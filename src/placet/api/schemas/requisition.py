"""Documents about requisitions: where they stand, their revisions, steps and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Named,
    Person,
    Resourceful,
    actions_of,
    frame,
    money,
    person,
    side_of,
)
from placet.api.schemas.content import ContentShown, show_content
from placet.api.schemas.plan import ReasonShown, show_reasons
from placet.companies.queries import get_merchant
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.orders.content import read_content
from placet.orders.queries import find_order_states
from placet.policy.plan import Plan
from placet.requisitions import models
from placet.requisitions.permissions import (
    can_decide_requisition,
    can_decide_step,
    can_forward_step,
    can_lower_lines,
    can_retry_placement,
    can_withdraw_requisition,
)
from placet.requisitions.progress import plan_of
from placet.requisitions.sentences import words_of
from placet.requisitions.timeline import StepOnTimeline, Timeline


class RequisitionSummary(Resourceful):
    """A requisition in a list; ``content_hash`` is that of its current revision.

    ``order_status`` is the state of the order that it became: an order that was cancelled leaves
    its requisition ``ordered``.
    """

    object: Literal["requisition"] = "requisition"
    number: str
    name: str
    status: str
    order_status: str | None
    company: Named
    unit: Named | None
    requester: Person
    total: Money
    po_number: str
    revision: str
    content_hash: str
    submitted_at: datetime
    ended_at: datetime | None


class LineLeft(Answer):
    """What an approval left of a line; 0 rejected it."""

    line: int
    quantity: int


class DecisionShown(Answer):
    """What one member said at one step about one revision, and what became of it.

    ``outcome`` is ``pending`` until it takes effect, then applied, retracted or lapsed. Of the
    supplier's people the company is told the supplier's name, and no ``member``.
    """

    object: Literal["decision"] = "decision"
    id: str
    created_at: datetime
    requisition: str
    step: str
    revision: str
    content_hash: str
    decision: str
    line_decisions: list[LineLeft]
    member: Person
    decided_for: Person | None
    channel: str
    reason: str
    effective_at: datetime
    outcome: str


class AskedPerson(Answer):
    """Somebody who was asked at a step; ``decides_for`` where it is in place of another."""

    member: str
    name: str
    decides_for: Person | None
    is_open: bool


class StepShown(Answer):
    """One approval. The other side's steps show who answered and when, never why they are asked.

    ``carried_decisions`` are the ids of approvals of earlier revisions that still count here.
    """

    object: Literal["step"] = "step"
    id: str
    requisition: str
    revision: str
    content_hash: str
    position: int
    rank: int
    side: str
    who: str
    detail: str
    status: str
    needed: int
    opened_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    asked: list[AskedPerson]
    reasons: list[ReasonShown]
    decisions: list[DecisionShown]
    carried_decisions: list[str]
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class RevisionShown(Answer):
    """A frozen revision: its content, and the hash of the exact bytes that were frozen."""

    object: Literal["revision"] = "revision"
    id: str
    created_at: datetime
    requisition: str
    number: int
    format: int
    content_hash: str
    plan_hash: str
    content: ContentShown


class Requisition(RequisitionSummary):
    """A requisition as it stands now, with the steps and the content of its current revision.

    ``problem`` is the code of what keeps an approved one from being ordered.
    """

    sentence: str
    problem: str | None
    steps: list[StepShown]
    current: RevisionShown
    order: str | None
    order_number: str | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


def show_summaries(
    requisitions: Sequence[models.Requisition], actor: Actor
) -> list[RequisitionSummary]:
    """Requisitions of a list, with company, unit, requester and revision loaded."""
    orders = find_order_states(one.pk for one in requisitions)
    return [RequisitionSummary(**_summary(one, orders.get(one.pk), actor)) for one in requisitions]


def show_requisition(
    requisition: models.Requisition, timeline: Timeline, actor: Actor
) -> Requisition:
    """One requisition for one reader."""
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    # The sentence about a rejection quotes its reason, which stays within the company.
    is_private = actor.is_merchant and requisition.status == models.Requisition.Status.REJECTED
    refusals = {
        "withdraw": can_withdraw_requisition(actor, requisition),
        "decide": can_decide_requisition(actor, requisition),
        "place": can_retry_placement(actor, requisition),
    }
    revision.requisition = requisition
    return Requisition(
        **_summary(requisition, timeline.order.status if timeline.order else None, actor),
        **actions_of(refusals),
        sentence="" if is_private else timeline.sentence,
        problem=requisition.problem or None,
        steps=show_steps(timeline, revision, actor),
        current=show_revision(revision, actor),
        order=timeline.order.id if timeline.order else None,
        order_number=timeline.order.number if timeline.order else None,
    )


def show_revision(revision: models.Revision, actor: Actor) -> RevisionShown:
    """A revision with its content for the actor's side."""
    return RevisionShown(
        id=revision.id,
        created_at=revision.created_at,
        requisition=revision.requisition_id,
        number=revision.number,
        format=revision.format,
        content_hash=revision.content_hash,
        plan_hash=revision.plan_hash,
        content=show_content(read_content(revision.content), for_merchant=actor.is_merchant),
    )


def show_steps(timeline: Timeline, revision: models.Revision, actor: Actor) -> list[StepShown]:
    """The steps of the current revision in the order in which they are asked."""
    plan = plan_of(revision)
    for one in timeline.steps:
        one.step.requisition = revision.requisition
    return [_step(step, revision, plan, actor) for step in timeline.steps]


def show_decisions(decisions: Sequence[models.Decision], actor: Actor) -> list[DecisionShown]:
    """Decisions with their people, steps and outcomes loaded; reasons stay on their own side."""
    return [show_decision(one, actor) for one in decisions if _may_be_told(one, actor)]


def show_decision(decision: models.Decision, actor: Actor) -> DecisionShown:
    """One decision with its people, step, lines and outcome loaded."""
    lines = sorted(decision.lines.all(), key=lambda one: one.number)
    outcome: models.DecisionOutcome | None = getattr(decision, "outcome", None)
    return DecisionShown(
        id=decision.id,
        created_at=decision.created_at,
        requisition=decision.step.requisition_id,
        step=decision.step_id,
        revision=decision.revision_id,
        content_hash=decision.content_hash,
        decision=decision.kind,
        line_decisions=[LineLeft(line=one.number, quantity=one.quantity) for one in lines],
        member=_decider(decision, actor),
        decided_for=person(decision.principal)
        if decision.principal and not _is_suppliers(decision, actor)
        else None,
        channel=decision.channel,
        reason=words_of(decision, decision.step, actor),
        effective_at=decision.effective_at,
        outcome=outcome.kind if outcome else "pending",
    )


def _step(shown: StepOnTimeline, revision: models.Revision, plan: Plan, actor: Actor) -> StepShown:
    step, described = shown.step, shown.description
    is_own = step.side == side_of(actor)
    planned = next((one for one in plan.steps if one.key == step.key), None)
    reasons = planned.reasons if planned else ()
    for answer in shown.answers:
        answer.step = step
    return StepShown(
        id=step.id,
        requisition=step.requisition_id,
        revision=revision.id,
        content_hash=revision.content_hash,
        position=step.position,
        rank=step.rank,
        side=step.side,
        who=described.who,
        detail=described.detail,
        status=step.status,
        needed=step.quorum,
        opened_at=step.opened_at,
        due_at=shown.due_at,
        ended_at=step.ended_at,
        asked=[_asked(row) for row in step.assignments.all()] if is_own else [],
        reasons=show_reasons(reasons, described.reasons, side=side_of(actor)),
        decisions=[show_decision(one, actor) for one in shown.answers if _may_be_told(one, actor)],
        carried_decisions=[one.decision_id for one in shown.carried],
        **actions_of(_refusals(step, actor)),
    )


def _refusals(step: models.Step, actor: Actor) -> dict[str, Refusal | None]:
    """By what can be done at a step, why the actor may not: from its loaded people alone."""
    decide = can_decide_step(actor, step)
    return {
        "decide": decide,
        "lower_lines": decide or can_lower_lines(actor, step),
        "suggest": decide or can_lower_lines(actor, step),
        "forward": decide or can_forward_step(actor, step),
        "add_approver": decide,
    }


def _is_suppliers(decision: models.Decision, actor: Actor) -> bool:
    """Whether it is the supplier's answer, whose people keep their names towards the customer."""
    return decision.step.side == "merchant" and not actor.is_merchant


def _decider(decision: models.Decision, actor: Actor) -> Person:
    if _is_suppliers(decision, actor):
        return Person(member="", name=get_merchant().name)
    return person(decision.member)


def _may_be_told(decision: models.Decision, actor: Actor) -> bool:
    """What may still be undone is told to its author only."""
    return hasattr(decision, "outcome") or decision.member_id == actor.member_id


def _asked(row: models.StepAssignment) -> AskedPerson:
    return AskedPerson(
        member=row.member_id,
        name=row.member.user.name,
        decides_for=person(row.principal) if row.principal else None,
        is_open=row.is_open,
    )


def _summary(
    requisition: models.Requisition, order_status: str | None, actor: Actor
) -> dict[str, Any]:
    revision = requisition.revision
    unit = Named(id=requisition.unit_id, name=requisition.unit.name)
    return {
        **frame(requisition),
        "number": requisition.number,
        "name": requisition.name,
        "status": requisition.status,
        "order_status": order_status,
        "company": Named(id=requisition.company_id, name=requisition.company.name),
        "unit": None if actor.is_merchant else unit,
        "requester": person(requisition.requester),
        "total": money(requisition.total_minor, requisition.currency),
        "po_number": requisition.po_number,
        "revision": revision.id if revision else "",
        "content_hash": revision.content_hash if revision else "",
        "submitted_at": requisition.submitted_at,
        "ended_at": requisition.ended_at,
    }
