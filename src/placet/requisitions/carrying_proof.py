"""Whether each approval that was carried over may count: the rule itself is asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from placet.orders.content import read_content
from placet.policy.plan import Plan
from placet.requisitions.carrying import carry_over
from placet.requisitions.covering import STANDING
from placet.requisitions.models import CarryOver, Decision, DecisionOutcome, Revision, Step
from placet.requisitions.progress import plan_of, staffed_plan

NO_APPROVAL = "It is no approval of an earlier revision."
NOT_CONFIRMED = "The rule of carry-over does not confirm it."


def confirm_carry_overs(revision: Revision, rows: Sequence[CarryOver]) -> Mapping[str, str]:
    """What is wrong with carry-overs into a revision, by their ids; empty where nothing is.

    Read from the contents as they were frozen. The rows bring decision, its revision and outcome,
    and step.
    """
    if not rows:
        return {}
    kept = _kept(revision)
    faults = {}
    for row in rows:
        if not _is_approval_of_then(row.decision, revision):
            faults[row.pk] = NO_APPROVAL
        elif (row.decision_id, row.step.key) not in kept:
            faults[row.pk] = NOT_CONFIRMED
    return faults


def _is_approval_of_then(decision: Decision, revision: Revision) -> bool:
    """Applied, of the same purchase or its schedule, before, and of exactly the content of then."""
    former, outcome = decision.revision, getattr(decision, "outcome", None)
    is_earlier = (
        former.number < revision.number
        if former.requisition_id == revision.requisition_id
        # Of another purchase only an envelope can cover this one: the rule below says whether.
        else revision.requisition.source == STANDING
    )
    return (
        decision.kind == Decision.Kind.APPROVE
        and outcome is not None
        and outcome.kind == DecisionOutcome.Kind.APPLIED
        and is_earlier
        and decision.content_hash == former.content_hash
    )


def _kept(revision: Revision) -> set[tuple[str, str]]:
    """What carrying over says again: decision and step.

    The people of a step may be others since, so those of the confirmed plan count too.
    """
    steps = list(revision.steps.order_by("position"))
    content = read_content(revision.content)
    return {
        (kept.decision.pk, kept.step)
        for plan in (_as_confirmed(revision, steps), staffed_plan(revision, steps))
        for kept in carry_over(
            revision.requisition,
            plan,
            content,
            authors=revision.authors,
            before=revision.number,
        ).kept
    }


def _as_confirmed(revision: Revision, steps: Sequence[Step]) -> Plan:
    """The plan as it was confirmed, with the steps that somebody added."""
    staffed = {step.key: step for step in staffed_plan(revision, steps).steps}
    added = [staffed[step.key] for step in steps if step.added_by_id]
    plan = plan_of(revision)
    return plan._replace(steps=(*plan.steps, *added))
