"""The form of a column map: a place and a heading for each column that there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.companies.models import ColumnMap
from placet.core.errors import InvalidInput
from placet.documents.column_shapes import (
    LONGEST_NAME,
    ColumnMapShape,
)
from placet.documents.sheet_columns import LINE, PURCHASE, USUAL, SheetColumn

LONGEST_PLACE: Final = 4
"""Digits."""
DELIMITERS = [
    (",", _("Comma: a,b")),
    (";", _("Semicolon: a;b")),
    ("tab", _("Tab")),
    ("|", _("Bar: a|b")),
]
DECIMAL_MARKS = [(".", _("Point: 12.90")), (",", _("Comma: 12,90"))]


class ColumnRow(NamedTuple):
    """A column as the form draws it; ``place`` is empty where it is not in the file."""

    column: SheetColumn
    place: str
    heading: str
    what: str


class ColumnMapForm(forms.Form):
    """Name, delimiter and decimal mark; the columns are read beside it."""

    name = forms.CharField(max_length=LONGEST_NAME, label=_("Name"))
    delimiter = forms.ChoiceField(choices=DELIMITERS, label=_("Between two cells of CSV"))
    decimal_mark = forms.ChoiceField(choices=DECIMAL_MARKS, label=_("Decimal mark of CSV"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def shape(self, columns: list[tuple[str, str]]) -> ColumnMapShape:
        """What the action is asked for."""
        typed = self.cleaned_data
        delimiter = "\t" if typed["delimiter"] == "tab" else typed["delimiter"]
        return ColumnMapShape(typed["name"], columns, delimiter, typed["decimal_mark"])


def initial_of(column_map: ColumnMap) -> dict[str, Any]:
    """The form's values of a map."""
    delimiter = "tab" if column_map.delimiter == "\t" else column_map.delimiter
    return {
        "name": column_map.name,
        "delimiter": delimiter,
        "decimal_mark": column_map.decimal_mark,
        "version": column_map.version,
    }


def typed_rows(sent: Mapping[str, str], columns: Mapping[str, SheetColumn]) -> list[ColumnRow]:
    """The form as it was sent, word for word: the columns with a place first, in their order."""
    rows = [
        ColumnRow(
            column,
            str(sent.get(f"place-{key}", "")).strip(),
            str(sent.get(f"heading-{key}", "")).strip(),
            _what(column),
        )
        for key, column in columns.items()
    ]
    return sorted(rows, key=_order)


def first_rows(
    columns: Mapping[str, SheetColumn], list_name: str, row: ColumnMap | None
) -> list[ColumnRow]:
    """What a form begins with: the map's own columns, or the usual ones of its list; then all."""
    usual = [(key, str(columns[key].heading)) for key in USUAL[list_name] if key in columns]
    chosen = dict(row.columns if row is not None else usual)
    places = {key: str(place * 10) for place, key in enumerate(chosen, start=1)}
    rows = [
        ColumnRow(column, places.get(key, ""), chosen.get(key, str(column.heading)), _what(column))
        for key, column in columns.items()
    ]
    return sorted(rows, key=_order)


def read_columns(rows: list[ColumnRow], first: list[ColumnRow]) -> list[tuple[str, str]]:
    """The columns that have a place, in their order, with their headings.

    ``first`` is what the form began with. Raises ``InvalidInput`` for a place that is no number,
    and for a new heading without a place: nothing that was typed is left out in silence.
    """
    headings = {one.column.key: one.heading for one in first}
    for one in rows:
        name = {"name": one.column.heading, "place": one.place[:20]}
        if one.place and _number_of(one.place) is None:
            sentence = _("“%(place)s” is no place for “%(name)s”: type up to four digits.")
            raise InvalidInput(f"columns/{one.column.key}/place", "number", str(sentence % name))
        known = ("", str(one.column.heading), headings.get(one.column.key))
        if not one.place and one.heading not in known:
            sentence = _("“%(name)s” has a heading, but no place: type one, or no heading.")
            raise InvalidInput(f"columns/{one.column.key}/place", "required", str(sentence % name))
    return [(one.column.key, one.heading) for one in rows if one.place]


def _number_of(place: str) -> int | None:
    return int(place) if place.isdecimal() and len(place) <= LONGEST_PLACE else None


def _order(row: ColumnRow) -> tuple[bool, int]:
    """By place; what has one that is no number stands before what has none."""
    number = _number_of(row.place)
    return not row.place, 10**LONGEST_PLACE if number is None else number


def _what(column: SheetColumn) -> str:
    if column.is_gone:
        return str(_("There is no such field any more: the column stays empty."))
    if column.is_closed:
        return str(_("This field is asked no more: new purchases leave it empty."))
    if column.level == PURCHASE:
        return str(_("The same in each row of a purchase."))
    if column.level == LINE:
        return str(_("A row for each line."))
    return str(_("A row for each place and day that a part of a line goes to."))
