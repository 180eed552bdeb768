"""Pages of a list by keyset: a signed cursor says where the next page starts.

The cursor is bound to the list, its filters and the caller, so that it cannot be carried elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import reduce
from typing import Annotated, Any, TypeVar

from django.conf import settings
from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, ListOf
from placet.core.errors import InvalidInput
from placet.events.canonical import canonical_bytes, sha256

SALT = "placet.api.cursor"
M = TypeVar("M", bound=Model)
T = TypeVar("T")
A = TypeVar("A", bound=Answer)


class Page(BaseModel):
    """What every list takes; lists with filters add theirs."""

    limit: Annotated[int, Field(ge=1, le=200, description="how many at most")] = 50
    cursor: Annotated[str, Field(max_length=2000, description="`next_cursor` of a page")] = ""


def page_of(
    request: ApiRequest, rows: QuerySet[M], page: Page, show: Callable[[Sequence[M]], list[A]]
) -> ListOf[A]:
    """One page of a query in the query's own order, which must end in a unique column."""
    order = [str(name) for name in rows.query.order_by]
    start = read_cursor(request, page)
    if start is not None:
        rows = rows.filter(_behind(order, start))
    found = list(rows[: page.limit + 1])
    shown = found[: page.limit]
    following = None
    if len(found) > page.limit:
        following = write_cursor(request, page, [_value(shown[-1], name) for name in order])
    return listed(request, show(shown), following)


def listed(request: ApiRequest, shown: list[A], following: str | None) -> ListOf[A]:
    """The list's answer, with the ``Link`` header where there is more."""
    if following is not None:
        query = request.GET.copy()
        query["cursor"] = following
        address = f"{settings.PLACET_BASE_URL}{request.path}?{query.urlencode()}"
        request.answer_headers["Link"] = f'<{address}>; rel="next"'
    return ListOf(data=shown, has_more=following is not None, next_cursor=following)


def whole_list(shown: list[A]) -> ListOf[A]:
    """A list that is short by nature and comes at once."""
    return ListOf(data=shown, has_more=False, next_cursor=None)


def read_cursor(request: ApiRequest, page: Page) -> list[Any] | None:
    """The values of the last row that the caller has; raises ``InvalidInput`` for foreign cursors.

    Refuses filters that the list does not have too: one that is ignored would show everything.
    """
    for name in request.GET:
        if name not in type(page).model_fields:
            raise InvalidInput(f"/query/{name}", "unknown", _("This list has no such filter."))
    if not page.cursor:
        return None
    try:
        bound, values = signing.loads(page.cursor, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        bound, values = "", []
    if bound != _binding(request, page) or not isinstance(values, list):
        raise InvalidInput("/query/cursor", "cursor", _("This cursor is not one of this list."))
    return values


def write_cursor(request: ApiRequest, page: Page, values: Sequence[Any]) -> str:
    """The cursor behind a row with these values."""
    return signing.dumps([_binding(request, page), [_plain(value) for value in values]], salt=SALT)


def _binding(request: ApiRequest, page: Page) -> str:
    filters = {
        name: _plain(value)
        for name, value in page.model_dump().items()
        if name not in {"limit", "cursor"}
    }
    actor = request.actor
    named = [request.path, actor.company_id, actor.member_id, filters]
    return sha256(canonical_bytes(named))[:24]


def _behind(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Everything behind a row: behind it in the first column, or alike there and behind it next."""
    choices: list[Q] = []
    alike = Q()
    for name, value in zip(order, values, strict=True):
        column = name.removeprefix("-")
        step = "lt" if name.startswith("-") else "gt"
        choices.append(alike & Q(**{f"{column}__{step}": value}))
        alike &= Q(**{column: value})
    return reduce(Q.__or__, choices)


def _value(row: Any, name: str) -> Any:
    return reduce(getattr, name.removeprefix("-").split("__"), row)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
