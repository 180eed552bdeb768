"""Pages of rows that stand under the name of what they belong to, such as orders by customer.

The name is another table's, so no index holds these rows in its order. What they belong to is far
fewer: it is walked in the order of its names, and each is asked for its newest rows.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.db.models import F, Model, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict

from placet.web.paging import MOST_COUNTED, PAGE_SIZE, Page, Row, behind, cut_page, named

PLENTY: Final = MOST_COUNTED
"""So few rows are sorted as they are; more are never all read."""


class Owner(NamedTuple):
    """What rows belong to: the key that leads there, and the column that it is listed by."""

    key: str
    named_by: str

    def order(self, newest_by: str, is_falling: bool) -> list[OrderBy]:
        """The names, namesakes apart, and the newest first under each."""
        columns = [F(f"{self.key}__{self.named_by}"), F(f"{self.key}_id")]
        names = [column.desc() if is_falling else column.asc() for column in columns]
        return [*names, F(newest_by).desc(), F("pk").desc()]

    def further(self, last: Model, is_falling: bool, path: str = "") -> Q:
        """Those after the one that a row belongs to; ``path`` leads to them."""
        step, here = "lt" if is_falling else "gt", getattr(last, self.key)
        name = getattr(here, self.named_by)
        return Q((f"{path}{self.named_by}__{step}", name)) | Q(
            (f"{path}{self.named_by}", name), (f"{path}pk__{step}", here.pk)
        )


def page_by_owner(
    rows: QuerySet[Row],
    owner: Owner,
    newest_by: str,
    query: QueryDict,
    *,
    is_falling: bool = False,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """The page that the address asks for with ``after``, the id of the row before it.

    Raises ``NotFound`` for a row that is not in the list.
    """
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    after = query.get("after", "")
    last = named(rows, after) if after else None
    if count > PLENTY:
        shown = rows.filter(_begin(rows, owner, newest_by, last, is_falling, size + 1))
    elif last:
        mine = Q((owner.key, getattr(last, f"{owner.key}_id"))) & behind(newest_by, last)
        shown = rows.filter(mine | owner.further(last, is_falling, f"{owner.key}__"))
    else:
        shown = rows
    found = shown.order_by(*owner.order(newest_by, is_falling))[: size + 1]
    return cut_page(list(found), query, count, size)


def _begin(
    rows: QuerySet[Row],
    owner: Owner,
    newest_by: str,
    last: Row | None,
    is_falling: bool,
    wanted: int,
) -> Q:
    """A condition that leaves few rows, among them the first ``wanted`` behind the last one."""
    model: Any = rows.model._meta.get_field(owner.key).related_model
    owners: QuerySet[Any] = model.objects.all()
    left = Q(pk=None)
    if last:
        here = {owner.key: getattr(last, f"{owner.key}_id")}
        rest = rows.filter(behind(newest_by, last), **here).order_by(f"-{newest_by}", "-pk")
        ids = list(rest.values_list("pk", flat=True)[:wanted])
        left = Q(pk__in=ids)
        if len(ids) == wanted:
            return left
        owners = owners.filter(owner.further(last, is_falling))
    names = [f"{'-' if is_falling else ''}{column}" for column in (owner.named_by, "pk")]
    mine = rows.filter(**{owner.key: OuterRef("pk")}).order_by(f"-{newest_by}", "-pk")
    instants = mine.values(newest_by)
    # Not by "exists": from that a database may conclude to read all rows at once.
    touched = owners.annotate(
        first_at=Subquery(instants[:1]), cut_at=Subquery(instants[wanted - 1 : wanted])
    ).filter(first_at__isnull=False)
    for key, cut in touched.order_by(*names).values_list("pk", "cut_at")[:wanted]:
        if cut is not None:
            return left | Q((owner.key, key), (f"{newest_by}__gte", cut))
        left |= Q((owner.key, key))
    return left
