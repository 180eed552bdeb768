"""What a report is made of: columns, rows by group, the sum, and the line over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from django.utils.functional import Promise

from placet.core.actor import Actor
from placet.reports.spans import Days, Span

Measure = Literal["count", "money", "hours", "share", "ratio"]
"""``share`` is a part of one; ``ratio`` a plain number with one decimal."""
Words = str | Promise
Number = int | float | None
Values = Mapping[str, Number]
Groups = Mapping[str, Values]
"""The values of each group by the key of its column; a report reads nothing else."""

TIME: Final = "time"
ALL: Final = ""
"""Grouped by nothing: one row, with the empty key."""


class Column(NamedTuple):
    """A measure. ``is_more_good`` says whether growth is good news, where it is either."""

    key: str
    label: Words
    measure: Measure
    is_more_good: bool | None = None


class Grouping(NamedTuple):
    """By what the rows are; ``first`` heads their column."""

    key: str
    label: Words
    first: Words


class Ask(NamedTuple):
    """What is read: by whom, for which days, by what, in which currency."""

    actor: Actor
    days: Days
    by: str
    currency: str


@dataclass(frozen=True)
class Kind:
    """A report that there is. ``read`` gives the groups, ``name`` the words of their keys.

    The first column is what it is about: rows stand in its falling order, the line shows it.
    """

    key: str
    side: Literal["buyer", "merchant"]
    title: Words
    sub: Words
    permissions: tuple[str, ...]
    groupings: tuple[Grouping, ...]
    columns: tuple[Column, ...]
    read: Callable[[Ask], Groups]
    name: Callable[[Ask, list[str]], Mapping[str, str]]
    is_in_currency: bool = True
    has_before: bool = True
    note: Words = ""


class Cell(NamedTuple):
    """A value and the same of the span before."""

    column: Column
    value: Number
    before: Number

    @property
    def change(self) -> float | None:
        """By which part it grew; nothing where there was nothing to grow from."""
        if self.value is None or not self.before:
            return None
        return (self.value - self.before) / abs(self.before)


class Row(NamedTuple):
    """A group with its cells; ``share`` is its part of the largest first value, for its bar."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    share: float


class Point(NamedTuple):
    """A stretch of time with the first measure, and that of the same stretch before."""

    on: date
    value: Number
    before: Number


class Report(NamedTuple):
    """A kind as it was read."""

    kind: Kind
    span: Span
    grouping: Grouping
    currency: str
    currencies: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    points: tuple[Point, ...]
    is_cut: bool
