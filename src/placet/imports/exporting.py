"""Tables that leave: what is there now, an empty one to fill in, and the rows that were refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.imports.ground import Ground
from placet.imports.kept_rows import rows_of_file
from placet.imports.kinds.kind import Kind
from placet.imports.models import ImportFile
from placet.imports.permissions import can_import
from placet.imports.rows import FIRST_ROW
from placet.runs.models import Run

AT_ONCE: Final = 2_000
WHY: Final = "refused_because"


def export_table(kind: Kind, *, actor: Actor, now: datetime) -> Iterator[list[str]]:
    """Header and rows of what the actor keeps; importing it again changes nothing.

    Headers are our own names, the same in every language. Raises ``Forbidden``.
    """
    refuse(can_import(actor, kind))
    return _table(kind, Ground(actor, now))


def _table(kind: Kind, ground: Ground) -> Iterator[list[str]]:
    keys = [column.key for column in kind.columns]
    yield keys
    for row in kind.export_rows(ground):
        yield [row[key] for key in keys]


def template_table(kind: Kind) -> list[list[str]]:
    """A file to fill in: the header alone, so that no example is ever imported."""
    return [[column.key for column in kind.columns]]


def list_refused_rows(run: Run, file: ImportFile) -> Iterator[list[str]]:
    """The refused rows as they were sent, with the reason in a column of its own."""
    header = [name for name in file.header if name != WHY]
    places = [place for place, name in enumerate(file.header) if name != WHY]
    yield [*header, WHY]
    refused = run.rows.filter(content__status="error").order_by("position")
    why = {
        content["row"] - FIRST_ROW: " ".join(one["detail"] for one in content["messages"])
        for content in refused.values_list("content", flat=True).iterator(AT_ONCE)
    }
    for place, cells in enumerate(rows_of_file(file) if why else ()):
        if place in why:
            yield [*(cells[at] for at in places), why[place]]
