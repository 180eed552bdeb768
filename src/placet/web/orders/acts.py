"""What somebody may do about an order beside processing it: change it, cancel it, ask, answer."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Cart
from placet.core.actor import Actor
from placet.orders.asked import list_requests_of
from placet.orders.models import Order, OrderChange, OrderRequest
from placet.orders.payments import received_minor
from placet.orders.permissions import (
    can_answer_order_request,
    can_ask_about_order,
    can_cancel_order,
    can_withdraw_order_request,
)
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import can_edit_requisition, can_withdraw_requisition
from placet.requisitions.queries import list_requisitions
from placet.requisitions.reopening import find_open_edit
from placet.requisitions.timeline import read_timeline


class AskedRow(NamedTuple):
    """A request with what the reader may do about it."""

    request: OrderRequest
    may_withdraw: bool
    may_answer: bool


class OrderActs(NamedTuple):
    """The buttons, what was asked, and how the order changed.

    ``waiting`` says who is asked about the change, to the buyer's people alone; ``edited`` is the
    cart in which somebody prepares one.
    """

    may_change: bool
    may_keep: bool
    may_cancel: bool
    may_ask: bool
    edited: Cart | None
    waiting: str
    asked: tuple[AskedRow, ...]
    changes: tuple[OrderChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do and nothing to tell."""
        may = self.may_change or self.may_keep or self.may_cancel or self.may_ask
        return not (may or self.asked or self.changes)


def read_order_acts(actor: Actor, order: Order, *, now: datetime) -> OrderActs:
    """What one reader may do with an order, in a handful of queries."""
    requisition = None if actor.is_merchant else _requisition(actor, order)
    may_change = requisition is not None and can_edit_requisition(actor, requisition) is None
    is_changing = order.status == Order.Status.CHANGING
    asked = tuple(_row(actor, order, one) for one in list_requests_of(order))
    may_ask = can_ask_about_order(actor, order) is None
    is_begun = received_minor(order) > 0 if order.status != Order.Status.EXPORTED else False
    return OrderActs(
        may_change=may_change and not is_changing,
        may_keep=is_changing
        and requisition is not None
        and can_withdraw_requisition(actor, requisition) is None,
        may_cancel=can_cancel_order(actor, order, is_begun=is_begun) is None,
        may_ask=may_ask and not any(one.request.status == "open" for one in asked),
        edited=find_open_edit(requisition) if requisition and may_change else None,
        waiting=_waiting(actor, requisition, now) if requisition and is_changing else "",
        asked=asked,
        changes=tuple(order.changes.order_by("-number")),
    )


def _requisition(actor: Actor, order: Order) -> Requisition | None:
    return list_requisitions(actor).filter(pk=order.requisition_id).first()


def _row(actor: Actor, order: Order, request: OrderRequest) -> AskedRow:
    request.order = order
    return AskedRow(
        request,
        may_withdraw=can_withdraw_order_request(actor, request) is None,
        may_answer=can_answer_order_request(actor, request) is None,
    )


def _waiting(actor: Actor, requisition: Requisition, now: datetime) -> str:
    return read_timeline(requisition, reader=actor, now=now).sentence
