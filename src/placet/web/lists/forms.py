"""What the pages of lists are told; the actions validate, these only read types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.carts.lists.actions import ListRow
from placet.carts.paste import TooMuchText, read_rows
from placet.carts.quantities import LARGEST
from placet.core.errors import InvalidInput
from placet.imports.columns import Column, guess_columns
from placet.imports.reading import LARGEST_FILE, Table, read_file
from placet.web.typed_numbers import read_digits

QUANTITY: Final = "q-"
ON_HAND: Final = "have-"
"""What the names of a line's fields begin with; its id follows."""
COLUMNS: Final = (
    Column("sku", "SKU", is_required=True, longest=64, names=("item", "article", "artikel")),
    Column("quantity", "Quantity", names=("qty", "menge", "ilość")),
    Column("par", "Par level", names=("par_quantity", "par", "minimum")),
    Column("note", "Note", longest=400, names=("comment", "notiz", "uwaga")),
)


class LineForm(forms.Form):
    """How many are usually ordered, how many should always be there, what to know."""

    quantity = forms.IntegerField()
    par_quantity = forms.IntegerField(required=False)
    note = forms.CharField(required=False)
    version = forms.IntegerField(min_value=0, required=False)


class UploadForm(forms.Form):
    """A CSV or XLSX file."""

    file = forms.FileField(allow_empty_file=True)

    def clean_file(self) -> object:
        """The upload, unless it is larger than what is read at all."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("A file has at most 10 MB."), code="too_large")
        return file


def typed_numbers(posted: QueryDict, prefix: str) -> Mapping[str, int]:
    """The whole numbers of all fields with this prefix, by what follows it.

    Raises ``InvalidInput`` for one that is none; an empty one is left out.
    """
    found = {}
    for name in posted:
        text = str(posted[name]).strip()
        if not name.startswith(prefix) or not text:
            continue
        if not (text.isascii() and text.isdecimal() and int(text[:12]) <= LARGEST):
            raise InvalidInput(name, "not_whole", _("Write whole numbers only."))
        found[name.removeprefix(prefix)] = int(text)
    return found


def pasted_rows(text: str) -> list[ListRow]:
    """Rows of SKU and quantity; raises ``InvalidInput`` for more than 500."""
    try:
        rows = read_rows(text)
    except TooMuchText:
        raise InvalidInput("text", "too_long", _("Paste 500 rows at most.")) from None
    return [
        ListRow(row.number, row.sku, row.quantity, text=row.text, is_partial=True) for row in rows
    ]


def rows_of_file(content: bytes) -> list[ListRow]:
    """The rows of a file with a header that names the SKU; raises ``InvalidInput``."""
    table = read_file(content)
    places = guess_columns(COLUMNS, table.header)
    if "sku" not in places:
        raise InvalidInput("file", "no_sku", _("No column of this file is called “SKU”."))
    return [
        _row_of(table, number, cells, places)
        for number, cells in enumerate(table.rows, start=2)
        if any(cells)
    ]


def _row_of(_table: Table, number: int, cells: list[str], places: Mapping[str, int]) -> ListRow:
    def cell(key: str) -> str:
        return cells[places[key]].strip() if key in places else ""

    par = cell("par")
    return ListRow(
        number=number,
        sku=cell("sku"),
        quantity=_whole(cell("quantity")) if "quantity" in places else 1,
        par_quantity=_whole(par) if par else None,
        note=cell("note"),
        text=" ".join(cells)[:200],
    )


def _whole(text: str) -> int:
    """The number, or 0 for what is none: such a row is reported and not taken."""
    return read_digits(text, 0, most=7)
