"""*Maja Holmberg of Norden Supply ordered for you*: who, what, why, and what happens now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.formats import money_text
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters.purchase import purchase_letter, requisition_of
from placet.notices.models import Mail
from placet.requisitions.models import Requisition


def write_ordered_for(mail: Mail, recipient: Recipient) -> Letter:
    """The member in whose name it was: they read it whether it needs an approval or not."""
    requisition = requisition_of(mail.subject_ref, recipient)
    if requisition.staff is None:
        raise Dropped("nobody ordered it for this person")
    staff, merchant = requisition.staff.user.name, get_merchant().name
    return purchase_letter(
        "ordered_for",
        _("%(person)s of %(merchant)s ordered for you: %(purchase)s")
        % {"person": staff, "merchant": merchant, "purchase": requisition.name},
        requisition,
        recipient,
        staff=staff,
        merchant=merchant,
        reason=requisition.staff_reason,
        amount=money_text(requisition.total_minor, requisition.currency, recipient.language),
        is_ordered=requisition.status == Requisition.Status.ORDERED,
    )
