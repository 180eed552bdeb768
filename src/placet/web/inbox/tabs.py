"""The three parts of the inbox: to decide, waiting on others, decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import QueryDict

from placet.core.actor import Actor
from placet.requisitions.models import RevisionLine, StepAssignment
from placet.requisitions.queries import list_decided, list_inbox, list_waiting_on_others
from placet.web.inbox.rows import Group, InboxRow, grouped, list_rows
from placet.web.paging import Page, page_of
from placet.web.requisitions.rows import RequisitionRow, list_requisition_rows

MOST_SHOWN = 200


class InboxTab(NamedTuple):
    """One tab with its rows, and how many stand in the first two."""

    tab: str
    text: str
    to_decide: int
    on_others: int
    groups: list[Group]
    rows: list[InboxRow]
    waiting: list[RequisitionRow]
    page: Page[Any] | None
    sum_minor: int
    currency: str

    @property
    def plain(self) -> int:
        """How many rows have nothing to look at: the ones that select-all selects."""
        return sum(not row.flags for row in self.rows)

    @property
    def first(self) -> InboxRow | None:
        """The row that is due first."""
        return self.rows[0] if self.rows else None


def read_tab(actor: Actor, tab: str, text: str, query: QueryDict, *, now: datetime) -> InboxTab:
    """The rows of a tab; the number of queries does not depend on how many there are."""
    open_rows, others = list_inbox(actor), list_waiting_on_others(actor)
    rows: list[InboxRow] = []
    waiting: list[RequisitionRow] = []
    page: Page[Any] | None = None
    if tab == "others":
        page = page_of(others, "submitted_at", query)
        waiting = list_requisition_rows(actor, page.rows)
    elif tab == "decided":
        page = page_of(list_decided(actor), "decided_at", query)
        rows = list_rows(actor, page.rows, now=now)
    else:
        rows = list_rows(actor, list(_matching(open_rows, text)[:MOST_SHOWN]), now=now)
    currencies = {row.requisition.currency for row in rows}
    return InboxTab(
        tab=tab,
        text=text,
        to_decide=open_rows.order_by().values("step_id").distinct()[:1001].count(),
        on_others=others.order_by()[:1001].count(),
        groups=grouped(rows) if tab == "decide" else [],
        rows=rows,
        waiting=waiting,
        page=page,
        sum_minor=sum(row.requisition.total_minor for row in rows),
        currency=currencies.pop() if len(currencies) == 1 else "",
    )


def _matching(rows: QuerySet[StepAssignment], text: str) -> QuerySet[StepAssignment]:
    """The rows whose requisition has the text in its name, number, PO number, buyer or SKUs."""
    if not text:
        return rows
    lines = RevisionLine.objects.filter(sku__iexact=text).values("revision_id")
    found = Q(step__revision_id__in=lines)
    for column in ("name", "number", "po_number", "requester__user__name"):
        found |= Q((f"requisition__{column}__icontains", text))
    return rows.filter(found)
