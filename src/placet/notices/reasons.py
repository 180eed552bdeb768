"""Why somebody is asked, and who else is: the steps of a revision in the reader's language."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.models import Role
from placet.companies.queries import get_merchant
from placet.notices.letter import Recipient
from placet.notices.words import instant_text, money_text
from placet.policy.codec import from_json
from placet.policy.explain import Speaker
from placet.policy.plan import Label, Reason
from placet.requisitions.models import Step, StepAssignment
from placet.requisitions.queries import list_steps


class ToldStep(NamedTuple):
    """One line of the plan: who decides, how many of them, by when."""

    position: int
    who: str
    detail: str
    is_own: bool
    is_done: bool


def speaker_for(step: Step, recipient: Recipient) -> Speaker:
    """Says reasons and labels of a step's requisition in the reader's language."""
    companies = {step.requisition.company_id, get_merchant().pk}
    roles = Role.objects.filter(company_id__in=companies).values_list("key", "name")
    return Speaker(recipient.language, names=dict(roles), money=money_text)


def label_text(step: Step, speaker: Speaker) -> str:
    """What a step is called: ``head of ICU``, or the rule's own words."""
    return speaker.label(from_json(Label, step.label))


def reasons_text(step: Step, speaker: Speaker) -> str:
    """Why the step is there: one sentence for each rule that asks, each said once."""
    said = [speaker.reason(from_json(Reason, stored)) for stored in step.reasons]
    return ". ".join(dict.fromkeys(said))


def told_steps(step: Step, recipient: Recipient) -> list[ToldStep]:
    """The plan as the recipient may know it.

    The merchant's people see their own step, since the buyer's rules are not theirs; the buyer's
    people see that the merchant checks, and not by which rule.
    """
    told = []
    speaker = speaker_for(step, recipient)
    for other in list_steps(step.revision):
        if recipient.actor.is_merchant and other.side != "merchant":
            continue
        told.append(_told(other, recipient, speaker))
    return told


def _told(step: Step, recipient: Recipient, speaker: Speaker) -> ToldStep:
    rows: list[StepAssignment] = list(step.assignments.all())
    is_own = any(row.member_id == recipient.actor.member_id for row in rows)
    return ToldStep(
        position=step.position,
        who=_("You") if is_own else _who(step, rows, recipient, speaker),
        detail=_detail(step, rows, recipient),
        is_own=is_own,
        is_done=step.status == Step.Status.APPROVED,
    )


def _who(step: Step, rows: list[StepAssignment], recipient: Recipient, speaker: Speaker) -> str:
    if step.side == "merchant" and not recipient.actor.is_merchant:
        return get_merchant().name
    principals = {row.member_id: row.member.user.name for row in rows if row.principal_id is None}
    if len(principals) == 1:
        return str(next(iter(principals.values())))
    return label_text(step, speaker)


def _detail(step: Step, rows: list[StepAssignment], recipient: Recipient) -> str:
    if step.status == Step.Status.APPROVED:
        return _("has approved")
    parts = []
    asked = len({row.member_id for row in rows if row.principal_id is None})
    if asked > 1:
        parts.append(
            ngettext("any %(needed)d of %(asked)d", "%(needed)d of %(asked)d", step.quorum)
            % {"needed": step.quorum, "asked": asked}
        )
    if step.due_at:
        due = instant_text(step.due_at, recipient.language, recipient.time_zone)
        parts.append(_("by %(due)s") % {"due": due})
    return ", ".join(parts)
