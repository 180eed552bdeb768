"""Why somebody is asked, and who else is: the steps of a revision in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.formats import instant_text, money_text
from placet.notices.letter import Recipient
from placet.plans.describe import quorum_text
from placet.plans.names import load_names
from placet.policy.codec import from_json
from placet.policy.explain import Speaker
from placet.policy.plan import Label, Reason
from placet.requisitions.models import Step, StepAssignment


class ToldStep(NamedTuple):
    """One line of the plan: who decides, how many of them, by when, and why they are asked."""

    position: int
    who: str
    detail: str
    why: str


def speaker_for(steps: Sequence[Step], recipient: Recipient) -> Speaker:
    """Says reasons and labels of the steps of one requisition in the reader's language."""
    reasons = [reason for step in steps for reason in _reasons(step)]
    labels = [_label(step) for step in steps]
    names = load_names(steps[0].requisition.company_id, reasons, labels)
    return Speaker(recipient.language, names=names, money=money_text)


def label_text(step: Step, speaker: Speaker) -> str:
    """What a step is called: ``head of ICU``, or the rule's own words."""
    return speaker.label(_label(step))


def reasons_text(step: Step, speaker: Speaker) -> str:
    """Why the step is there: one sentence for each rule that asks, each said once."""
    return ". ".join(dict.fromkeys(speaker.reason(reason) for reason in _reasons(step)))


def told_steps(steps: Sequence[Step], recipient: Recipient, speaker: Speaker) -> list[ToldStep]:
    """The plan as the recipient may know it.

    The merchant's people see their own steps, since the buyer's rules are not theirs; the buyer's
    people see that the supplier is checking, and not by which rule.
    """
    return [
        _told(step, recipient, speaker)
        for step in steps
        if step.side == "merchant" or not recipient.actor.is_merchant
    ]


def _told(step: Step, recipient: Recipient, speaker: Speaker) -> ToldStep:
    if step.side == "merchant" and not recipient.actor.is_merchant:
        return ToldStep(step.position, _("The supplier"), _("is checking"), "")
    rows: list[StepAssignment] = list(step.assignments.all())
    people = {row.member_id: row.member.user.name for row in rows if row.principal_id is None}
    is_own = any(row.member_id == recipient.actor.member_id for row in rows)
    who = _("You") if is_own else label_text(step, speaker)
    if len(people) == 1 and not is_own:
        who = next(iter(people.values()))
    return ToldStep(
        position=step.position,
        who=who,
        detail=_detail(step, len(people), recipient),
        why="" if is_own else reasons_text(step, speaker),
    )


def _detail(step: Step, asked: int, recipient: Recipient) -> str:
    if step.status == Step.Status.APPROVED:
        return _("has approved")
    parts = [quorum_text(step.quorum, asked)] if asked > 1 else []
    if step.due_at:
        due = instant_text(step.due_at, recipient.language, recipient.time_zone)
        parts.append(_("by %(due)s") % {"due": due})
    return ", ".join(parts)


def _label(step: Step) -> Label:
    return from_json(Label, step.label)


def _reasons(step: Step) -> list[Reason]:
    return [from_json(Reason, stored) for stored in step.reasons]
