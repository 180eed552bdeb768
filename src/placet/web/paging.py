"""Keyset pages: the last row of a page says where the next one begins; nothing is ever skipped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

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
    shown = rows.filter(behind(newest_by, named(rows, after))) if after else rows
    return _cut(rows, list(shown.order_by(f"-{newest_by}", "-pk")[: size + 1]), query, size)


def _cut(rows: QuerySet[Row], found: list[Row], query: QueryDict, size: int) -> Page[Row]:
    """The page of these, of which ``rows`` are all."""
    is_partial = bool(query.get("after", "")) or len(found) > size
    return cut_page(found, query, _count(rows, found, is_partial), size)


def cut_page(found: list[Row], query: QueryDict, count: int, size: int = PAGE_SIZE) -> Page[Row]:
    """A page of the rows that were found, one more than it shows where there is another page.

    ``count`` says how many there are, and may stop one beyond ``MOST_COUNTED``.
    """
    after = query.get("after", "")
    next_query = ""
    if len(found) > size:
        found = found[:size]
        wanted = query.copy()
        wanted["after"] = str(found[-1].pk)
        next_query = wanted.urlencode()
    return Page(found, min(count, MOST_COUNTED), count > MOST_COUNTED, next_query, not after)


def page_sorted(
    rows: QuerySet[Row],
    column: str,
    query: QueryDict,
    *,
    is_falling: bool = False,
    known: QuerySet[Row] | None = None,
    grouped_by: str = "",
    is_always_there: bool = False,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """The page that the address asks for, in the order of a column; rows without a value last.

    ``column`` may lead to another table, or be computed for the list: ``is_always_there`` says that
    every row then has a value. ``grouped_by`` keeps rows together that alone can be compared, such
    as amounts of one currency. ``known`` are the rows that ``after`` may name, where these are more
    than the listed ones. Raises ``NotFound`` for any other.
    """
    after = query.get("after", "")
    is_nullable = not is_always_there and _may_be_nothing(rows.model, column)
    shown = rows
    if after:
        last = named(rows if known is None else known, after)
        further = _further(last, column, is_falling, is_nullable)
        shown = rows.filter(_in_groups(last, grouped_by, is_falling, further))
    # An index has an order for both directions, unless rows without a value are to be moved in it.
    nulls = {"nulls_last": True} if is_nullable else {}
    order: list[Any] = [F(column).desc(**nulls) if is_falling else F(column).asc(**nulls)]
    if grouped_by:
        order.insert(0, f"-{grouped_by}" if is_falling else grouped_by)
    order.append("-pk" if is_falling else "pk")
    return _cut(rows, list(shown.order_by(*order)[: size + 1]), query, size)


def _in_groups(last: Model, grouped_by: str, is_falling: bool, further: Q) -> Q:
    """The groups behind that of the last row, and what stands ``further`` in its own."""
    if not grouped_by:
        return further
    value = _value_of(last, grouped_by)
    step = "lt" if is_falling else "gt"
    behind = Q((f"{grouped_by}__{step}", value)) | (Q((grouped_by, value)) & further)
    return Q((f"{grouped_by}__{step}e", value)) & behind


def _may_be_nothing(model: type[Model], column: str) -> bool:
    """Whether there may be rows without a value; what is computed for the list may have none."""
    for name in column.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if getattr(field, "null", True):
            return True
        model = getattr(field, "related_model", None) or model
    return False


def _further(last: Model, column: str, is_falling: bool, is_nullable: bool) -> Q:
    """Everything behind the last row of the page before."""
    value = _value_of(last, column)
    step = "lt" if is_falling else "gt"
    behind = Q((f"pk__{step}", last.pk))
    if value is None:
        return behind & Q((f"{column}__isnull", True))
    behind = (Q((column, value)) & behind) | Q((f"{column}__{step}", value))
    if is_nullable:
        return behind | Q((f"{column}__isnull", True))
    # Said twice: an index is entered at the value, where an "or" would be tried row by row.
    return Q((f"{column}__{step}e", value)) & behind


def _value_of(row: Model, column: str) -> Any:
    return reduce(getattr, column.split("__"), row)


def behind(newest_by: str, last: Model) -> Q:
    """What stands after the last row of the page before, where the newest stands first."""
    value = getattr(last, newest_by)
    further = Q((f"{newest_by}__lt", value)) | Q((newest_by, value), pk__lt=last.pk)
    return Q((f"{newest_by}__lte", value)) & further


def named(rows: QuerySet[Row], after: str) -> Row:
    """The row of the list with this id; ``NotFound`` says that the list is another one."""
    try:
        last = rows.filter(pk=after).first()
    except ValueError:
        last = None  # Some rows have numbers for ids, and this is none.
    if last is None:
        raise NotFound(_("This list has changed; start at its beginning."))
    return last


def _count(rows: QuerySet[Row], found: list[Row], is_partial: bool) -> int:
    """How many there are, counted no further than one beyond the most that is told."""
    if not is_partial:
        return len(found)
    return rows.order_by()[: MOST_COUNTED + 1].count()
