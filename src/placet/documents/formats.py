"""The formats in which a thing leaves as a document: one row each, and the one way to make one.

A new format (cXML, EDIFACT, a house's own) is a module that turns an order into bytes and a row in
``FORMATS``; the downloads of pages and API, and the buttons that lead there, read this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.cells import csv_lines, sheet_of
from placet.core.errors import NotFound
from placet.documents.sheets import order_sheet, requisition_sheet
from placet.documents.typeset import PDF
from placet.documents.ubl import order_as_ubl
from placet.documents.writing import (
    write_evidence,
    write_order,
    write_quote,
    write_requisition,
)

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XML: Final = "application/xml; charset=utf-8"
ORDER, REQUISITION, QUOTE, EVIDENCE = "order", "requisition", "quote", "evidence"
"""The kinds of things that leave; ``evidence`` is that of a requisition."""

Writer = Callable[[Any, Actor, datetime], bytes]


class Format(NamedTuple):
    """A format by its ending: what it is called on a button, and who writes which kind of thing.

    ``is_shown`` by a browser rather than saved.
    """

    ending: str
    name: str
    media_type: str
    writers: Mapping[str, Writer]
    is_shown: bool = False


class Document(NamedTuple):
    """A file: its name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes
    is_shown: bool


FORMATS: Final[dict[str, Format]] = {
    one.ending: one
    for one in (
        Format(
            "pdf",
            "PDF",
            PDF,
            {
                ORDER: lambda order, reader, now: write_order(order, reader=reader, now=now),
                REQUISITION: lambda one, reader, now: write_requisition(
                    one, reader=reader, now=now
                ),
                QUOTE: lambda quote, reader, now: write_quote(quote, reader=reader, now=now),
                EVIDENCE: lambda one, reader, now: write_evidence(one, reader=reader, now=now),
            },
            is_shown=True,
        ),
        Format(
            "csv",
            "CSV",
            CSV,
            {
                ORDER: lambda order, reader, now: _lines(order_sheet([order], reader=reader)),
                REQUISITION: lambda one, reader, now: _lines(
                    requisition_sheet([one], reader=reader)
                ),
            },
        ),
        Format(
            "xlsx",
            "XLSX",
            XLSX,
            {
                ORDER: lambda order, reader, now: sheet_of(
                    order_sheet([order], reader=reader), order.number
                ),
                REQUISITION: lambda one, reader, now: sheet_of(
                    requisition_sheet([one], reader=reader), one.number
                ),
            },
        ),
        Format("ubl.xml", "UBL", XML, {ORDER: lambda order, reader, now: order_as_ubl(order)}),
    )
}
"""All formats by their endings."""


def list_formats(kind: str) -> list[Format]:
    """The formats that a kind of thing has, in the order of the table."""
    return [one for one in FORMATS.values() if kind in one.writers]


def make_document(kind: str, thing: Any, ending: str, *, reader: Actor, now: datetime) -> Document:
    """The thing as a document in a format, as far as ``reader`` may read it.

    Raises ``NotFound`` for a format that this kind of thing does not have.
    """
    found = FORMATS.get(ending)
    if found is None or kind not in found.writers:
        raise NotFound(_("There is no such document."))
    stem = f"{thing.number}-evidence" if kind == EVIDENCE else str(thing.number)
    content = found.writers[kind](thing, reader, now)
    return Document(f"{stem}.{found.ending}", found.media_type, content, found.is_shown)


def _lines(rows: Any) -> bytes:
    return "".join(csv_lines(rows)).encode()
