"""The orders desk and views of lists: who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.companies.actions.views import save_view
from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                    owner peer sister head admin auditor desk store other parent child
POST  view_save     302   302  302    302  302   302     302  302   302   302    302
POST  view_rename   302   404  404    404  404   404     404  404   404   404    404
POST  view_delete   302   404  404    404  404   404     404  404   404   404    404
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
    return {"view_id": view.pk}


def wishes_about_the_desk() -> dict[str, Mapping[str, Any]]:
    """The fields of each form."""
    return {
        "view_save": {"list": "orders", "name": "New", "query": "status=unprocessed"},
        "view_rename": {"name": "Another"},
        "view_delete": {},
    }


def operations_about_the_desk() -> dict[str, Mapping[str, Any]]:
    """The JSON of each operation."""
    return {
        "save_view": {"list": "orders", "name": "New", "query": "status=unprocessed"},
        "rename_view": {"name": "Another"},
    }
