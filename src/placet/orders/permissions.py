"""Who may work on orders; each answer is the reason of a refusal, or nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.permissions import COMPANY_MANAGE
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.orders.models import Order, OrderRequest
from placet.policy.terms import PREPAYMENT

PROCESS = "order.process"
TAKEN_OVER_FROM = (Order.Status.UNPROCESSED, Order.Status.FAILED)
CANCELLABLE = (
    Order.Status.AWAITING_PAYMENT,
    Order.Status.UNPROCESSED,
    Order.Status.CHANGING,
    Order.Status.FAILED,
)


def can_process_orders(actor: Actor) -> Refusal | None:
    """Only the merchant's staff with ``order.process`` take over, fail or complete an order."""
    if actor.is_merchant and actor.holds(PROCESS):
        return None
    return Refusal("merchant_only", _("Only the supplier's staff who process orders may do this."))


def can_acknowledge_order(actor: Actor, order: Order) -> Refusal | None:
    """An order that no system has taken over yet, or that failed to be."""
    return can_process_orders(actor) or _in_state(order, TAKEN_OVER_FROM)


def can_fail_order(actor: Actor, order: Order) -> Refusal | None:
    """The same orders that could be taken over can fail to be."""
    return can_process_orders(actor) or _in_state(order, TAKEN_OVER_FROM)


def can_retry_order(actor: Actor, order: Order) -> Refusal | None:
    """Only a failed order goes back among the unprocessed ones."""
    return can_process_orders(actor) or _in_state(order, (Order.Status.FAILED,))


def can_receive_payment(actor: Actor, order: Order) -> Refusal | None:
    """Only for an order that is paid before it is processed, and that was not cancelled."""
    refusal = can_process_orders(actor)
    if refusal:
        return refusal
    if order.terms == PREPAYMENT and order.status != Order.Status.CANCELLED:
        return None
    return Refusal("state", _("Nothing is to be paid for this order before it is processed."))


def can_cancel_order(actor: Actor, order: Order, *, is_begun: bool) -> Refusal | None:
    """Before it is taken over its buyer cancels it, or a company admin, or the supplier's staff.

    ``is_begun`` says that a part of it was paid: then only the supplier can, who pays it back.
    """
    is_supplier = can_process_orders(actor) is None
    if not (is_supplier or _is_theirs(actor, order)):
        return Refusal("not_buyer", _("Only the buyer or a company admin may cancel this order."))
    if order.status not in CANCELLABLE:
        return _in_state(order, CANCELLABLE)
    if is_begun and not is_supplier:
        return Refusal("paid", _("A part of it is paid: ask the supplier to cancel it."))
    return None


def can_be_changed(order: Order) -> Refusal | None:
    """While nobody has taken it over; of a prepaid one, once it is paid."""
    return _in_state(order, (Order.Status.UNPROCESSED,))


def can_ask_about_order(actor: Actor, order: Order) -> Refusal | None:
    """Its buyer or a company admin asks the supplier to cancel or change what was taken over.

    A key of the company is nobody whom the supplier could answer.
    """
    if not actor.member_id or not _is_theirs(actor, order):
        return Refusal("not_buyer", _("Only the buyer or a company admin may ask for this."))
    return _in_state(order, (Order.Status.EXPORTED,))


def can_withdraw_order_request(actor: Actor, request: OrderRequest) -> Refusal | None:
    """Those who could have asked, until it is answered."""
    if not _is_theirs(actor, request.order):
        return Refusal("not_buyer", _("Only the buyer or a company admin may take this back."))
    return _is_open(request)


def can_answer_order_request(actor: Actor, request: OrderRequest) -> Refusal | None:
    """The supplier's staff who process orders, once."""
    return can_process_orders(actor) or _is_open(request)


def _is_open(request: OrderRequest) -> Refusal | None:
    if request.status == OrderRequest.Status.OPEN:
        return None
    status = request.get_status_display().lower()
    return Refusal("state", _("This request is %(status)s by now.") % {"status": status})


def _is_theirs(actor: Actor, order: Order) -> bool:
    """Whether somebody is the order's buyer, or manages the company that it is of."""
    if actor.company_id != order.company_id:
        return False
    is_buyer = bool(actor.member_id) and actor.member_id == order.buyer_id
    return is_buyer or actor.holds(COMPANY_MANAGE)


def _in_state(order: Order, states: tuple[str, ...]) -> Refusal | None:
    if order.status in states:
        return None
    status = order.get_status_display().lower()
    return Refusal("state", _("The order is %(status)s now.") % {"status": status})
