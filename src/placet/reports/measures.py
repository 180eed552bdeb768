"""What several reports count with: stretches of time, percentiles, sums that cannot overflow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    QuerySet,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import (
    RowNumber,
    StrIndex,
    Substr,
    TruncDate,
    TruncMonth,
    TruncWeek,
)

from placet.reports.spans import Days
from placet.reports.values import ALL, TIME, Ask

TRUNCATED: Final = {"day": TruncDate, "week": TruncWeek, "month": TruncMonth}
HOUR: Final = timedelta(hours=1)


def within(column: str, days: Days) -> dict[str, Any]:
    """The condition that an instant lies in these days."""
    return {f"{column}__gte": days.starts_at, f"{column}__lt": days.ends_at}


def grouped(rows: QuerySet[Any], ask: Ask, instant: str, **columns: Any) -> Any:
    """The rows with their group as ``by``: the start of their stretch, or the column of a key."""
    if ask.by == ALL:
        return rows.annotate(by=Value("", output_field=TextField()))
    if ask.by == TIME:
        truncated = TRUNCATED[ask.days.bucket]
        options = {} if truncated is TruncDate else {"output_field": DateField()}
        return rows.annotate(by=truncated(instant, tzinfo=ask.days.zone, **options))
    return rows.annotate(by=columns[ask.by])


def key_of(by: Any) -> str:
    """A group as a string: a day as ISO writes it, nothing as the empty string."""
    return by.isoformat() if isinstance(by, date) else str(by or "")


def root_of(path: str) -> Func:
    """The first part of a category's path, with its slash: ``gloves/`` of ``gloves/nitrile/``."""
    return Substr(path, 1, StrIndex(path, Value("/")))


def lasted(begin: str, end: str) -> ExpressionWrapper[Any]:
    """How long it was from one instant to another."""
    return ExpressionWrapper(F(end) - F(begin), output_field=DurationField())


def read_ranks(
    rows: QuerySet[Any], measured: str, ranks: Sequence[int] = (50, 90)
) -> dict[str, list[float]]:
    """Nearest-rank percentiles of a duration in hours, by group: each is one that occurred.

    One query, whatever there is: the database numbers the rows of each group and keeps those.
    """
    window: dict[str, Any] = {"partition_by": [F("by")]}
    numbered = rows.exclude(**{measured: None}).annotate(
        place=Window(RowNumber(), order_by=[F(measured).asc(), F("pk").asc()], **window),
        among=Window(Count("pk"), **window),
    )
    found: dict[str, list[float]] = {}
    for position, rank in enumerate(ranks):
        wanted = numbered.filter(place=(F("among") * rank + 99) / 100)
        for by, value in wanted.values_list("by", measured):
            found.setdefault(key_of(by), [0.0] * len(ranks))[position] = max(value / HOUR, 0.0)
    return found


def whole(amount: Any) -> int:
    """A sum that the database may give as another number, or not at all."""
    return int(amount or 0)


def part(amount: Any, of: Any) -> float | None:
    """Which part of something it is; nothing where there is nothing."""
    return float(amount) / float(of) if of else None


def less(amount: Any, than: Any) -> float | None:
    """By which part an amount is less than another."""
    return 1 - float(amount) / float(than) if than else None
