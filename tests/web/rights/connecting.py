"""What integrators look at: the calls of the company's keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.calls.models import RequestLogEntry
from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = read_table(
    """
            owner peer sister head admin auditor desk store other parent child
GET   calls 403   403  403    403  200   403     403  200   403   200    403
GET   call  403   403  403    403  200   403     403  404   403   404    403
GET   key_rotate 403 403 403  403  200   403     403  404   403   404    403
POST  key_rotate 403 403 403  403  200   403     403  404   403   404    403
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
# Everybody's own key reads what it asked itself, and nothing of the company's other keys.
OPERATIONS = read_table(
    """
                  owner peer sister head admin auditor desk store other parent child key
GET    list_calls 200   200  200    200  200   200     200  200   200   200    200   200
GET    get_call   404   404  404    404  200   404     404  404   404   404    404   200
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def wishes_about_connecting() -> dict[str, Mapping[str, Any]]:
    """The form of each page."""
    return {"key_rotate": {"overlap": "24"}}


def connected_things(cast: Cast) -> dict[str, Any]:
    """A call of a program of Meridian's."""
    call = RequestLogEntry.objects.create(
        id="call_of_meridian",
        created_at=cast.now,
        company_id=cast.company["meridian"],
        key_id="key_of_the_erp",
        method="GET",
        path="/api/v1/orders",
        operation="list_orders",
        status=200,
        milliseconds=12,
    )
    return {"call_id": call.pk}
