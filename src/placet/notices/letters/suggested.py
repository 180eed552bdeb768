"""*Rashid Haddad suggests something else*, and what the buyer made of it."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.events.models import EventPrivate
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters.purchase import purchase_letter, requisition_of
from placet.notices.models import Mail
from placet.requisitions.models import RevisionLine, Suggestion

Status = Suggestion.Status


def write_suggested(mail: Mail, recipient: Recipient) -> Letter:
    """Tell the requester what somebody suggests; dropped once it is answered or void."""
    suggestion = _suggestion(mail)
    requisition = requisition_of(suggestion.requisition_id, recipient)
    if suggestion.status != Status.OPEN:
        raise Dropped(f"the suggestion is {suggestion.status}")
    is_own_side = suggestion.member.company_id == recipient.actor.company_id
    person = suggestion.member.user.name if is_own_side else _("The supplier")
    return purchase_letter(
        "suggested",
        _("%(person)s suggests a change: %(purchase)s")
        % {"person": person, "purchase": requisition.name},
        requisition,
        recipient,
        person=person,
        suggestion=_said(suggestion),
        note=suggestion.note,
    )


def write_suggestion_answered(mail: Mail, recipient: Recipient) -> Letter:
    """Tell who suggested it whether the buyer took it over."""
    suggestion = _suggestion(mail)
    if suggestion.member_id != recipient.actor.member_id:
        raise Dropped("this person suggested nothing")
    requisition = requisition_of(suggestion.requisition_id, recipient)
    if suggestion.status not in (Status.ACCEPTED, Status.DECLINED):
        raise Dropped(f"the suggestion is {suggestion.status}")
    is_accepted = suggestion.status == Status.ACCEPTED
    subject = (
        _("Your suggestion was taken over: %(purchase)s")
        if is_accepted
        else _("Your suggestion was not taken over: %(purchase)s")
    )
    return purchase_letter(
        "suggestion_answered",
        subject % {"purchase": requisition.name},
        requisition,
        recipient,
        is_accepted=is_accepted,
        suggestion=_said(suggestion),
        reason=_reason(mail),
    )


def _suggestion(mail: Mail) -> Suggestion:
    found = Suggestion.objects.filter(pk=mail.subject_ref).select_related("member__user").first()
    if found is None:
        raise Dropped("there is no such suggestion")
    return found


def _said(suggestion: Suggestion) -> str:
    """What was suggested, as one sentence."""
    product = Product.objects.filter(pk=suggestion.product_id).first()
    line = RevisionLine.objects.filter(
        revision_id=suggestion.revision_id, number=suggestion.line_number
    ).first()
    values = {
        "quantity": suggestion.quantity,
        "product": product.name if product else "",
        "before": line.quantity if line else 0,
        "line": line.name if line else "",
    }
    if line is None:
        return _("%(quantity)d × %(product)s besides") % values
    if product is None:
        return _("%(quantity)d instead of %(before)d × %(line)s") % values
    return _("%(quantity)d × %(product)s instead of %(before)d × %(line)s") % values


def _reason(mail: Mail) -> str:
    private = EventPrivate.objects.filter(event_id=mail.event_id).first()
    reason: str = json.loads(private.payload).get("reason", "") if private else ""
    return reason
