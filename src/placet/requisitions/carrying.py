"""Which approvals of earlier revisions still count for the next one, read from the rows.

Of every human the last decision that took effect is looked at, and only if it was an approval: what
they saw then is what the new content is compared with (``policy.carry_over``). Carrying over never
moves that, so nobody gets anywhere slice by slice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from placet.orders.content import Content, read_content
from placet.plans.frozen import purchase_of_content
from placet.policy import carry_over as engine
from placet.policy.chain import counted_by_step
from placet.policy.plan import Finding, Plan, PlanStep
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    Requisition,
    Revision,
    RevisionOrigin,
)
from placet.requisitions.progress import read_progress_of, staffed_plan

AUTHOR = "author"
"""The code of an approval whose giver has shaped the content since."""


class Kept(NamedTuple):
    """A decision that still counts, at a step of the new plan."""

    decision: Decision
    step: str


class Reset(NamedTuple):
    """A decision that counts no more: at which step it did, and why; ``finding`` is what got worse.

    Codes are those of ``policy.carry_over.Reset``, and ``author``.
    """

    decision: Decision
    step: PlanStep
    code: str
    finding: Finding | None


class Carried(NamedTuple):
    """What the approvals are worth for a plan.

    ``waiting`` are steps that were asked for before, and nobody has answered; ``new`` are those
    that were not asked for.
    """

    kept: tuple[Kept, ...]
    reset: tuple[Reset, ...]
    waiting: tuple[str, ...]
    new: tuple[str, ...]


class _Given(NamedTuple):
    decision: Decision
    approval: engine.Approval


def carry_over(
    requisition: Requisition,
    plan: Plan,
    content: Content,
    *,
    authors: Collection[str],
    before: int | None = None,
) -> Carried:
    """What was decided so far is worth this much for a plan of this content.

    ``plan`` has all steps with their people, added ones too. ``authors`` are those of the new
    content: their approvals never count. ``before`` leaves out revisions from that number on.
    """
    given = _list_given(requisition, before)
    judged = engine.carry_over(
        [one.approval for one in given], plan, content_for_comparing(content)
    )
    decisions = {one.approval.user: one.decision for one in given}
    steps = {(one.approval.user, one.approval.step.key): one.approval.step for one in given}
    kept = dict.fromkeys(
        Kept(decisions[one.user], one.step) for one in judged.kept if one.user not in authors
    )
    reset = [
        Reset(decisions[one.user], steps[one.user, one.former_step], one.code, one.finding)
        for one in judged.reset
        if one.user not in authors
    ]
    shaped = dict.fromkeys(
        Reset(one.decision, one.approval.step, AUTHOR, None)
        for one in given
        if one.approval.user in authors
    )
    former = _keys_before(requisition, before)
    answered = {one.step for one in kept}
    unanswered = [step.key for step in plan.steps if step.key not in answered]
    return Carried(
        kept=tuple(kept),
        reset=(*shaped, *reset),
        waiting=tuple(key for key in unanswered if key in former),
        new=tuple(key for key in unanswered if key not in former),
    )


def content_for_comparing(content: Content) -> engine.Content:
    """What carrying over compares of a content; from its bytes alone, so that it can be proved."""
    return engine.Content(content.company, content.unit, purchase_of_content(content))


def list_last_decisions(requisition: Requisition, before: int | None = None) -> list[Decision]:
    """The last decision of each human that took effect, in the order in which they did."""
    rows = Decision.objects.filter(
        step__requisition=requisition, outcome__kind=DecisionOutcome.Kind.APPLIED
    )
    if before is not None:
        rows = rows.filter(revision__number__lt=before)
    last: dict[str, Decision] = {}
    for decision in rows.select_related("revision", "step", "member__user").order_by(
        "outcome__created_at", "created_at", "id"
    ):
        last.pop(decision.user_id, None)
        last[decision.user_id] = decision
    return list(last.values())


def _list_given(requisition: Requisition, before: int | None) -> list[_Given]:
    """The approvals that may still count: each at every step where it counted when it was given."""
    last = [
        decision
        for decision in list_last_decisions(requisition, before)
        if decision.kind == Decision.Kind.APPROVE
    ]
    reduced = _list_reduced(last, before)
    found: list[_Given] = []
    read: dict[str, tuple[engine.Content, dict[str, PlanStep], dict[str, tuple[str, ...]]]] = {}
    for decision in last:
        less = reduced.get(decision.pk)
        seen = less.revision if less else decision.revision
        if seen.pk not in read:
            read[seen.pk] = _read(seen)
        content, steps, counted = read[seen.pk]
        keys = list(less.keys) if less else [decision.step.key]
        if not less or less.keys:
            keys += [key for key, users in counted.items() if decision.user_id in users]
        found += [
            _Given(decision, engine.Approval(decision.user_id, steps[key], content))
            for key in dict.fromkeys(keys)
        ]
    return found


class _Reduced(NamedTuple):
    """What an approval that lowered lines left of the content, and the steps where it counted."""

    revision: Revision
    keys: tuple[str, ...]


def _list_reduced(decisions: Iterable[Decision], before: int | None) -> dict[str, _Reduced]:
    """By decision, the revision that an approval made by lowering lines: that is what it approved.

    Otherwise a buyer could put back what the approver took away. The revision itself is judged
    against what the approver saw, which was more; ``before`` leaves it out.
    """
    origins = RevisionOrigin.objects.filter(
        decision__in=[decision.pk for decision in decisions], cause=RevisionOrigin.Cause.REDUCED
    )
    if before is not None:
        origins = origins.filter(revision__number__lt=before)
    found: dict[str, _Reduced] = {}
    for origin in origins.select_related("revision"):
        carried = CarryOver.objects.filter(
            decision=origin.decision_id, step__revision=origin.revision_id
        ).order_by("step__position")
        keys = tuple(carried.values_list("step__key", flat=True))
        found[origin.decision_id] = _Reduced(origin.revision, keys)
    return found


def _read(
    revision: Revision,
) -> tuple[engine.Content, dict[str, PlanStep], dict[str, tuple[str, ...]]]:
    """A revision as its approvers saw it, and whose approval counted where."""
    progress = read_progress_of(revision)
    return (
        content_for_comparing(read_content(revision.content)),
        _by_key(staffed_plan(revision, progress.steps).steps),
        counted_by_step(progress.chain),
    )


def _by_key(steps: Iterable[PlanStep]) -> dict[str, PlanStep]:
    return {step.key: step for step in steps}


def _keys_before(requisition: Requisition, before: int | None) -> set[str]:
    """The steps of the revision that the new one takes the place of."""
    rows = requisition.revisions.order_by("-number")
    former = (rows.filter(number__lt=before) if before is not None else rows).first()
    return set(former.steps.values_list("key", flat=True)) if former else set()
