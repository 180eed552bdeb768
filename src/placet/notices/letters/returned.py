"""*Rashid Haddad asks for changes*: what has to be another, and where to change it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.core.formats import money_text
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters.purchase import (
    last_applied,
    purchase_letter,
    requisition_of,
    said_to,
    who_said,
)
from placet.notices.models import Mail
from placet.requisitions.models import Decision, Requisition


def write_changes_requested(mail: Mail, recipient: Recipient) -> Letter:
    """Tell the requester what to change; raises ``Dropped`` once they have sent it again."""
    requisition = requisition_of(mail.subject_ref, recipient)
    if requisition.status != Requisition.Status.CHANGES_REQUESTED:
        raise Dropped(f"the requisition is {requisition.status}")
    decision = last_applied(requisition, Decision.Kind.REQUEST_CHANGES)
    if decision is None:
        raise Dropped("nobody asks for changes")
    person = who_said(decision, recipient)
    return purchase_letter(
        "changes_requested",
        _("%(person)s asks for changes: %(purchase)s")
        % {"person": person, "purchase": requisition.name},
        requisition,
        recipient,
        person=person,
        reason=said_to(decision, recipient),
        amount=money_text(requisition.total_minor, requisition.currency, recipient.language),
    )
