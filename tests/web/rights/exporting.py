"""Column maps and exports: who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.documents.actions import save_column_map
from placet.documents.column_shapes import ColumnMapShape
from placet.orders.models import Order
from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                        owner peer sister head admin auditor desk store other parent child
GET   column_maps       200   200  200    200  200   200     200  200   200   200    200
GET   column_map_new    403   403  403    403  200   403     200  200   403   200    403
POST  column_map_new    403   403  403    403  302   403     302  302   403   302    403
GET   column_map        403   403  403    403  200   403     404  404   403   404    403
POST  column_map        403   403  403    403  302   403     404  404   403   404    403
POST  column_map_delete 403   403  403    403  302   403     404  404   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
OPERATIONS = read_table(
    """
                          owner peer sister head admin auditor desk store other parent child key
GET    list_column_maps    200  200  200    200  200   200     200  200   200   200    200   200
POST   save_column_map     403  403  403    403  201   403     201  201   403   201    403   201
GET    list_columns        200  200  200    200  200   200     200  200   200   200    200   200
GET    get_column_map      200  200  200    200  200   200     404  404   404   404    404   200
PATCH  change_column_map   403  403  403    403  200   403     404  404   404   404    404   200
DELETE delete_column_map   403  403  403    403  204   403     404  404   404   404    404   204
POST   acknowledge_orders_at_once 403 403 403  403  403  403     201  201    403   403    403   403
GET    export_orders       200  200  200    200  200   200     200  200   200   200    200   200
GET    export_requisitions 200  200  200    200  200   200     200  200   200   200    200   200
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def exporting_things(cast: Cast) -> dict[str, Any]:
    """A map of Meridian's, and what addresses of files take."""
    shape = ColumnMapShape("For the ERP", [("order", "")])
    row = save_column_map("orders", shape=shape, actor=cast.ines, now=cast.now)
    return {
        "map_id": row.pk,
        "list_name": "orders",
        "export_orders.ending": "csv",
        "export_requisitions.ending": "xlsx",
    }


FORM = {"name": "Other", "delimiter": ";", "decimal_mark": ",", "column": "sku", "do": "save"}


def wishes_about_exporting() -> dict[str, Mapping[str, Any]]:
    """The forms."""
    return {
        "column_map_new": {"list": "orders", **FORM},
        "column_map": FORM,
        "column_map_delete": {},
    }


def operations_about_exporting() -> dict[str, Mapping[str, Any]]:
    """The bodies."""
    free = Order.objects.filter(status=Order.Status.UNPROCESSED).order_by("number")[0]
    return {
        "save_column_map": {"list": "orders", "name": "Third", "columns": [{"key": "sku"}]},
        "change_column_map": {"name": "Fourth"},
        "acknowledge_orders_at_once": {"rows": [{"order": free.number, "erp_number": "SO-1"}]},
    }
