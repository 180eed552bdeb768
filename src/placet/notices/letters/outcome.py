"""What became of a purchase: ordered, rejected, stuck, or taken over by the merchant."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.errors import NotFound
from placet.core.formats import money_text
from placet.notices.addresses import order_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters.purchase import (
    last_applied,
    purchase_letter,
    requisition_of,
    said_to,
    who_said,
)
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.orders.models import Order
from placet.orders.queries import find_order_of, get_order
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from placet.requisitions.placement_words import problem_sentence
from placet.requisitions.queries import list_decisions


def write_ordered(mail: Mail, recipient: Recipient) -> Letter:
    """The last approval came, or none was needed: the order has left."""
    requisition = requisition_of(mail.subject_ref, recipient)
    order = find_order_of(requisition.pk)
    if order is None:
        raise Dropped("there is no order")
    amount = money_text(requisition.total_minor, requisition.currency, recipient.language)
    merchant = get_merchant().name
    return purchase_letter(
        "ordered",
        _("Ordered for %(amount)s: %(purchase)s")
        % {"amount": amount, "purchase": requisition.name},
        requisition,
        recipient,
        amount=amount,
        order=order.number,
        merchant=merchant,
        approvers=_approvers(requisition, supplier=merchant),
    )


def write_rejected(mail: Mail, recipient: Recipient) -> Letter:
    """Somebody said no, with a reason; the budget is free again."""
    requisition = requisition_of(mail.subject_ref, recipient)
    rejection = last_applied(requisition, Decision.Kind.REJECT)
    if rejection is None:
        raise Dropped("there is no rejection")
    person = who_said(rejection, recipient)
    return purchase_letter(
        "rejected",
        _("%(person)s rejected %(purchase)s") % {"person": person, "purchase": requisition.name},
        requisition,
        recipient,
        person=person,
        reason=said_to(rejection, recipient),
        amount=money_text(requisition.total_minor, requisition.currency, recipient.language),
    )


def write_placement_failed(mail: Mail, recipient: Recipient) -> Letter:
    """Everybody said yes, and the order could not be placed: the requester has to look."""
    requisition = requisition_of(mail.subject_ref, recipient)
    if requisition.status != Requisition.Status.PLACEMENT_FAILED:
        raise Dropped(f"the requisition is {requisition.status}")
    return purchase_letter(
        "placement_failed",
        _("Approved, but not ordered yet: %(purchase)s") % {"purchase": requisition.name},
        requisition,
        recipient,
        amount=money_text(requisition.total_minor, requisition.currency, recipient.language),
        merchant=get_merchant().name,
        problem=problem_sentence(requisition, reader=recipient.actor),
    )


def write_acknowledged(mail: Mail, recipient: Recipient) -> Letter:
    """The merchant's system has the order, under a number of its own."""
    try:
        order = get_order(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the order is outside the reach of this person") from error
    if order.status not in (Order.Status.EXPORTED, Order.Status.COMPLETED):
        raise Dropped(f"the order is {order.status}")
    merchant = get_merchant().name
    subject = _("%(merchant)s has taken your order over as %(number)s: %(purchase)s") % {
        "merchant": merchant,
        "number": order.erp_number,
        "purchase": order.name,
    }
    return Letter(
        subject=header_text(subject),
        template="acknowledged",
        button_url=order_url(recipient.actor.company_slug, order.number),
        facts={
            "merchant": merchant,
            "erp_number": order.erp_number,
            "order": order.number,
            "number": order.requisition_number,
            "purchase": order.name,
            "po_number": order.po_number,
            "amount": money_text(
                order.goods_minor + order.shipping_minor, order.currency, recipient.language
            ),
            "company": recipient.actor.company_name,
        },
    )


def _approvers(requisition: Requisition, *, supplier: str) -> list[str]:
    """Who said yes to what was ordered, in the order in which they did.

    An approval of an earlier revision that was carried over counts; the supplier is one.
    """
    revision = requisition.revision_id
    counted = Q(kind=Decision.Kind.APPROVE, outcome__kind=DecisionOutcome.Kind.APPLIED)
    approvals = list_decisions(requisition).filter(
        counted & Q(revision_id=revision) | Q(carry_overs__step__revision_id=revision)
    )
    names = [
        supplier if decision.step.side == "merchant" else decision.member.user.name
        for decision in approvals
    ]
    return list(dict.fromkeys(names))
