"""A prepaid order: what is to be paid, that it is paid, or that nothing will be delivered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.errors import NotFound
from placet.core.formats import money_text
from placet.notices.addresses import order_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters.purchase import requisition_of
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.orders.models import Order
from placet.orders.payments import read_paid
from placet.orders.queries import find_order_of, get_order

Status = Order.Status


def write_payment_due(mail: Mail, recipient: Recipient) -> Letter:
    """The last approval came, or none was needed: the supplier begins once it is paid."""
    order = find_order_of(requisition_of(mail.subject_ref, recipient).pk)
    if order is None or order.status != Status.AWAITING_PAYMENT:
        raise Dropped("nothing is to be paid")
    left = money_text(read_paid(order).left_minor, order.currency, recipient.language)
    subject = _("Approved, and to be paid: %(amount)s for %(purchase)s")
    return _letter("payment_due", subject, order, recipient, amount=left)


def write_paid(mail: Mail, recipient: Recipient) -> Letter:
    """All of the money is there: the supplier begins."""
    order = _order(mail, recipient, but_not=(Status.AWAITING_PAYMENT, Status.CANCELLED))
    subject = _("Paid: %(amount)s for %(purchase)s")
    return _letter("paid", subject, order, recipient, amount=_total(order, recipient))


def write_cancelled(mail: Mail, recipient: Recipient) -> Letter:
    """Somebody else cancelled it: nothing will be delivered."""
    every_other = tuple(one for one in Status if one != Status.CANCELLED)
    order = _order(mail, recipient, but_not=every_other)
    received = read_paid(order).received_minor
    paid_back = money_text(received, order.currency, recipient.language) if received else ""
    return _letter(
        "cancelled",
        _("Cancelled: %(purchase)s for %(amount)s"),
        order,
        recipient,
        amount=_total(order, recipient),
        paid_back=paid_back,
    )


def _order(mail: Mail, recipient: Recipient, *, but_not: tuple[str, ...]) -> Order:
    try:
        order = get_order(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the order is outside the reach of this person") from error
    if order.status in but_not:
        raise Dropped(f"the order is {order.status}")
    return order


def _total(order: Order, recipient: Recipient) -> str:
    return money_text(order.total_minor, order.currency, recipient.language)


def _letter(
    template: str, subject: str, order: Order, recipient: Recipient, *, amount: str, **facts: Any
) -> Letter:
    return Letter(
        subject=header_text(subject % {"amount": amount, "purchase": order.name}),
        template=template,
        button_url=order_url(recipient.actor.company_slug, order.number),
        facts={
            "merchant": get_merchant().name,
            "order": order.number,
            "number": order.requisition_number,
            "purchase": order.name,
            "po_number": order.po_number,
            "amount": amount,
            "company": recipient.actor.company_name,
            **facts,
        },
    )
