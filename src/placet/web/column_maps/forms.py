"""The form of a column map: a place and a heading for each column that there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.companies.models import ColumnMap
from placet.documents.column_shapes import (
    LONGEST_HEADING,
    LONGEST_NAME,
    MOST_COLUMNS,
    ColumnMapShape,
)
from placet.documents.sheet_columns import LINE, PURCHASE, USUAL, SheetColumn, gone_column

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


def read_columns(sent: Mapping[str, str], keys: list[str]) -> list[tuple[str, str]]:
    """The chosen columns by their places; what has none, or no number, is not in the file."""
    found = []
    for number, key in enumerate(keys):
        place = str(sent.get(f"place-{key}", "")).strip()
        if place.isdecimal() and len(place) < 5:
            heading = str(sent.get(f"heading-{key}", ""))[: LONGEST_HEADING * 2]
            found.append((int(place), number, key, heading))
    return [(key, heading) for _place, _number, key, heading in sorted(found)][: MOST_COLUMNS + 1]


def first_columns(
    known: Mapping[str, SheetColumn], list_name: str, row: ColumnMap | None
) -> list[tuple[str, str]]:
    """What a form begins with: the map's own columns, or the usual ones of its list."""
    if row is not None:
        return [(key, heading) for key, heading in row.columns]
    return [(key, str(known[key].heading)) for key in USUAL[list_name] if key in known]


def list_rows(
    known: Mapping[str, SheetColumn], chosen: list[tuple[str, str]]
) -> Iterator[ColumnRow]:
    """The chosen columns in their order, then all others."""
    for place, (key, heading) in enumerate(chosen, start=1):
        column = known.get(key) or gone_column(key)
        yield ColumnRow(column, str(place * 10), heading, _what(column))
    names = {key for key, _heading in chosen}
    for key, column in known.items():
        if key not in names:
            yield ColumnRow(column, "", str(column.heading), _what(column))


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
