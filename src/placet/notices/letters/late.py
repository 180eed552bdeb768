"""Somebody waits for an answer: reminded, asked to hurry, or asked because others did not answer.

Each says what the first mail said, with the same button, below a sentence of its own.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from placet.core.formats import instant_text
from placet.events.models import Event, EventPrivate
from placet.notices.letter import Letter, Recipient
from placet.notices.letters.decide import write_decide
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.timers import ALL_TOLD, AT_THE_END, planned_step


def write_reminder(mail: Mail, recipient: Recipient) -> Letter:
    """The answer is waited for; once it is overdue, with what happens next and when."""
    asked = write_decide(mail, recipient)
    step = _step(mail)
    subject = (
        _("Your answer is overdue: %(purchase)s, %(amount)s")
        if step.reminders >= AT_THE_END
        else _("Your answer is still missing: %(purchase)s, %(amount)s")
    )
    return _with(asked, "reminder", subject, **_what_follows(step, recipient))


def write_nudged(mail: Mail, recipient: Recipient) -> Letter:
    """The requester asks for an answer again, with what they wrote."""
    asked = write_decide(mail, recipient)
    private = EventPrivate.objects.filter(event_id=mail.event_id).first()
    note = json.loads(private.payload).get("note", "") if private else ""
    subject = _("%(requester)s asks you again: %(purchase)s, %(amount)s")
    return _with(asked, "nudged", subject, text=note)


def write_escalated(mail: Mail, recipient: Recipient) -> Letter:
    """Somebody is asked because those below them did not answer in time."""
    asked = write_decide(mail, recipient)
    step = _step(mail)
    rows = StepAssignment.objects.filter(step=step, is_open=True)
    mine = rows.filter(member_id=mail.member_id).first()
    due_at = mine.due_at if mine else step.due_at
    event = Event.objects.get(pk=mail.event_id)
    late = rows.exclude(member_id__in=json.loads(event.payload)["added"]).select_related(
        "member__user"
    )
    names = dict.fromkeys(row.member.user.name for row in late.order_by("id"))
    subject = _("Nobody answered in time, so you are asked: %(purchase)s, %(amount)s")
    due = instant_text(due_at, recipient.language, recipient.time_zone) if due_at else ""
    return _with(asked, "escalated", subject, late=", ".join(names), due=due)


def _step(mail: Mail) -> Step:
    return Step.objects.select_related("requisition").get(pk=mail.subject_ref)


def _what_follows(step: Step, recipient: Recipient) -> dict[str, Any]:
    """When those above are asked and who they are, once the answer is overdue."""
    if step.reminders < AT_THE_END or step.due_at is None:
        return {}
    since = instant_text(step.due_at, recipient.language, recipient.time_zone)
    # Nobody is asked to answer by a moment that has passed.
    overdue = {"overdue_since": since, "due": ""}
    if step.reminders >= ALL_TOLD or step.remind_at is None:
        return overdue
    requisition = Requisition.objects.select_related("revision").get(pk=step.requisition_id)
    above = planned_step(requisition, step).escalation
    return {
        **overdue,
        "escalates": instant_text(step.remind_at, recipient.language, recipient.time_zone),
        "above": ", ".join(approver.name for approver in above),
    }


def _with(letter: Letter, template: str, subject: str, **facts: Any) -> Letter:
    known = {**letter.facts, **facts}
    return replace(letter, subject=header_text(subject % known), template=template, facts=known)
