"""The form of a column map: the columns of the file in their order, each with its heading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from placet.companies.models import ColumnMap
from placet.documents.column_shapes import (
    LONGEST_NAME,
    ColumnMapShape,
)
from placet.documents.sheet_columns import LINE, PURCHASE, USUAL, SheetColumn

MOVES: Final = ("up", "down", "out", "in")
"""What the buttons of a column do; nothing is saved by them."""
DELIMITERS = [
    (",", _("Comma: a,b")),
    (";", _("Semicolon: a;b")),
    ("tab", _("Tab")),
    ("|", _("Bar: a|b")),
]
DECIMAL_MARKS = [(".", _("Point: 12.90")), (",", _("Comma: 12,90"))]


class ColumnRow(NamedTuple):
    """A column as the form draws it; ``focus`` is the button that was pressed to bring it here."""

    column: SheetColumn
    heading: str
    what: str
    focus: str = ""


class Laid(NamedTuple):
    """The columns of the file in their order, and those that are not in it."""

    rows: list[ColumnRow]
    others: list[ColumnRow]


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


def typed_columns(sent: QueryDict) -> list[tuple[str, str]]:
    """The keys in the order in which the form sent them, each with its heading word for word."""
    keys = dict.fromkeys(sent.getlist("column"))
    return [(key, sent.get(f"heading-{key}", "").strip()) for key in keys]


def first_columns(
    columns: Mapping[str, SheetColumn], list_name: str, row: ColumnMap | None
) -> list[tuple[str, str]]:
    """What a form begins with: the map's own columns, or the usual ones of its list."""
    if row is not None:
        return [(key, heading) for key, heading in row.columns]
    return [(key, str(columns[key].heading)) for key in USUAL[list_name] if key in columns]


def moved(chosen: list[tuple[str, str]], verb: str, key: str) -> list[tuple[str, str]]:
    """The columns after one is moved up or down, taken out, or added at the end."""
    keys = [one for one, _heading in chosen]
    if key not in keys:
        return [*chosen, (key, "")] if verb == "in" else chosen
    place = keys.index(key)
    rest = chosen[:place] + chosen[place + 1 :]
    if verb == "out":
        return rest
    to = max(place + {"up": -1, "down": 1}.get(verb, 0), 0)
    return [*rest[:to], chosen[place], *rest[to:]]


def lay_out(
    chosen: list[tuple[str, str]],
    columns: Mapping[str, SheetColumn],
    headings: Mapping[str, str],
    focus: tuple[str, str] = ("", ""),
) -> Laid:
    """The form's rows. ``headings`` is what was typed for columns that are taken out by now."""
    verb, pressed = focus

    def row(key: str, heading: str) -> ColumnRow:
        column = columns[key]
        said = heading or headings.get(f"heading-{key}", "").strip() or str(column.heading)
        return ColumnRow(column, said, _what(column), verb if key == pressed else "")

    taken = dict(chosen)
    return Laid(
        [row(key, heading) for key, heading in chosen if key in columns],
        [row(key, "") for key in columns if key not in taken],
    )


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
