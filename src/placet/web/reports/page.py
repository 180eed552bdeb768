"""A report as its page shows it: chooser, figures, columns over time, the table."""

from __future__ import annotations

from typing import NamedTuple

from placet.reports.values import Number, Report, Row
from placet.web.reports.chart import Bar, Chart, draw_chart
from placet.web.reports.words import (
    cell_words,
    change_state,
    change_words,
    label_words,
    stretch_words,
    value_words,
)

SHOWN_FIGURES = 5


class ShownCell(NamedTuple):
    """A value in words, that of the span before, and the change as good or bad news."""

    label: str
    value: str
    before: str
    change: str
    state: str


class ShownRow(NamedTuple):
    """A line of the table; ``width`` is the percentage of the largest one."""

    label: str
    cells: list[ShownCell]
    width: str


class ShownBar(NamedTuple):
    """A column of the chart with its words."""

    bar: Bar
    label: str
    value: str
    before: str


class ReportPage(NamedTuple):
    """Everything that the page shows."""

    report: Report
    figures: list[ShownCell]
    rows: list[ShownRow]
    chart: Chart | None
    bars: list[ShownBar]
    highest: str
    measure: str


def show_report(report: Report) -> ReportPage:
    """The report in the reader's language."""
    chart = draw_chart(report.points)
    first = report.kind.columns[0]

    def told(value: Number) -> str:
        return value_words(value, first.measure, report.currency)

    bars = [
        ShownBar(
            bar, stretch_words(bar.on, report.span.days.bucket), told(bar.value), told(bar.before)
        )
        for bar in (chart.bars if chart else ())
    ]
    return ReportPage(
        report,
        _cells(report.total, report)[:SHOWN_FIGURES],
        [
            ShownRow(label_words(row, report), _cells(row, report), f"{row.share * 100:.2f}%")
            for row in report.rows
        ],
        chart,
        bars,
        told(chart.highest) if chart else "",
        str(first.label),
    )


def _cells(row: Row, report: Report) -> list[ShownCell]:
    return [
        ShownCell(
            str(cell.column.label),
            cell_words(cell, report.currency),
            value_words(cell.before, cell.column.measure, report.currency)
            if report.kind.has_before and cell.before is not None
            else "",
            change_words(cell) if report.kind.has_before else "",
            change_state(cell),
        )
        for cell in row.cells
    ]
