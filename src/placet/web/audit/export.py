"""The audit trail as CSV and XLSX: the events of the list, with everything that proves them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.cells import csv_lines, sheet_of
from placet.events.models import Event
from placet.web.audit.page import AuditRow, read_rows

CHUNK = 500
MOST_ROWS = 100_000


def export_lines(events: QuerySet[Event], actor: Actor) -> Iterator[str]:
    """Lines of CSV, newest event first; read in pieces, so that memory stays small.

    They leave after the view has returned, so the reader's language is set here again.
    """
    with translation.override(actor.language), timezone.override(actor.time_zone):
        yield from csv_lines(_rows(events, actor))


def export_sheet(events: QuerySet[Event], actor: Actor) -> bytes:
    """The newest ``MOST_ROWS`` events as one sheet: more does not fit into one."""
    return sheet_of(islice(_rows(events, actor), MOST_ROWS + 1), _("Audit"))


def _rows(events: QuerySet[Event], actor: Actor) -> Iterator[list[object]]:
    yield [
        *(_("Number"), _("Time (UTC)"), _("Event"), _("Sentence"), _("Who"), _("Channel")),
        *(_("Subject"), _("Values"), _("Private words"), _("Hash"), _("Hash before"), _("Fault")),
    ]
    last: int | None = None
    while chunk := list(_behind(events, last)[:CHUNK]):
        for row in read_rows(chunk, actor):
            yield _cells(row)
        last = chunk[-1].seq


def _behind(events: QuerySet[Event], last: int | None) -> QuerySet[Event]:
    return events if last is None else events.filter(seq__lt=last)


def _cells(row: AuditRow) -> list[object]:
    event = row.event
    private = "; ".join(f"{key}: {text}" for key, text in row.private)
    return [
        event.seq,
        event.created_at.isoformat(),
        event.type,
        row.sentence,
        row.who,
        event.channel,
        event.subject,
        event.payload,
        private,
        event.hash,
        event.previous_hash,
        row.fault,
    ]
