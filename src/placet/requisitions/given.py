"""What was decided so far, as the rule of carrying over reads it: from the rows and the bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from placet.orders.content import Content, ContentLine, read_content
from placet.plans.frozen import purchase_of_content
from placet.policy import carry_over as engine
from placet.policy.chain import counted_by_step
from placet.policy.plan import PlanStep
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    Requisition,
    Revision,
    RevisionOrigin,
)
from placet.requisitions.progress import read_progress_of, staffed_plan


class Given(NamedTuple):
    """An approval that may still count, and the decision that it is."""

    decision: Decision
    approval: engine.Approval


def content_for_comparing(content: Content) -> engine.Content:
    """What carrying over compares of a content; from its bytes alone, so that it can be proved.

    A SKU that is in no catalog is whatever the shop said that it is: of another name, pack,
    category or tax rate it is another product, and nobody has approved that one.
    """
    purchase = purchase_of_content(content)
    lines = tuple(
        line._replace(sku=_as_stated(stated)) if not stated.product else line
        for line, stated in zip(purchase.lines, content.lines, strict=True)
    )
    return engine.Content(content.company, content.unit, purchase._replace(lines=lines))


def _as_stated(line: ContentLine) -> str:
    return repr((line.sku, line.name, line.pack, line.category, line.tax_basis_points))


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


def list_given(requisition: Requisition, before: int | None = None) -> list[Given]:
    """The approvals that may still count: each at every step where it counted when it was given."""
    last = [
        decision
        for decision in list_last_decisions(requisition, before)
        if decision.kind == Decision.Kind.APPROVE
    ]
    reduced = _list_reduced(last, before)
    found: list[Given] = []
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
            Given(decision, engine.Approval(decision.user_id, steps[key], content))
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
