"""What letters about a purchase share: reach, who said what on which side, and the frame."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.core.errors import NotFound
from placet.notices.addresses import requisition_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.words import header_text
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from placet.requisitions.queries import get_requisition


def requisition_of(requisition_id: str, recipient: Recipient) -> Requisition:
    """The purchase as its reader may see it; raises ``Dropped`` where they may not."""
    try:
        return get_requisition(recipient.actor, requisition_id)
    except NotFound as error:
        raise Dropped("the requisition is outside the reach of this person") from error


def last_applied(requisition: Requisition, kind: str) -> Decision | None:
    """The last decision of a kind about a purchase that took effect."""
    return (
        Decision.objects.filter(
            step__requisition=requisition, kind=kind, outcome__kind=DecisionOutcome.Kind.APPLIED
        )
        .select_related("member__user", "step")
        .order_by("-created_at", "-id")
        .first()
    )


def who_said(decision: Decision, recipient: Recipient) -> str:
    """Who decided; to the buyer's people the supplier is one."""
    if decision.step.side == "merchant" and not recipient.actor.is_merchant:
        return _("The supplier")
    name: str = decision.member.user.name
    return name


def said_to(decision: Decision, recipient: Recipient) -> str:
    """The words of a decision: each side keeps its reasons, but a wish for changes is told."""
    side = "merchant" if recipient.actor.is_merchant else "buyer"
    is_told = decision.step.side == side or decision.kind == Decision.Kind.REQUEST_CHANGES
    return decision.reason if is_told else ""


def purchase_letter(
    template: str,
    subject: str,
    requisition: Requisition,
    recipient: Recipient,
    **facts: object,
) -> Letter:
    """A letter whose button leads to the purchase."""
    return Letter(
        subject=header_text(subject),
        template=template,
        button_url=requisition_url(recipient.actor.company_slug, requisition.pk),
        facts={
            "purchase": requisition.name,
            "number": requisition.number,
            "po_number": requisition.po_number,
            "company": recipient.actor.company_name,
            **facts,
        },
    )
