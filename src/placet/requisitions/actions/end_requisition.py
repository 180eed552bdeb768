"""What every end without an order has in common: steps void, budget and counters free."""

from __future__ import annotations

from datetime import datetime

from placet.budgets.actions import expire_reservations, release_reservations, uncount_purchase
from placet.carts.actions import reopen_cart
from placet.carts.filling import refill_cart
from placet.carts.models import Cart
from placet.core.actor import Actor
from placet.orders.content import read_content
from placet.requisitions.changing import find_changed
from placet.requisitions.keeping_order import close_steps, keep_order
from placet.requisitions.lifecycle import move_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.next_revision import current_revision
from placet.requisitions.reopening import find_cart, header_of
from placet.requisitions.wanted_lines import list_wanted_lines


def end_requisition(
    requisition: Requisition, *, verb: str, decision_id: str = "", actor: Actor, now: datetime
) -> bool:
    """Move a locked requisition to an end that is no order, and set free what it held.

    Where it would have changed an order, that stays as it was instead (``keep_order``), and this
    says false: the requisition has not ended. ``decision_id`` is what ended it, where one did.

    The counters come before the budgets, as in every lock order. The cart opens again when it was
    withdrawn or nobody decided in time, unless it is open for an edit already; a rejected one stays
    closed, since *Rebuild cart* makes a new one from the revision.
    """
    changed = find_changed(requisition)
    if changed is not None:
        keep_order(
            requisition, changed, because=verb, decision_id=decision_id, actor=actor, now=now
        )
        return False
    move_requisition(requisition, verb=verb, ended_at=now)
    close_steps(requisition, now=now)
    uncount_purchase(requisition.pk)
    is_expired = requisition.status == Requisition.Status.EXPIRED
    settle = expire_reservations if is_expired else release_reservations
    settle(requisition.pk, actor=actor, now=now)
    if is_expired or requisition.status == Requisition.Status.WITHDRAWN:
        _reopen(requisition, now)
    return True


def _reopen(requisition: Requisition, now: datetime) -> None:
    """Its cart as it is; after revisions with what the last one says, at the prices of today.

    What an approver took away is in another cart already: it must not come back here too.
    """
    cart = find_cart(requisition)
    if cart is None or cart.status != Cart.Status.SUBMITTED:
        return
    revision = current_revision(requisition)
    if revision.number == 1:
        reopen_cart(cart.pk, now=now)
        return
    wanted = [line._replace(held=None) for line in list_wanted_lines(revision)]
    header = header_of(read_content(revision.content))
    refill_cart(cart, header, wanted, authors=revision.authors, revises="", now=now)
