"""Which part of the inbox is looked at, all of it in the address."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from placet.core.actor import Actor
from placet.core.formats import zone_of
from placet.requisitions.attention import with_sign
from placet.requisitions.models import RevisionLine, StepAssignment
from placet.web.inbox.forms import COLUMNS, InboxFilter


class Wanted(NamedTuple):
    """What the address asks for; ``due`` first unless ``sort`` says otherwise."""

    tab: str
    text: str
    look: str
    due: str
    sort: str

    @property
    def is_filtered(self) -> bool:
        """Whether rows are left out."""
        return bool(self.text or self.look or self.due)

    @property
    def column(self) -> str:
        """The column that the rows stand in order of."""
        return COLUMNS[self.sort.removeprefix("-")]

    @property
    def is_by_due(self) -> bool:
        """Whether what is due first stands first."""
        return self.sort == "due"


def read_wanted(form: InboxFilter) -> Wanted:
    """The filters of a page; the first tab, due first, where the address says nothing."""
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name, "") for name in form.fields}
    return Wanted(
        chosen["tab"] or "decide",
        chosen["q"],
        chosen["look"],
        chosen["due"],
        chosen["sort"] or "due",
    )


def matching(
    rows: QuerySet[StepAssignment], wanted: Wanted, actor: Actor, *, now: datetime
) -> QuerySet[StepAssignment]:
    """The rows with these words, this sign, due by then."""
    if wanted.text:
        rows = rows.filter(_with_text(wanted.text))
    if wanted.due:
        rows = rows.filter(due_at__lt=_due_before(wanted.due, actor, now))
    return with_sign(rows, wanted.look, actor) if wanted.look else rows


def _with_text(text: str) -> Q:
    """In the requisition's name, number, PO number or buyer, or as the SKU of a line."""
    lines = RevisionLine.objects.filter(sku__iexact=text).values("revision_id")
    found = Q(step__revision_id__in=lines)
    for column in ("name", "number", "po_number", "requester__user__name"):
        found |= Q((f"requisition__{column}__icontains", text))
    return found


def _due_before(due: str, actor: Actor, now: datetime) -> datetime:
    if due == "over":
        return now
    zone = zone_of(actor.time_zone)
    days = 1 if due == "today" else 8
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=days), time(), zone)
