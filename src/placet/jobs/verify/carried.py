"""Carry-over: each row is confirmed by the rule itself, from the two contents as frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from placet.jobs.verify.finding import Finding
from placet.orders.content import read_content
from placet.policy.plan import Plan
from placet.requisitions.carrying import carry_over
from placet.requisitions.models import CarryOver, Decision, DecisionOutcome, Revision, Step
from placet.requisitions.progress import plan_of, staffed_plan


def check_carry_overs() -> Iterator[Finding]:
    """Every approval that counts for a later revision than the one that it was given for."""
    rows: dict[str, list[CarryOver]] = defaultdict(list)
    found = CarryOver.objects.select_related("decision__revision", "decision__outcome", "step")
    for row in found.order_by("id"):
        rows[row.step.revision_id].append(row)
    for revision_id in sorted(rows):
        revision = Revision.objects.select_related("requisition").get(pk=revision_id)
        yield from check_carried(revision, rows[revision_id])


def check_carried(revision: Revision, rows: Sequence[CarryOver]) -> Iterator[Finding]:
    """Approvals that were carried into one revision, judged again by the rule itself."""
    kept = _kept(revision)
    for row in rows:
        if not _is_approval_of_then(row.decision, revision):
            yield Finding("carried_wrongly", row.pk, "It is no approval of an earlier revision.")
        elif (row.decision_id, row.step.key) not in kept:
            yield Finding("carried_wrongly", row.pk, "The rule of carry-over does not confirm it.")


def _is_approval_of_then(decision: Decision, revision: Revision) -> bool:
    """Applied, of the same purchase, before, and of exactly the content of then."""
    former, outcome = decision.revision, getattr(decision, "outcome", None)
    return (
        decision.kind == Decision.Kind.APPROVE
        and outcome is not None
        and outcome.kind == DecisionOutcome.Kind.APPLIED
        and former.requisition_id == revision.requisition_id
        and former.number < revision.number
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
