"""What stands still for a reason that the supplier can remove, page by page, the oldest first.

There are several kinds in several tables. A page begins behind a place, which is an instant, a kind
and an id, so that nothing is skipped and nothing comes twice, whatever was set going meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.formats import zone_of
from placet.web.exceptions import of_orders, of_others
from placet.web.exceptions.stuck import Source, Stuck, Words
from placet.web.paging import MOST_COUNTED, PAGE_SIZE

SOURCES: Final = (
    Source("failed", gettext_lazy("Failed"), of_orders.list_failed, of_orders.say_failed),
    Source(
        "request", gettext_lazy("Asked by the customer"), of_orders.list_asked, of_orders.say_asked
    ),
    Source(
        "placement",
        gettext_lazy("Cannot be ordered"),
        of_others.list_not_placed,
        of_others.say_not_placed,
    ),
    Source("unpaid", gettext_lazy("Unpaid"), of_orders.list_unpaid, of_orders.say_unpaid),
    Source(
        "backorder", gettext_lazy("Late backorders"), of_orders.list_late, of_orders.say_late, True
    ),
    Source(
        "step",
        gettext_lazy("Overdue with us"),
        of_others.list_owed_steps,
        of_others.say_owed_step,
    ),
    Source(
        "delivery",
        gettext_lazy("Webhooks given up"),
        of_others.list_given_up,
        of_others.say_given_up,
    ),
)


class Place(NamedTuple):
    """Where a page begins: behind this instant, kind and id."""

    since: datetime
    kind: int
    key: str


class Tab(NamedTuple):
    """A kind with how much there is of it, counted no further than one beyond the most told."""

    kind: str
    label: Words
    rows: int


@dataclass(frozen=True, slots=True)
class ExceptionsPage:
    """One page of what stands still; the shape that the pager reads, and the tabs."""

    rows: list[Stuck]
    tabs: list[Tab]
    total: int
    count: int
    is_more_counted: bool
    next_query: str
    is_first: bool


def read_exceptions(actor: Actor, query: QueryDict, *, now: datetime) -> ExceptionsPage:
    """The page that the address asks for: of one ``kind`` or all, behind ``after``.

    Raises ``NotFound`` for a place that is none.
    """
    kind, after = query.get("kind", ""), query.get("after", "")
    rows = list_exceptions(actor, now=now, kind=kind, after=_place(after) if after else None)
    next_query = ""
    if len(rows) > PAGE_SIZE:
        rows = rows[:PAGE_SIZE]
        wanted = query.copy()
        wanted["after"] = _written(rows[-1])
        next_query = wanted.urlencode()
    tabs = [Tab(one.kind, one.label, _count(one.list_rows(actor, now))) for one in SOURCES]
    total = sum(tab.rows for tab in tabs)
    count = next((tab.rows for tab in tabs if tab.kind == kind), 0) if kind else total
    return ExceptionsPage(
        rows, tabs, total, min(count, MOST_COUNTED), count > MOST_COUNTED, next_query, not after
    )


def list_exceptions(
    actor: Actor,
    *,
    now: datetime,
    kind: str = "",
    after: Place | None = None,
    most: int = PAGE_SIZE + 1,
) -> list[Stuck]:
    """The first ones behind a place, the oldest first; a query for each kind."""
    found = [
        row
        for number, source in enumerate(SOURCES)
        if kind in ("", source.kind)
        for row in _list_of(source, number, actor, now, after, most)
    ]
    return sorted(found, key=lambda row: (row.since, _number_of(row.kind), row.key))[:most]


def _list_of(
    source: Source, number: int, actor: Actor, now: datetime, after: Place | None, most: int
) -> Iterator[Stuck]:
    rows = source.list_rows(actor, now)
    if after is not None:
        rows = rows.filter(_behind(source, number, after, actor))
    for row in rows.order_by("since_at", "pk")[:most]:
        since = row.since_at
        if source.is_by_day:
            since = datetime.combine(since, time(), zone_of(actor.time_zone))
        yield Stuck(source.kind, str(row.pk), since, source.say(actor, row))


def _behind(source: Source, number: int, after: Place, actor: Actor) -> Q:
    """The rows of a kind behind a place of any kind."""
    since: datetime | date = after.since
    is_same_instant = True
    if source.is_by_day:
        zone = zone_of(actor.time_zone)
        since = after.since.astimezone(zone).date()
        is_same_instant = datetime.combine(since, time(), zone) == after.since
    later = Q(since_at__gt=since)
    if not is_same_instant or number < after.kind:
        return later
    if number > after.kind:
        return Q(since_at__gte=since)
    return later | Q(since_at=since, pk__gt=after.key)


def _number_of(kind: str) -> int:
    return next(number for number, source in enumerate(SOURCES) if source.kind == kind)


def _written(row: Stuck) -> str:
    return f"{row.since.isoformat()}~{row.kind}~{row.key}"


def _place(after: str) -> Place:
    """A place as ``_written`` says it; ``NotFound`` for everything else."""
    since, _tilde, rest = after.partition("~")
    kind, _tilde, key = rest.partition("~")
    try:
        place = Place(datetime.fromisoformat(since), _number_of(kind), key)
        if not (place.since.utcoffset() is not None and 2000 <= place.since.year < 2200):
            raise ValueError
    except (ValueError, StopIteration):
        raise NotFound(_("This list has changed; start at its beginning.")) from None
    return place


def _count(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: MOST_COUNTED + 1].count()
