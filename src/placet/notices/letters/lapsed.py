"""*Your approval does not count*: an answer came to nothing, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters.purchase import purchase_letter, requisition_of
from placet.notices.models import Mail
from placet.requisitions.models import Decision, DecisionOutcome, StepAssignment

WHY: Final[Mapping[str, str | Promise]] = {
    "requisition_ended": gettext_lazy("The purchase had ended before your answer took effect."),
    "revision_replaced": gettext_lazy(
        "The content was changed before your answer took effect, and an answer counts only for "
        "the content that you saw."
    ),
    "content_differs": gettext_lazy(
        "The content was changed before your answer took effect, and an answer counts only for "
        "the content that you saw."
    ),
    "step_ended": gettext_lazy("Somebody else had answered before yours took effect."),
    "author": gettext_lazy("Nobody decides about a content that they shaped."),
    "delegation_ended": gettext_lazy(
        "The delegation by which you decided had ended when your answer took effect."
    ),
    "not_asked_any_more": gettext_lazy(
        "Somebody else is asked since the organisation was changed."
    ),
    "company_suspended": gettext_lazy(
        "The company was suspended. You are asked again once it is back."
    ),
}


def write_lapsed(mail: Mail, recipient: Recipient) -> Letter:
    """Tell who answered that it does not count; dropped where they are asked again anyway."""
    decision = (
        Decision.objects.filter(
            pk=mail.subject_ref,
            member_id=recipient.actor.member_id,
            outcome__kind=DecisionOutcome.Kind.LAPSED,
        )
        .select_related("step", "outcome")
        .first()
    )
    if decision is None:
        raise Dropped("there is no such answer of this person")
    requisition = requisition_of(decision.step.requisition_id, recipient)
    if StepAssignment.objects.filter(
        requisition=requisition, member_id=decision.member_id, is_open=True
    ).exists():
        raise Dropped("this person is asked again")
    return purchase_letter(
        "lapsed",
        _("Your answer does not count: %(purchase)s") % {"purchase": requisition.name},
        requisition,
        recipient,
        kind=decision.kind,
        why=str(WHY.get(decision.outcome.reason, _("It came too late."))),
    )
