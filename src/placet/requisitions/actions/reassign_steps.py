"""The open steps of a purchase follow the organisation: who decides is asked again.

An absence or a delegation begins or ends, somebody leaves or gets a role, a unit has another head:
in the same transaction the people of each open step are chosen anew, by the rules of its plan.
Nothing is ever open with nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.content import read_content
from placet.plans.restaffing import load_restaffing
from placet.policy.chain import Chain, counted_by_step
from placet.policy.codec import to_json
from placet.policy.plan import PlanStep
from placet.policy.restaffing import Restaffing
from placet.policy.staffing import Nobody
from placet.requisitions.errors import NobodyLeft
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.progress import Progress, read_progress, staffed_plan
from placet.requisitions.referring import list_handed_on, without
from placet.requisitions.seats import asked_pairs, listed_total

UNDECIDED = (Step.Status.WAITING, Step.Status.PENDING)


class StuckStep(NamedTuple):
    """A step that nobody could take after a change."""

    requisition: str
    number: str
    name: str
    step: str


@transaction
def reassign_steps(
    requisition: Requisition, *, cause: str, actor: Actor, now: datetime
) -> list[StuckStep]:
    """Choose the people of a purchase's open steps anew; returns those that nobody can take.

    Such a step keeps the people whom it has: the caller refuses its change, or, where people are
    only away, leaves it to them. ``cause`` is a code for the record, such as ``absence_began``.
    """
    locked = lock_requisition(requisition.pk)
    if locked.status != Requisition.Status.PENDING:
        return []
    progress = read_progress(locked)
    stuck = _restaff(locked, progress, cause, actor=actor, now=now)
    _ask_again(locked)
    return stuck


def _restaff(
    requisition: Requisition, progress: Progress, cause: str, *, actor: Actor, now: datetime
) -> list[StuckStep]:
    revision = requisition.revision
    assert revision is not None
    plan = staffed_plan(revision, progress.steps)
    given, handed_on = _given_seats(requisition), list_handed_on(requisition)

    @cache
    def restaffing(voted: frozenset[str]) -> Restaffing:
        return load_restaffing(
            read_content(revision.content),
            plan,
            steps=plan.steps,
            authors=revision.authors,
            voted=voted,
            given={member for members in given.values() for member in members},
            rates_moment=requisition.submitted_at,
            now=now,
        )

    counted = counted_by_step(progress.chain)
    planned = {step.key: step for step in plan.steps}
    stuck: list[StuckStep] = []
    for row in progress.steps:
        needed = row.quorum - len(counted[row.key])
        if row.status not in UNDECIDED or needed < 1:
            continue
        before = planned[row.key]
        voted = _voted_at(row.key, progress.chain)
        choice = restaffing(voted)
        if row.added_by_id:
            choice = choice.besides(row.added_by_id)
        try:
            fresh = choice.step(before, needed, given.get(row.pk, ()))
        except Nobody:
            stuck.append(_stuck(requisition, row))
            continue
        fresh = without(fresh, handed_on.get(row.key, ()), needed)
        kept = tuple(one for one in before.approvers if one.user in voted)
        after = fresh._replace(approvers=(*kept, *fresh.approvers))
        if after != before:
            Step.objects.filter(pk=row.pk).update(restaffed=to_json(after))
            _write_people(requisition, row, after, voted, cause, actor=actor, now=now)
    return stuck


def _voted_at(step: str, chain: Chain) -> frozenset[str]:
    """Who is not asked at a step again: an approval that was carried over counts at its own."""
    return frozenset(vote.user for vote in chain.votes if not vote.carried or vote.step == step)


def _given_seats(requisition: Requisition) -> dict[str, list[str]]:
    """By step, the members to whom somebody handed their seat."""
    found: dict[str, list[str]] = {}
    rows = StepAssignment.objects.filter(requisition=requisition, is_given=True).order_by("id")
    for step_id, member_id in rows.values_list("step_id", "member_id"):
        found.setdefault(step_id, []).append(member_id)
    return found


def _stuck(requisition: Requisition, row: Step) -> StuckStep:
    return StuckStep(requisition.id, requisition.number, requisition.name, row.id)


def _write_people(
    requisition: Requisition,
    row: Step,
    after: PlanStep,
    voted: Collection[str],
    cause: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """The rows of a step's people: those who decided stay, others come and go."""
    wanted = set(asked_pairs(after))
    rows = list(StepAssignment.objects.filter(step=row).select_related("member"))
    there = {(one.member_id, one.principal_id): one for one in rows}
    gone = [
        one for pair, one in there.items() if pair not in wanted and one.member.user_id not in voted
    ]
    added = sorted(wanted - there.keys(), key=lambda pair: (pair[0], pair[1] or ""))
    StepAssignment.objects.filter(pk__in=[one.pk for one in gone]).delete()
    StepAssignment.objects.bulk_create(
        StepAssignment(
            step=row,
            requisition=requisition,
            member_id=member_id,
            principal_id=principal_id,
            **listed_total(requisition),
        )
        for member_id, principal_id in added
    )
    if not (added or gone):
        return
    record(
        "step.reassigned",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        step=row.id,
        revision=row.revision_id,
        cause=cause,
        added=_members(pair[0] for pair in added),
        removed=_members(one.member_id for one in gone),
    )


def _members(ids: Iterable[str]) -> list[str]:
    return sorted(set(ids))


def _ask_again(requisition: Requisition) -> None:
    """Open the inbox rows of whoever may decide now, and close all others."""
    progress = read_progress(requisition)
    for step in progress.steps:
        if step.status != Step.Status.PENDING:
            continue
        asked = progress.asked.get(step.key, ())
        undecided = StepAssignment.objects.filter(step=step, decided_at=None)
        undecided.filter(member__user_id__in=asked, is_open=False).update(
            is_open=True, due_at=step.due_at
        )
        undecided.filter(is_open=True).exclude(member__user_id__in=asked).update(is_open=False)


def _refuse_stuck(stuck: Iterable[StuckStep]) -> None:
    """Refuse a change that leaves steps which nobody could take; raises ``NobodyLeft``."""
    found: list[dict[str, Any]] = [step._asdict() for step in stuck]
    if found:
        raise NobodyLeft(
            _("Nobody could decide %(purchases)s then. Name somebody else first.")
            % {"purchases": ", ".join(f"{step['number']} ({step['name']})" for step in found)},
            steps=found,
        )


def reassign_all(
    requisitions: Iterable[Requisition],
    *,
    cause: str,
    actor: Actor,
    now: datetime,
    is_refused: bool = True,
) -> None:
    """Staff the open steps of all these anew, in the order of their ids.

    A step that nobody could take then refuses the whole change with ``NobodyLeft``; unless
    ``is_refused`` is false, since its people are only away and may decide all the same.
    """
    stuck = [
        step
        for requisition in requisitions
        for step in reassign_steps(requisition, cause=cause, actor=actor, now=now)
    ]
    if is_refused:
        _refuse_stuck(stuck)
