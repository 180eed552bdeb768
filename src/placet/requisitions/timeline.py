"""Where a requisition stands, for people: one sentence, and its steps with who did what."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.core.actor import Actor
from placet.orders.models import Order
from placet.plans.describe import PlanDescription, StepDescription, describe_plan
from placet.requisitions.changing import find_changed
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    Referral,
    Requisition,
    Step,
)
from placet.requisitions.progress import staffed_plan
from placet.requisitions.queries import list_steps
from placet.requisitions.sentences import is_own_side, status_sentence

Status = Requisition.Status


class StepOnTimeline(NamedTuple):
    """A step with its description, the answers that count, and who could answer now.

    ``carried`` are approvals of earlier revisions that count here still; ``referrals`` say who
    handed on a seat here, or added the step.
    """

    step: Step
    description: StepDescription
    answers: tuple[Decision, ...]
    waiting_for: tuple[str, ...]
    due_at: datetime | None
    is_mine: bool
    carried: tuple[CarryOver, ...] = ()
    referrals: tuple[Referral, ...] = ()

    @property
    def is_now(self) -> bool:
        """Whether this step is asked at the moment."""
        return self.step.status == Step.Status.PENDING


class Timeline(NamedTuple):
    """The sentence, the steps and, once it exists, the order.

    ``changed`` is the order instead that stands as it was while this change of it waits.
    """

    sentence: str
    steps: tuple[StepOnTimeline, ...]
    plan: PlanDescription
    order: Order | None
    changed: Order | None = None


def read_timeline(requisition: Requisition, *, reader: Actor, now: datetime) -> Timeline:
    """The state of a requisition for one reader; the two sides keep their own reasons."""
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    rows = list_steps(revision)
    plan = describe_plan(
        staffed_plan(revision, rows),
        company_id=requisition.company_id,
        reader_is_merchant=reader.is_merchant,
        language=reader.language,
        time_zone=requisition.company.time_zone,
        now=requisition.submitted_at,
    )
    described = {step.key: step for step in plan.steps}
    steps = tuple(_step(row, described[row.key], reader) for row in rows)
    found = find_changed(requisition)
    is_ordered = requisition.status == Status.ORDERED
    order, changed = (found, None) if is_ordered else (None, found)
    sentence = status_sentence(requisition, steps, order, reader, changed)
    return Timeline(sentence, steps, plan, order, changed)


def _step(row: Step, description: StepDescription, reader: Actor) -> StepOnTimeline:
    answers = tuple(one for one in row.decisions.all() if _is_told(one, reader))
    asked = [one.member for one in row.assignments.all() if one.is_open]
    # Nobody but its author is told of an answer that may still be undone: for the others the
    # person is still being waited for.
    asked += [one.member for one in row.decisions.all() if _is_held(one) and one not in answers]
    return StepOnTimeline(
        step=row,
        description=description,
        answers=answers,
        waiting_for=tuple(dict.fromkeys(member.user.name for member in asked)),
        due_at=row.due_at or description.due_at,
        is_mine=any(one.member_id == reader.member_id for one in row.assignments.all()),
        carried=tuple(row.carry_overs.all()),
        referrals=tuple(row.referrals.all()) if is_own_side(row, reader) else (),
    )


def _is_held(decision: Decision) -> bool:
    """Whether a decision has not taken effect and may still be undone."""
    return getattr(decision, "outcome", None) is None


def _is_told(decision: Decision, reader: Actor) -> bool:
    """Applied decisions are told to everybody, held ones to their author alone."""
    outcome: DecisionOutcome | None = getattr(decision, "outcome", None)
    if outcome is None:
        return decision.user_id == reader.user_id
    return outcome.kind == DecisionOutcome.Kind.APPLIED
