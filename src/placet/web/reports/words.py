"""Values of a report as people read them, and as a sheet holds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _

from placet.policy.money import decimals
from placet.reports.spans import Bucket
from placet.reports.values import TIME, Cell, Measure, Number, Report, Row
from placet.web import formats
from placet.web.health.page import duration

DASH = "–"


def value_words(value: Number, measure: Measure, currency: str) -> str:
    """A value with its unit; a dash where there is none."""
    if value is None:
        return DASH
    match measure:
        case "money":
            return formats.money(int(value), currency)
        case "share":
            return formats.percent(value)
        case "hours":
            return duration(float(value))
        case "ratio":
            return formats.number(round(value, 1) if value % 1 else int(value))  # type: ignore[arg-type]
        case _:
            return formats.number(int(value))


def cell_words(cell: Cell, currency: str) -> str:
    """The value of a cell."""
    return value_words(cell.value, cell.column.measure, currency)


def change_words(cell: Cell) -> str:
    """By which part it grew: "+12 %"; nothing where there is nothing to compare with."""
    change = cell.change
    if not change:
        return ""
    told = formats.percent(change)
    return told if change < 0 else f"+{told}"


def change_state(cell: Cell) -> str:
    """Whether the change is good news, bad news, or none."""
    change = cell.change
    if not change or cell.column.is_more_good is None:
        return ""
    return "approved" if (change > 0) == cell.column.is_more_good else "warn"


def stretch_words(on: date, bucket: Bucket) -> str:
    """A stretch of time: "Mon 3 Nov", "Week from 3 Nov", "Nov 2026"."""
    locale = formats.reader_locale()
    match bucket:
        case "month":
            return str(format_date(on, "LLL y", locale=locale))
        case "week":
            return _("Week from %(day)s") % {"day": format_date(on, "d MMM", locale=locale)}
        case _:
            return str(format_date(on, "EEE d MMM", locale=locale))


def label_words(row: Row, report: Report) -> str:
    """What a row is about."""
    if report.grouping.key == TIME:
        return stretch_words(date.fromisoformat(row.key), report.span.days.bucket)
    return row.label


def sheet_rows(report: Report) -> Iterator[list[Any]]:
    """The report as a sheet: numbers as they are, each beside that of the span before."""
    head = [str(report.grouping.first)]
    for column in report.kind.columns:
        label = str(column.label)
        if column.measure == "money":
            label = _("%(label)s, %(currency)s") % {"label": label, "currency": report.currency}
        if column.measure == "hours":
            label = _("%(label)s, hours") % {"label": label}
        head.append(label)
        if report.kind.has_before:
            head.append(_("%(label)s, before") % {"label": label})
    yield head
    for row in report.rows:
        yield [label_words(row, report), *_cells(row, report)]
    yield [_("All"), *_cells(report.total, report)]


def _cells(row: Row, report: Report) -> Iterator[str]:
    for cell in row.cells:
        yield _plain(cell.value, cell.column.measure, report.currency)
        if report.kind.has_before:
            yield _plain(cell.before, cell.column.measure, report.currency)


def _plain(value: Number, measure: Measure, currency: str) -> Any:
    """A number that a program reads: with a point, without separators; empty where there is none.

    Negative numbers stay numbers: nothing that somebody typed is in them.
    """
    if value is None:
        return ""
    if measure == "money":
        places = decimals(currency)
        return f"{value / 10**places:.{places}f}" if places else int(value)
    return int(value) if measure == "count" else f"{value:.4g}"
