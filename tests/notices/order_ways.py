"""The ways in which letters about changed, cancelled and asked-about orders come about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from placet.orders.actions import acknowledge_order, ask_about_order, decline_order_request
from placet.orders.models import Order, OrderRequest
from placet.requisitions.actions import cancel_order
from tests.cast import Cast
from tests.requisitions.orders import change_to, order_of, ordered, requisition_of
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, submit
from tests.requisitions.test_prepayment import pay, prepaid_order


def change_rejected(cast: Cast) -> None:
    order = change_to(ordered(cast, (GLOVES, 20)), cast, GLV_M=120)
    at_once = replace(cast.rashid, channel="mail")
    answer(requisition_of(order), "reject", actor=at_once, now=cast.now, reason="Too many.")


def approved_and_cancelled(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    at_once = replace(cast.rashid, channel="mail")
    answer(requisition, "approve", actor=at_once, now=cast.now)
    cancel_order(order_of(requisition), reason="No.", actor=cast.lena, now=cast.now)


def called_off(cast: Cast) -> None:
    order = prepaid_order(cast)
    pay(order, 100, cast.tomas, cast)
    cancel_order(order, reason="Not to be had.", actor=cast.tomas, now=cast.now)


def taken_over(cast: Cast) -> Order:
    order = ordered(cast, (GLOVES, 20))
    return acknowledge_order(order, erp_number="4711", actor=cast.tomas, now=cast.now)


def asked_to_cancel(cast: Cast) -> OrderRequest:
    order = taken_over(cast)
    return ask_about_order(order, kind="cancel", reason="Too many.", actor=cast.lena, now=cast.now)


def told_why_not(cast: Cast) -> None:
    request = asked_to_cancel(cast)
    decline_order_request(request, answer="Packed.", actor=cast.tomas, now=cast.now)


ORDER_WAYS: Final[Mapping[str, Callable[[Cast], object]]] = {
    "acknowledged": taken_over,
    "cancelled": called_off,
    "order_called_off": approved_and_cancelled,
    "approved_cancelled": approved_and_cancelled,
    "order_changed": change_rejected,
    "order_asked": asked_to_cancel,
    "order_answered": told_why_not,
}
