"""What a back-test found, as its page shows it."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import QueryDict

from placet.core.actor import Actor
from placet.plans.back_test_reading import describe_back_test
from placet.plans.back_test_result import BackTestDescription, HitsDescription
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import get_rulebook
from placet.runs.models import Run
from placet.web.back_tests.changes import ChangePage, Tab, list_tabs, read_kind, read_page
from placet.web.back_tests.charts import (
    LoadRow,
    OutcomeBar,
    WeekChart,
    draw_load,
    draw_outcomes,
    draw_weeks,
)
from placet.web.back_tests.texts import Tried, read_tried
from placet.web.runs.page import ShownRun, show_runs

MOST_PEOPLE: Final = 8


class HitsRow(NamedTuple):
    """A rule's hits in both texts; ``more`` is nothing where one of them lacks the rule."""

    hits: HitsDescription
    more: int | None


class BackTestPage(NamedTuple):
    """Everything on the page of a finished back-test.

    ``load`` and ``hits`` are people and rules for whom something changes, ``more_load`` and
    ``same_hits`` the others; ``affected`` is whoever's load changes most; ``may_write`` shows the
    way back to the draft.
    """

    shown: ShownRun
    rulebook: Rulebook
    found: BackTestDescription
    tried: Tried
    before: OutcomeBar
    after: OutcomeBar
    approvals: WeekChart
    blocked: WeekChart | None
    load: list[LoadRow]
    more_load: list[LoadRow]
    affected: LoadRow | None
    hits: list[HitsRow]
    same_hits: list[HitsRow]
    kind: str
    tabs: list[Tab]
    changes: ChangePage
    may_write: bool


def read_back_test(actor: Actor, run: Run, query: QueryDict) -> BackTestPage:
    """The result with names, charts and one page of purchases.

    Raises ``NotFound`` where the rulebook is no longer within reach, ``NotFinished``.
    """
    rulebook = get_rulebook(actor, run.subject)
    found = describe_back_test(actor, run)
    totals, weeks, load = found.totals, found.weeks, draw_load(found.load)
    changed, hits = [row for row in load if row.more], [_hits_row(one) for one in found.hits]
    before, after = draw_outcomes(totals)
    has_blocked = totals.blocked_before or totals.blocked_after
    return BackTestPage(
        shown=show_runs([run])[0],
        rulebook=rulebook,
        found=found,
        tried=read_tried(actor, rulebook, run),
        before=before,
        after=after,
        approvals=draw_weeks(weeks, lambda week: (week.approval_before, week.approval_after)),
        blocked=(
            draw_weeks(weeks, lambda week: (week.blocked_before, week.blocked_after))
            if has_blocked
            else None
        ),
        load=changed[:MOST_PEOPLE],
        more_load=load[len(changed[:MOST_PEOPLE]) :],  # The greatest difference comes first.
        affected=next(iter(changed), None),
        hits=[row for row in hits if row.more != 0],
        same_hits=[row for row in hits if row.more == 0],
        kind=read_kind(query),
        tabs=list_tabs(totals),
        changes=read_page(actor, run, query),
        may_write=can_manage_rulebook(actor, rulebook) is None,
    )


def _hits_row(hits: HitsDescription) -> HitsRow:
    if hits.before is None or hits.after is None:
        return HitsRow(hits, None)
    return HitsRow(hits, hits.after - hits.before)
