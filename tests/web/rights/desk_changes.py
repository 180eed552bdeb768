"""Changing an order, and what is asked about one that was taken over: who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.orders.actions import acknowledge_order, ask_about_order
from placet.orders.models import Order, OrderRequest
from tests.cast import Cast
from tests.requisitions.orders import ordered
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                         owner peer sister head admin auditor desk store other parent child
POST order_change    302  404  404   back back  back   404  404  404  404   404
POST order_ask      302  404  404   403  302  403   403  403  404  404   404
POST order_ask_withdraw 302  404  404   403  302  403   403  403  404  404   404
POST order_ask_accept  403  404  404   403  403  403   302  302  404  404   404
POST order_ask_decline  403  404  404   403  403  403   302  302  404  404   404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
"""Who may not change it is led back to the order, with the reason."""

OPERATIONS = read_table(
    """
                             owner peer sister head admin auditor desk store other parent child key
GET  list_order_changes     200   404  404    200  200   200     200  200   404   404    404   200
POST begin_order_change     201   404  404    403  403   403     404  404   404   404    404   403
GET  list_order_requests    200   200  200    200  200   200     200  200   200   200    200   200
GET  list_requests_of_order 200   404  404    200  200   200     200  200   404   404    404   200
POST ask_about_order        201   404  404    403  201   403     403  403   404   404    404   403
POST accept_order_request   403   404  404    403  403   403     201  201   404   404    404   403
POST decline_order_request  403   404  404    403  403   403     201  201   404   404    404   403
POST withdraw_order_request 201   404  404    403  201   403     403  403   404   404    404   201
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def changing_things(cast: Cast) -> dict[str, Any]:
    """An order of Lena's that can be changed, one that was taken over, and one with a question."""
    free = ordered(cast, ("GLV-M", 21))
    taken, asked = _exported(cast, 22), _exported(cast, 23)
    request = _ask(asked, cast)
    found: dict[str, Any] = {
        "order_change.number": (free.number, free.pk),
        "begin_order_change.order_id": (free.pk, free.number),
        "list_order_changes.order_id": (free.pk, free.number),
        "order_ask.number": (taken.number, taken.pk),
        "ask_about_order.order_id": (taken.pk, taken.number),
        "list_requests_of_order.order_id": (asked.pk, asked.number),
        "request_id": request.pk,
    }
    for route in ("withdraw", "accept", "decline"):
        found[f"order_ask_{route}.number"] = (asked.number, asked.pk)
        found[f"{route}_order_request.order_id"] = (asked.pk, asked.number)
    return found


def _exported(cast: Cast, quantity: int) -> Order:
    order = ordered(cast, ("GLV-M", quantity))
    return acknowledge_order(order, erp_number=f"SO-{quantity}", actor=cast.tomas, now=cast.now)


def _ask(order: Order, cast: Cast) -> OrderRequest:
    return ask_about_order(
        order, kind="change", reason="Two boxes more.", actor=cast.lena, now=cast.now
    )


def wishes_about_changes() -> dict[str, Mapping[str, Any]]:
    """The fields of each form."""
    return {
        "order_change": {},
        "order_ask": {"kind": "cancel", "ask_reason": "Ordered twice."},
        "order_ask_withdraw": {},
        "order_ask_accept": {},
        "order_ask_decline": {"answer": "It is packed."},
    }


def operations_about_changes() -> dict[str, Mapping[str, Any]]:
    """The JSON of each operation."""
    return {
        "begin_order_change": {},
        "ask_about_order": {"kind": "cancel", "reason": "Ordered twice."},
        "accept_order_request": {},
        "decline_order_request": {"answer": "It is packed."},
        "withdraw_order_request": {},
    }
