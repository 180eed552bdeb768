"""The decision page: one sentence, the facts that prove it, and what each answer leads to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.requisitions.models import Decision, Requisition, Revision, Step, StepAssignment
from placet.requisitions.permissions import can_decide_requisition
from placet.requisitions.queries import list_inbox
from placet.requisitions.timeline import StepOnTimeline
from placet.web.budgets.page import BudgetState, Waiting, list_waiting_of
from placet.web.inbox.flags import Flag, list_flags
from placet.web.requisitions.alternatives import list_alternatives
from placet.web.requisitions.changes import Changes, read_changes
from placet.web.requisitions.page import LineRow, RequisitionPage, read_requisition

MOST_WALKED = 200


class Place(NamedTuple):
    """Where a step stands in the inbox: the n-th of all, with its neighbours' steps."""

    number: int
    of: int
    before: str
    after: str


class DecisionBudget(NamedTuple):
    """A budget with what else waits for it: how many purchases, and how much they hold."""

    state: BudgetState
    waiting: Waiting


class DecisionPage(NamedTuple):
    """The page of a requisition with what its reader is asked.

    ``changes`` are against the revision that the reader decided about or looked at last, or the
    one that the address names; ``compared`` are the numbers that it could name.
    """

    shown: RequisitionPage
    step: Step
    mine: StepOnTimeline | None
    also: tuple[StepOnTimeline, ...]
    refusal: Refusal | None
    principal: str
    then: str
    budgets: list[DecisionBudget]
    flags: tuple[Flag, ...]
    changes: Changes | None
    compared: list[int]
    place: Place | None
    is_stale: bool
    last_answer: Decision | None


def read_decision(
    actor: Actor, step: Step, *, before: Revision | None = None, now: datetime
) -> DecisionPage:
    """What the actor is asked at a step; about the current revision, whatever the step's is."""
    requisition = step.requisition
    shown = read_requisition(actor, requisition, now=now)
    changes = read_changes(before, shown.revision, actor) if before else None
    shown = shown._replace(lines=_lines(shown, changes, actor, now))
    steps = shown.timeline.steps
    mine = [one for one in steps if one.is_mine]
    asked = next((one for one in steps if one.step.pk == step.pk), None)
    current = asked or next((one for one in mine if one.is_now), None)
    return DecisionPage(
        shown=shown,
        step=current.step if current else step,
        mine=current,
        also=tuple(one for one in mine if current and one.step.pk != current.step.pk),
        refusal=_refusal(actor, requisition, current),
        principal=_principal(actor, current),
        then=_then(steps, current, is_change=shown.timeline.changed is not None),
        budgets=_budgets(shown),
        flags=_flags(actor, shown, current),
        changes=changes,
        compared=list(range(1, shown.revision.number)),
        place=_place(actor, step),
        is_stale=step.revision_id != requisition.revision_id,
        last_answer=_last_answer(asked),
    )


def _lines(
    shown: RequisitionPage, changes: Changes | None, actor: Actor, now: datetime
) -> list[LineRow]:
    """The lines with what changed in each, and with what the catalog has instead."""
    found = {} if actor.is_merchant else list_alternatives(shown.content, now=now)
    rows = changes.lines if changes else ()
    changed = {row.number: row for row in rows if row.kind != "del"}
    return [
        row._replace(
            alternatives=found.get(row.line.number, ()), change=changed.get(row.line.number)
        )
        for row in shown.lines
    ]


def _budgets(shown: RequisitionPage) -> list[DecisionBudget]:
    """Each budget with the other purchases that hold room in it, in two queries."""
    ids = [budget.id for budget in shown.budgets]
    waiting = list_waiting_of(ids, besides=shown.requisition.pk)
    return [DecisionBudget(budget, waiting[budget.id]) for budget in shown.budgets]


def _flags(
    actor: Actor, shown: RequisitionPage, current: StepOnTimeline | None
) -> tuple[Flag, ...]:
    """What the row in the inbox tells to look at, except what stands on the page anyway."""
    if current is None:
        return ()
    rows = StepAssignment.objects.filter(step=current.step, member_id=actor.member_id)
    found = list(rows.select_related("step").order_by("pk")[:1])
    flags = list_flags(actor, found, {shown.revision.pk: shown.budgets})
    return flags.get(current.step.pk, ())


def _refusal(
    actor: Actor, requisition: Requisition, current: StepOnTimeline | None
) -> Refusal | None:
    refusal = can_decide_requisition(actor, requisition)
    if refusal is None and current is not None and not _is_open_for(actor, current):
        return Refusal("not_asked", _("You are not asked at this step."))
    return refusal


def _is_open_for(actor: Actor, current: StepOnTimeline) -> bool:
    rows = current.step.assignments.all()
    return any(row.is_open for row in rows if row.member_id == actor.member_id)


def _principal(actor: Actor, current: StepOnTimeline | None) -> str:
    """For whom the actor decides, where it is not for themselves."""
    rows = [
        row
        for row in (current.step.assignments.all() if current else ())
        if row.member_id == actor.member_id
    ]
    if not rows or any(row.principal_id is None for row in rows):
        return ""
    principal = rows[0].principal
    return principal.user.name if principal else ""


def _then(
    steps: tuple[StepOnTimeline, ...], current: StepOnTimeline | None, *, is_change: bool
) -> str:
    """What an approval leads to."""
    if current is None:
        return ""
    given = sum(answer.kind == Decision.Kind.APPROVE for answer in current.answers)
    given += len(current.carried)
    missing = current.step.quorum - given - 1
    if missing > 0:
        return ngettext(
            "%(n)d more approval is needed at this step",
            "%(n)d more approvals are needed at this step",
            missing,
        ) % {"n": missing}
    undecided = (Step.Status.WAITING, Step.Status.PENDING)
    waiting = [one for one in steps if one.step.status in undecided]
    others = [one for one in waiting if one.step.pk != current.step.pk and not one.is_mine]
    if others:
        return _("%(who)s is asked next") % {"who": others[0].description.who}
    if is_change:
        return _("It is the last one: the order is changed at once")
    return _("It is the last one: the order leaves at once")


def _place(actor: Actor, step: Step) -> Place | None:
    ids = list(dict.fromkeys(list_inbox(actor).values_list("step_id", flat=True)[:MOST_WALKED]))
    if step.pk not in ids:
        return None
    index = ids.index(step.pk)
    return Place(
        index + 1,
        len(ids),
        ids[index - 1] if index else "",
        ids[index + 1] if index + 1 < len(ids) else "",
    )


def _last_answer(asked: StepOnTimeline | None) -> Decision | None:
    """The last answer at this step that took effect: "Rosa approved this 20 s ago"."""
    answers = [one for one in (asked.answers if asked else ()) if hasattr(one, "outcome")]
    return answers[-1] if answers else None
