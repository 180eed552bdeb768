"""Who may work on orders; each answer is the reason of a refusal, or nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.orders.models import Order

PROCESS = "order.process"
TAKEN_OVER_FROM = (Order.Status.UNPROCESSED, Order.Status.FAILED)


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


def _in_state(order: Order, states: tuple[str, ...]) -> Refusal | None:
    if order.status in states:
        return None
    return Refusal("state", _("The order is %(status)s now.") % {"status": order.status})
