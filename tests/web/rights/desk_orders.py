"""The orders desk and views of lists: who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.companies.actions.views import save_view
from tests.cast import Cast
from tests.orders.shipped import ship, taken_over
from tests.requisitions.orders import order_of
from tests.requisitions.road import GLOVES, fill_cart, submit
from tests.web.rights.table import read_table

PAGES_OF_SHIPMENTS = ("order_ship", "order_expect", "order_complete", "shipment_void")
CALLS_OF_SHIPMENTS = (
    *("get_order_delivery", "ship_order", "void_shipment", "expect_lines", "complete_order"),
)
ROWS = read_table(
    """
                    owner peer sister head admin auditor desk store other parent child
POST  view_save     302   302  302    302  302   302     302  302   302   302    302
POST  view_rename   302   404  404    404  404   404     404  404   404   404    404
POST  view_delete   302   404  404    404  404   404     404  404   404   404    404
GET   exceptions    200   200  200    200  200   200     200  200   200   200    200
GET   orders_bulk   403   403  403    403  403   403     200  200   403   403    403
POST  orders_bulk   403   403  403    403  403   403     200  200   403   403    403
GET   orders_acknowledge 403 403 403  403  403   403     200  200   403   403    403
POST  orders_acknowledge 403 403 403  403  403   403     200  200   403   403    403
GET   orders_print  200   200  200    200  200   200     200  200   200   200    200
POST  order_ship    403   404  404    403  403   403     302  302   404   404    404
POST  order_expect  403   404  404    403  403   403     302  302   404   404    404
POST  order_complete 403  404  404    403  403   403     302  302   404   404    404
POST  shipment_void 403   404  404    403  403   403     302  302   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)

OPERATIONS = read_table(
    """
                          owner peer sister head admin auditor desk store other parent child key
GET    list_saved_views   200   200  200    200  200   200     200  200   200   200    200   200
POST   save_view          201   201  201    201  201   201     201  201   201   201    201   403
PATCH  rename_view        200   404  404    404  404   404     404  404   404   404    404   404
DELETE delete_view        204   404  404    404  404   404     404  404   404   404    404   404
GET    get_order_delivery 200   404  404    200  200   200     200  200   404   404    404   200
POST   ship_order         403   404  404    403  403   403     201  201   404   404    404   403
POST   void_shipment      403   404  404    403  403   403     201  201   404   404    404   403
POST   expect_lines       403   404  404    403  403   403     201  201   404   404    404   403
POST   complete_order     403   404  404    403  403   403     201  201   404   404    404   403
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def desk_things(cast: Cast) -> dict[str, Any]:
    """A view of Lena's."""
    view = save_view(
        "Mine", list_name="orders", query="status=failed", actor=cast.lena, now=cast.now
    )
    order = taken_over(cast)
    shipment = ship(order, cast, GLV_M=1)
    waiting = order_of(submit(fill_cart(cast, (GLOVES, 2)), actor=cast.lena, now=cast.now))
    spelled = (order.number, order.pk)
    found: dict[str, Any] = {f"{route}.number": spelled for route in PAGES_OF_SHIPMENTS}
    found |= {f"{route}.order_id": spelled for route in CALLS_OF_SHIPMENTS}
    return {
        **found,
        "view_id": view.pk,
        "shipment_id": shipment.pk,
        "picked_order": waiting.number,
    }


def wishes_about_the_desk(picked: str = "") -> dict[str, Mapping[str, Any]]:
    """The fields of each form."""
    return {
        "view_save": {"list": "orders", "name": "New", "query": "status=unprocessed"},
        "view_rename": {"name": "Another"},
        "view_delete": {},
        "orders_bulk": {"pick": picked, "do": "acknowledge", f"number-{picked}": "SO-9"},
        "orders_acknowledge": {"text": f"{picked} SO-10", "do": "apply"},
        "order_ship": {"quantity-1": "1", "shipped_on": "2026-11-24"},
        "order_expect": {"expected-1": "2026-11-30"},
        "order_complete": {"close_reason": "No longer made."},
        "shipment_void": {"void_reason": "Still here."},
    }


def operations_about_the_desk() -> dict[str, Mapping[str, Any]]:
    """The JSON of each operation."""
    return {
        "save_view": {"list": "orders", "name": "New", "query": "status=unprocessed"},
        "rename_view": {"name": "Another"},
        "ship_order": {
            "shipped_on": "2026-11-24",
            "lines": [{"line": 1, "quantity": 1}],
        },
        "void_shipment": {"reason": "Still here."},
        "expect_lines": {"lines": [{"line": 1, "expected_on": "2026-11-30"}]},
        "complete_order": {"reason": "No longer made."},
    }
