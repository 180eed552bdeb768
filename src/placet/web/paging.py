"""Keyset pages: the last row of a page says where the next one begins; nothing is ever skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from placet.core.errors import NotFound

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 25
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, newest first; ``next_query`` is empty on the last page."""

    rows: list[Row]
    count: int
    is_more_counted: bool
    next_query: str
    is_first: bool


def page_of(
    rows: QuerySet[Row], newest_by: str, query: QueryDict, size: int = PAGE_SIZE
) -> Page[Row]:
    """The page that the address asks for with ``after``, the id of the row before it.

    ``newest_by`` names the column that the rows stand in falling order of. Raises ``NotFound`` for
    a row that is not in the list.
    """
    after = query.get("after", "")
    shown = rows.filter(_behind(rows, newest_by, after)) if after else rows
    found = list(shown.order_by(f"-{newest_by}", "-pk")[: size + 1])
    next_query = ""
    if len(found) > size:
        found = found[:size]
        wanted = query.copy()
        wanted["after"] = str(found[-1].pk)
        next_query = wanted.urlencode()
    count = _count(rows, found, bool(after or next_query))
    return Page(found, min(count, MOST_COUNTED), count > MOST_COUNTED, next_query, not after)


def _behind(rows: QuerySet[Row], newest_by: str, after: str) -> Q:
    try:
        last = rows.filter(pk=after).first()
    except ValueError:
        last = None  # Some rows have numbers for ids, and this is none.
    if last is None:
        raise NotFound("This list has changed; start at its beginning.")
    value = getattr(last, newest_by)
    return Q((f"{newest_by}__lt", value)) | Q((newest_by, value), pk__lt=last.pk)


def _count(rows: QuerySet[Row], found: list[Row], is_partial: bool) -> int:
    """How many there are, counted no further than one beyond the most that is told."""
    if not is_partial:
        return len(found)
    return rows.order_by()[: MOST_COUNTED + 1].count()
