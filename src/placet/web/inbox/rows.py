"""The rows of the inbox: why me in one phrase, what to look at, what is left after it, by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placet.core.actor import Actor
from placet.core.formats import money_text, zone_of
from placet.plans.names import load_names
from placet.policy.codec import from_json
from placet.policy.explain import Speaker
from placet.policy.plan import Label, Reason
from placet.requisitions.models import Requisition, StepAssignment
from placet.web.budgets.page import BudgetState, list_states
from placet.web.inbox.flags import Flag, list_flags


class InboxRow(NamedTuple):
    """One step that somebody is asked; ``urgency`` is over, soon or nothing."""

    assignment: StepAssignment
    requisition: Requisition
    why: str
    flags: tuple[Flag, ...]
    budget: BudgetState | None
    urgency: str

    @property
    def value(self) -> str:
        """What a checkbox sends: the step, and the content that stands in this row."""
        revision = self.assignment.step.revision
        return f"{self.assignment.step_id}:{revision.content_hash}"


class Group(NamedTuple):
    """Rows that are due in the same stretch of time."""

    heading: str | Promise
    rows: list[InboxRow]


_HEADINGS = (
    ("over", gettext_lazy("Overdue")),
    ("soon", gettext_lazy("Due today")),
    ("week", gettext_lazy("Due within a week")),
    ("later", gettext_lazy("Later")),
)


def list_rows(
    actor: Actor, assignments: Sequence[StepAssignment], *, now: datetime
) -> list[InboxRow]:
    """The rows of one page; the number of queries does not depend on how many there are."""
    whys = _whys(actor, assignments)
    budgets = list_states(actor, [assignment.step.revision_id for assignment in assignments])
    flags = list_flags(actor, assignments, budgets)
    return [
        InboxRow(
            assignment,
            assignment.requisition,
            whys[assignment.step_id],
            flags[assignment.step_id],
            next(iter(budgets[assignment.step.revision_id]), None),
            _urgency(actor, assignment.due_at, now),
        )
        for assignment in assignments
    ]


def grouped(rows: Sequence[InboxRow]) -> list[Group]:
    """The rows by when an answer is due; groups without any are left out."""
    groups = [
        Group(heading, [row for row in rows if row.urgency == key]) for key, heading in _HEADINGS
    ]
    return [group for group in groups if group.rows]


def _urgency(actor: Actor, due_at: datetime | None, now: datetime) -> str:
    if due_at is None:
        return "later"
    if due_at <= now:
        return "over"
    zone = zone_of(actor.time_zone)
    due_on, today = due_at.astimezone(zone).date(), now.astimezone(zone).date()
    if due_on == today:
        return "soon"
    return "week" if due_on <= today + timedelta(days=7) else "later"


def _whys(actor: Actor, assignments: Sequence[StepAssignment]) -> Mapping[str, str]:
    """Why me, in one phrase: the role in which I decide, and the first reason."""
    read = {
        one.step_id: (
            from_json(Label, one.step.label),
            tuple(from_json(Reason, reason) for reason in one.step.reasons),
        )
        for one in assignments
    }
    labels = [label for label, _reasons in read.values()]
    reasons = [reason for _label, found in read.values() for reason in found]
    speakers: dict[str, Speaker] = {}
    for one in assignments:
        company_id = one.requisition.company_id
        if company_id not in speakers:
            names = load_names(company_id, reasons, labels)
            speakers[company_id] = Speaker(actor.language, names=names, money=money_text)
    return {
        one.step_id: _why(one, *read[one.step_id], speakers[one.requisition.company_id])
        for one in assignments
    }


def _why(one: StepAssignment, label: Label, reasons: Sequence[Reason], speaker: Speaker) -> str:
    said = speaker.label(label)
    why = "; ".join(speaker.reason(reason) for reason in reasons[:1])
    if len(reasons) > 1:
        more = len(reasons) - 1
        why += " " + ngettext("and %(n)d more reason", "and %(n)d more reasons", more) % {"n": more}
    phrase = ": ".join(part for part in (said[:1].upper() + said[1:], why) if part)
    if one.principal is not None:
        return _("For %(person)s. %(why)s") % {"person": one.principal.user.name, "why": phrase}
    return phrase
