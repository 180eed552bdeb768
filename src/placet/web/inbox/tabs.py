"""The parts of the inbox: to decide, delegated to me, waiting on others, decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.http import QueryDict

from placet.core.actor import Actor
from placet.requisitions.models import StepAssignment
from placet.requisitions.queries import (
    MOST_COUNTED,
    count_inbox,
    list_delegated,
    list_inbox,
    list_waiting_on_others,
)
from placet.web.inbox.decided import DecidedRow, list_decided_rows, list_own_decisions
from placet.web.inbox.filters import Wanted, matching
from placet.web.inbox.forms import COLUMNS, CURRENCY
from placet.web.inbox.rows import Group, InboxRow, grouped, list_rows
from placet.web.paging import Page, page_of, page_sorted
from placet.web.requisitions.rows import RequisitionRow, list_requisition_rows

PAGE_SIZE = 50


class Counts(NamedTuple):
    """How much stands in each tab, counted no further than one beyond the most that is told."""

    to_decide: int
    delegated: int
    on_others: int


class InboxTab(NamedTuple):
    """One tab with its rows: of its kind of rows only one list is filled."""

    wanted: Wanted
    counts: Counts
    page: Page[Any]
    rows: list[InboxRow]
    waiting: list[RequisitionRow]
    decided: list[DecidedRow]

    @property
    def tab(self) -> str:
        """Which part is looked at."""
        return self.wanted.tab

    @property
    def groups(self) -> list[Group]:
        """The rows by when they are due, where they stand in that order; else as one group."""
        return grouped(self.rows) if self.wanted.is_by_due else [Group("", self.rows)]

    @property
    def plain(self) -> int:
        """How many rows have nothing to look at: the ones that can be approved together."""
        return sum(not row.flags for row in self.rows)

    @property
    def is_whole(self) -> bool:
        """Whether every row of the tab is on this page, so that a sum of them is the sum."""
        return self.page.is_first and not self.page.next_query and not self.wanted.is_filtered

    @property
    def currency(self) -> str:
        """The currency of all rows, or nothing where there are several."""
        currencies = {row.requisition.currency for row in self.rows}
        return currencies.pop() if len(currencies) == 1 else ""

    @property
    def is_by_total(self) -> bool:
        """Whether the rows stand by their totals, which are compared within one currency."""
        return self.wanted.column == COLUMNS["total"]

    @property
    def sum_minor(self) -> int:
        """The rows of this page together, where they have one currency."""
        return sum(row.requisition.total_minor for row in self.rows)

    @property
    def first(self) -> InboxRow | None:
        """The row that is due first, where the page begins with it."""
        is_it = self.wanted.is_by_due and self.page.is_first and not self.wanted.is_filtered
        return self.rows[0] if self.rows and is_it else None


def read_tab(actor: Actor, wanted: Wanted, query: QueryDict, *, now: datetime) -> InboxTab:
    """The rows of a tab; the number of queries does not depend on how many there are."""
    rows: list[InboxRow] = []
    waiting: list[RequisitionRow] = []
    decided: list[DecidedRow] = []
    page: Page[Any]
    if wanted.tab == "others":
        page = page_of(list_waiting_on_others(actor), "submitted_at", query)
        waiting = list_requisition_rows(actor, page.rows)
    elif wanted.tab == "decided":
        page = page_of(list_own_decisions(actor), "created_at", query)
        decided = list_decided_rows(page.rows)
    else:
        page = _page_to_decide(actor, wanted, query, now)
        rows = list_rows(actor, page.rows, now=now)
    return InboxTab(wanted, read_counts(actor), page, rows, waiting, decided)


def read_counts(actor: Actor) -> Counts:
    """The numbers of the tabs, in three queries."""
    return Counts(
        count_inbox(actor),
        list_delegated(actor).order_by()[: MOST_COUNTED + 1].count(),
        list_waiting_on_others(actor).order_by()[: MOST_COUNTED + 1].count(),
    )


def _page_to_decide(
    actor: Actor, wanted: Wanted, query: QueryDict, now: datetime
) -> Page[StepAssignment]:
    """Rows that were decided meanwhile still say where the next page begins."""
    rows = list_delegated(actor) if wanted.tab == "delegated" else list_inbox(actor)
    return page_sorted(
        matching(rows, wanted, actor, now=now),
        wanted.column,
        query,
        is_falling=wanted.sort.startswith("-"),
        known=StepAssignment.objects.filter(member_id=actor.member_id),
        grouped_by=CURRENCY if wanted.column == COLUMNS["total"] else "",
        size=PAGE_SIZE,
    )
