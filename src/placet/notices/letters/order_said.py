"""An order that is changed, cancelled or asked about: what became of it, to whom it matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.errors import NotFound
from placet.core.formats import money_text
from placet.notices.addresses import order_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters.purchase import purchase_letter, requisition_of
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.orders.asked import get_order_request
from placet.orders.models import Order, OrderRequest
from placet.orders.queries import find_order_of, get_order

Status = OrderRequest.Status


class Said(NamedTuple):
    """The subject, the sentence and what follows from it, with names of facts in them."""

    subject: str
    sentence: str
    why: str


def _changed() -> Said:
    return Said(
        _("Changed: %(purchase)s for %(amount)s"),
        _("The change of %(order)s, %(purchase)s, is approved: it is over %(amount)s now."),
        _("The supplier has the order as it is now."),
    )


def _rejected() -> Said:
    return Said(
        _("Not changed: %(purchase)s"),
        _("The change of %(order)s, %(purchase)s, was rejected."),
        _("The order stays as it was, over %(amount)s. You can change it again or cancel it."),
    )


def _expired() -> Said:
    return Said(
        _("Not changed: %(purchase)s"),
        _("Nobody decided in time about the change of %(order)s, %(purchase)s."),
        _("The order stays as it was, over %(amount)s. You can change it again or cancel it."),
    )


def _stuck() -> Said:
    return Said(
        _("Not changed: %(purchase)s"),
        _("The change of %(order)s, %(purchase)s, was approved and could not be ordered in time."),
        _("The order stays as it was, over %(amount)s. You can change it again or cancel it."),
    )


OUTCOMES: Final[Mapping[str, Callable[[], Said]]] = {
    "changed": _changed,
    "rejected": _rejected,
    "expired": _expired,
    "stuck": _stuck,
}


def write_order_changed(mail: Mail, recipient: Recipient) -> Letter:
    """What became of the change of an order, to its buyer."""
    order_id, _at, outcome = mail.subject_ref.partition("@")
    order = _order(order_id, recipient)
    return _letter(OUTCOMES[outcome](), order, recipient)


def write_order_asked(mail: Mail, recipient: Recipient) -> Letter:
    """A customer asks to cancel or change an order: to the supplier's people who process it."""
    request = _request(mail, recipient)
    if request.status != Status.OPEN:
        raise Dropped("it is answered")
    facts = {"person": request.asked_by.user.name, "reason": request.reason}
    return _letter(_asked(request.kind), request.order, recipient, facts)


def write_order_answered(mail: Mail, recipient: Recipient) -> Letter:
    """The supplier answered what was asked about an order, to whoever asked."""
    request = _request(mail, recipient)
    if request.status not in (Status.ACCEPTED, Status.DECLINED):
        raise Dropped(f"the request is {request.status}")
    said = _accepted(request.kind) if request.status == Status.ACCEPTED else _declined()
    return _letter(said, request.order, recipient, {"reason": request.answer})


def write_order_called_off(mail: Mail, recipient: Recipient) -> Letter:
    """A customer cancelled an order that was to be processed: to the supplier's people."""
    order = _order(mail.subject_ref, recipient)
    if order.status != Order.Status.CANCELLED:
        raise Dropped(f"the order is {order.status}")
    return _letter(_called_off(), order, recipient)


def write_approved_cancelled(mail: Mail, recipient: Recipient) -> Letter:
    """What somebody had approved was ordered and is cancelled: to the approver."""
    requisition = requisition_of(mail.subject_ref, recipient)
    order = find_order_of(requisition.pk)
    if order is None or order.status != Order.Status.CANCELLED:
        raise Dropped("it is not cancelled")
    said, facts = _cancelled_after_approval(), _facts(order, recipient)
    return purchase_letter(
        "order_said",
        said.subject % facts,
        requisition,
        recipient,
        sentence=said.sentence % facts,
        said=said.why,
        amount=facts["amount"],
        order=facts["order"],
        merchant=facts["merchant"],
    )


def list_said() -> Mapping[str, Said]:
    """One case of each of these letters, to look at its words."""
    return {
        "order_changed": _changed(),
        "order_asked": _asked(OrderRequest.Kind.CANCEL),
        "order_answered": _declined(),
        "order_called_off": _called_off(),
        "approved_cancelled": _cancelled_after_approval(),
    }


def _asked(kind: str) -> Said:
    if kind == OrderRequest.Kind.CANCEL:
        subject = _("%(company)s asks to cancel %(order)s")
        sentence = _("%(person)s of %(company)s asks to cancel %(order)s, over %(amount)s.")
    else:
        subject = _("%(company)s asks to change %(order)s")
        sentence = _("%(person)s of %(company)s asks to change %(order)s, over %(amount)s.")
    return Said(subject, sentence, _("“%(reason)s”"))


def _called_off() -> Said:
    return Said(
        _("%(company)s has cancelled %(order)s"),
        _("%(company)s has cancelled %(order)s, over %(amount)s."),
        _("Nothing of it is to be delivered."),
    )


def _cancelled_after_approval() -> Said:
    return Said(
        _("Cancelled: %(purchase)s for %(amount)s"),
        _("%(order)s, %(purchase)s, which you had approved, is cancelled."),
        _("What it took from budgets is free again."),
    )


def _accepted(kind: str) -> Said:
    if kind == OrderRequest.Kind.CANCEL:
        return Said(
            _("Cancelled: %(purchase)s for %(amount)s"),
            _("%(merchant)s has agreed to cancel %(order)s, %(purchase)s."),
            _("What it took from budgets is free again."),
        )
    return Said(
        _("To be changed: %(purchase)s"),
        _("%(merchant)s has given %(order)s, %(purchase)s, back to be changed."),
        _("You can change it now, until it is taken over again."),
    )


def _declined() -> Said:
    return Said(
        _("Declined: %(purchase)s stays as it is"),
        _("%(merchant)s has declined what you asked about %(order)s, %(purchase)s."),
        _("“%(reason)s”"),
    )


def _order(order_id: str, recipient: Recipient) -> Order:
    try:
        return get_order(recipient.actor, order_id)
    except NotFound as error:
        raise Dropped("the order is outside the reach of this person") from error


def _request(mail: Mail, recipient: Recipient) -> OrderRequest:
    try:
        return get_order_request(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the order is outside the reach of this person") from error


def _facts(order: Order, recipient: Recipient) -> dict[str, str]:
    net_minor = order.goods_minor + order.shipping_minor
    return {
        "merchant": get_merchant().name,
        "company": order.company.name,
        "order": order.number,
        "purchase": order.name,
        "amount": money_text(net_minor, order.currency, recipient.language),
    }


def _letter(
    said: Said, order: Order, recipient: Recipient, more: Mapping[str, str] | None = None
) -> Letter:
    facts = {**_facts(order, recipient), **(more or {})}
    return Letter(
        subject=header_text(said.subject % facts),
        template="order_said",
        button_url=order_url(recipient.actor.company_slug, order.number),
        facts={
            **facts,
            "customer": order.company.name,
            "number": order.requisition_number,
            "po_number": order.po_number,
            "company": recipient.actor.company_name,
            "sentence": said.sentence % facts,
            "said": said.why % facts,
        },
    )
