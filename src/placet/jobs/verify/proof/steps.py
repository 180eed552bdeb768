"""Who approved what: each step of the current revision, with every vote that counts for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from placet.jobs.verify.carried import check_carried
from placet.jobs.verify.open_steps import check_open_step
from placet.jobs.verify.promise import counted_approvals
from placet.jobs.verify.proof.said import Said, claim, who
from placet.requisitions.models import CarryOver, Decision, Revision, Step


def say_steps(revision: Revision) -> Iterator[Said]:
    """Each step, its votes with the hash that they were given for, and who is asked now."""
    rows = list(
        CarryOver.objects.filter(step__revision=revision).select_related(
            *("decision__revision", "decision__outcome", "decision__member__user"),
            *("decision__principal__user", "step"),
        )
    )
    faults = {one.subject: one.sentence for one in check_carried(revision, rows)}
    authors = {*revision.authors, revision.requisition.requester.user_id}
    steps = list(revision.steps.prefetch_related("assignments__member").order_by("position"))
    for step in steps:
        carried = [row for row in rows if row.step_id == step.pk]
        yield from _step(step, revision, carried, faults, authors)
    if not steps:
        yield Said("Nothing had to be approved.")


def _step(
    step: Step,
    revision: Revision,
    carried: Sequence[CarryOver],
    faults: Mapping[str, str],
    authors: Collection[str],
) -> Iterator[Said]:
    asked = {one.member.user_id for one in step.assignments.all()}
    counted = [one for one in counted_approvals(step, revision) if one.user_id in asked]
    users = {one.user_id for one in counted} | {row.decision.user_id for row in carried}
    said = f"Step {step.position} ({step.side}, rank {step.rank}) is {step.status}"
    votes = f"{len(users & asked)} of {step.quorum} needed, from {len(asked)} asked"
    yield claim(
        step.status != Step.Status.APPROVED or len(users & asked) >= step.quorum,
        f"{said}: {votes}.",
        f"{said}, but only {votes}.",
    )
    for decision in counted:
        yield _vote(decision, authors)
    for row in carried:
        yield _carried(row, faults.get(row.pk, ""), authors)
    if step.status == Step.Status.PENDING:
        wrong = " ".join(one.sentence for one in check_open_step(step))
        yield claim(not wrong, "somebody who can decide it is asked.", wrong, 1)


def _vote(decision: Decision, authors: Collection[str]) -> Said:
    said = (
        f"{who(decision)} approved exactly {decision.content_hash} on "
        f"{decision.created_at:%Y-%m-%d %H:%M} UTC, by {decision.channel}"
    )
    shaped = decision.user_id in authors
    return claim(not shaped, f"{said}, and shaped nothing of it.", f"{said}, but shaped it.", 1)


def _carried(row: CarryOver, fault: str, authors: Collection[str]) -> Said:
    decision = row.decision
    former = decision.revision
    is_same = former.requisition_id == row.step.requisition_id
    which = "" if is_same else f" of {former.requisition.number}, whose envelope covers this one"
    said = (
        f"{who(decision)} approved revision {former.number}{which}, exactly "
        f"{decision.content_hash}, on {decision.created_at:%Y-%m-%d %H:%M} UTC"
    )
    if decision.user_id in authors:
        return Said(f"{said}, but shaped the content since.", False, 1)
    return claim(
        not fault,
        f"{said}; carried over: compared again, nothing that its reasons read got worse.",
        f"{said}; carried over wrongly: {fault}",
        1,
    )
