"""A file that says under which numbers a system took orders over: read by its headers, or by place.

Nothing here asks the database.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.errors import InvalidInput
from placet.imports.columns import Column, guess_columns
from placet.imports.reading import Table
from placet.orders.actions.acknowledge_orders import MOST_AT_ONCE, Acknowledging

ORDER, ERP_NUMBER = "order", "erp_number"
COLUMNS: Final = (
    Column(
        ORDER,
        gettext_lazy("Order"),
        is_required=True,
        names=("order number", "order no", "zamówienie", "numer zamówienia", "bestellnummer"),
    ),
    Column(
        ERP_NUMBER,
        gettext_lazy("Number in your system"),
        is_required=True,
        names=("erp", "erp no", "sales order", "so number", "document", "numer erp", "dokument"),
    ),
    Column("content_hash", gettext_lazy("Content hash"), names=("hash",)),
)


def read_acknowledgements(table: Table) -> list[Acknowledging]:
    """The rows that are not empty, each order once.

    A table without our headers has the order in its first column and the system's number in its
    second. Raises ``InvalidInput`` on the path ``file``.
    """
    rows, columns = _placed(table)
    found: dict[str, Acknowledging] = {}
    for cells in rows:
        row = _row(cells, columns)
        if row is None:
            continue
        if found.setdefault(row.order, row) != row:
            said = _("%(order)s stands there with two numbers. Leave one of them.")
            raise _refused("twice", said % {"order": row.order})
    if not found:
        raise _refused("empty", _("This file is empty."))
    if len(found) > MOST_AT_ONCE:
        said = _("A file has at most %(most)d rows.")
        raise _refused("too_many_rows", said % {"most": MOST_AT_ONCE})
    return list(found.values())


def write_acknowledgements(rows: Sequence[Acknowledging]) -> str:
    """The same rows as a text that reads as them again."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow((ORDER, ERP_NUMBER, "content_hash"))
    writer.writerows(rows)
    return text.getvalue()


def _placed(table: Table) -> tuple[Sequence[Sequence[str]], Mapping[str, int]]:
    columns = guess_columns(COLUMNS, table.header)
    if ORDER in columns and ERP_NUMBER in columns:
        return table.rows, columns
    if columns:
        raise _refused("columns", _("Call the columns “order” and “erp_number”."))
    rows = [table.header, *table.rows]
    if len(table.header) == 1:  # Pasted with a blank between both.
        rows = [cells[0].split(maxsplit=1) for cells in rows]
    if max(len(cells) for cells in rows) < 2:
        raise _refused("columns", _("Each row has the order and its number in your system."))
    return rows, {ORDER: 0, ERP_NUMBER: 1}


def _row(cells: Sequence[str], columns: Mapping[str, int]) -> Acknowledging | None:
    said = {
        key: " ".join(cells[place].split()) if place < len(cells) else ""
        for key, place in columns.items()
    }
    if not any(said.values()):
        return None
    return Acknowledging(said[ORDER], said[ERP_NUMBER], said.get("content_hash", ""))


def _refused(code: str, sentence: str) -> InvalidInput:
    return InvalidInput("file", code, sentence)
