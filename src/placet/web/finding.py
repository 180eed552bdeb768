"""Rows that are found in several ways at once, each of which an index knows."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
MOST_READ: Final = 1_000
"""So many ids are read first and named one by one; more stay a part of the query."""


def keys_of(rows: QuerySet[M]) -> list[Any] | QuerySet[M, Any]:
    """The keys of the people or companies that have a name, to look for what is theirs.

    They are read first: a database that does not know whether there are any would look at each
    thing of everybody. Of more than can be named one by one none is left out.
    """
    keys = rows.order_by().values_list("pk", flat=True)
    read = list(keys[: MOST_READ + 1])
    return read if len(read) <= MOST_READ else keys


def among(rows: QuerySet[M], first: QuerySet[M], *others: QuerySet[M]) -> QuerySet[M]:
    """Those of ``rows`` that are in one of these, which are parts of them.

    Joined by "or", no index would find any; and who looks for a number means few rows, of which a
    database that has not counted them takes there to be many.
    """
    parts: list[QuerySet[M, Any]] = [part.order_by().values("pk") for part in others]
    # Some may be found twice; to tell them apart, all would have to be read.
    found = first.order_by().values("pk").union(*parts, all=True)
    ids = list(found.values_list("pk", flat=True)[: MOST_READ + 1])
    return rows.filter(pk__in=ids if len(ids) <= MOST_READ else found)
