"""Where a requisition stands, for people: one sentence, and its steps with who did what."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.formats import instant_text
from placet.orders.models import Order
from placet.orders.queries import find_order_of
from placet.plans.describe import PlanDescription, StepDescription, describe_plan
from placet.requisitions.models import Decision, DecisionOutcome, Requisition, Step
from placet.requisitions.progress import staffed_plan
from placet.requisitions.queries import list_steps

Status = Requisition.Status


class StepOnTimeline(NamedTuple):
    """A step with its description, the answers that count, and who could answer now."""

    step: Step
    description: StepDescription
    answers: tuple[Decision, ...]
    waiting_for: tuple[str, ...]
    due_at: datetime | None
    is_mine: bool

    @property
    def is_now(self) -> bool:
        """Whether this step is asked at the moment."""
        return self.step.status == Step.Status.PENDING


class Timeline(NamedTuple):
    """The sentence, the steps and, once it exists, the order."""

    sentence: str
    steps: tuple[StepOnTimeline, ...]
    plan: PlanDescription
    order: Order | None


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
    order = find_order_of(requisition.pk) if requisition.status == Status.ORDERED else None
    return Timeline(_sentence(requisition, steps, order, reader), steps, plan, order)


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


def _sentence(
    requisition: Requisition,
    steps: tuple[StepOnTimeline, ...],
    order: Order | None,
    reader: Actor,
) -> str:
    ended = requisition.ended_at and _when(requisition.ended_at, reader)
    if order is not None:
        return _ordered_sentence(order, reader)
    if requisition.status == Status.REJECTED:
        return _rejected_sentence(steps, str(ended), reader)
    if requisition.status == Status.WITHDRAWN:
        return _("%(person)s withdrew it on %(when)s. The budget is free again.") % {
            "person": requisition.requester.user.name,
            "when": ended,
        }
    if requisition.status == Status.EXPIRED:
        return _("Nobody decided in time; it expired on %(when)s.") % {"when": ended}
    if requisition.status == Status.PLACEMENT_FAILED:
        return _("Approved, but it could not be ordered. The budget stays reserved.")
    return _waiting_sentence(steps, reader)


def _ordered_sentence(order: Order, reader: Actor) -> str:
    values = {
        "order": order.number,
        "when": _when(order.placed_at, reader),
        "erp": order.erp_number,
    }
    if order.erp_number:
        return _("Ordered as %(order)s on %(when)s; the supplier's number is %(erp)s.") % values
    return _("Ordered as %(order)s on %(when)s. The supplier has not taken it over yet.") % values


def _rejected_sentence(steps: tuple[StepOnTimeline, ...], when: str, reader: Actor) -> str:
    if reader.is_merchant:
        return _("The customer did not approve it on %(when)s.") % {"when": when}
    for step in steps:
        for answer in step.answers:
            if answer.kind == Decision.Kind.REJECT:
                return _("%(person)s rejected it on %(when)s: %(reason)s") % {
                    "person": answer.member.user.name,
                    "when": when,
                    "reason": answer.reason,
                }
    return _("It was rejected on %(when)s.") % {"when": when}


def _waiting_sentence(steps: tuple[StepOnTimeline, ...], reader: Actor) -> str:
    now = [step for step in steps if step.is_now]
    if not now:
        return _("Approved; the order is being placed.")
    first = now[0]
    people = first.waiting_for
    if not people:
        return _("Answered; it takes effect in a few seconds.")
    who = people[0] if len(people) == 1 else first.description.who
    return _("Waiting for %(who)s, until %(when)s.") % {
        "who": who,
        "when": _when(first.due_at, reader) if first.due_at else "",
    }


def _when(at: datetime, reader: Actor) -> str:
    return instant_text(at, reader.language, reader.time_zone)
