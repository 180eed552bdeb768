"""The purchases that would go another way: those of one kind of change, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.plans.back_test_reading import list_changes
from placet.plans.back_test_result import ChangeDescription, Totals
from placet.plans.back_test_tally import MOST_CHANGES
from placet.requisitions.queries import list_requisitions
from placet.runs.models import Run
from placet.web.paging import PAGE_SIZE

Test = Callable[[ChangeDescription], bool]

KINDS: Final[Mapping[str, tuple[str | Promise, Test]]] = {
    "free_to_approval": (
        gettext_lazy("Approval added"),
        lambda one: (one.before, one.after) == ("free", "approval"),
    ),
    "approval_to_free": (
        gettext_lazy("Approval gone"),
        lambda one: (one.before, one.after) == ("approval", "free"),
    ),
    "newly_blocked": (
        gettext_lazy("Newly blocked"),
        lambda one: one.after == "blocked" != one.before,
    ),
    "no_longer_blocked": (
        gettext_lazy("No longer blocked"),
        lambda one: one.before == "blocked" != one.after,
    ),
    "other_people": (gettext_lazy("Other people"), lambda one: one.before == one.after),
}
"""Each changed purchase is of exactly one kind; the names are those of ``Totals`` and the address.

``other_people`` is the rest: approved before and after, by others or in another number of steps.
"""

OUTCOMES: Final[Mapping[str, tuple[str, str, str | Promise]]] = {
    "free": ("approved", "check", gettext_lazy("nobody is asked")),
    "approval": ("pending", "clock", gettext_lazy("needs approval")),
    "blocked": ("blocked", "ban", gettext_lazy("blocked")),
}
"""An outcome's badge: colour, icon, words."""


class Tab(NamedTuple):
    """A kind of change with how many purchases it counts; an empty key is all of them."""

    key: str
    label: str
    purchases: int


class ChangeRow(NamedTuple):
    """A purchase with the badges of its outcomes. ``is_open_to_reader``: its page may be opened."""

    change: ChangeDescription
    before: tuple[str, str, str | Promise]
    after: tuple[str, str, str | Promise]
    is_open_to_reader: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One page of changed purchases; the fields are those of ``web.paging.Page``."""

    rows: list[ChangeRow]
    count: int
    is_more_counted: bool
    next_query: str
    is_first: bool


def list_tabs(totals: Totals) -> list[Tab]:
    """All, and the kinds that occur; all changed purchases are counted, listed or not."""
    counts = {
        kind: getattr(totals, kind) if kind in Totals._fields else _others(totals) for kind in KINDS
    }
    found = [Tab(kind, str(KINDS[kind][0]), count) for kind, count in counts.items() if count]
    return [Tab("", _("All"), totals.changed), *found]


def read_kind(query: QueryDict) -> str:
    """The kind that the address asks for; what is none of them is all."""
    wanted = query.get("change", "")
    return wanted if wanted in KINDS else ""


def changes_of(actor: Actor, run: Run, kind: str) -> list[ChangeDescription]:
    """The listed purchases of one kind, or all, the newest first."""
    found = list_changes(actor, run, limit=MOST_CHANGES)
    return [change for change in found if not kind or KINDS[kind][1](change)]


def read_page(actor: Actor, run: Run, query: QueryDict) -> ChangePage:
    """The page behind ``after``, the position of the row before it; raises ``NotFound``."""
    found = changes_of(actor, run, read_kind(query))
    after = query.get("after", "")
    if after and not (after.isascii() and after.isdigit() and len(after) < 10):
        raise NotFound(_("This list has changed; start at its beginning."))
    behind = [change for change in found if change.position > int(after or 0)]
    shown = behind[:PAGE_SIZE]
    next_query = ""
    if len(behind) > PAGE_SIZE:
        wanted = query.copy()
        wanted["after"] = str(shown[-1].position)
        next_query = wanted.urlencode()
    ids = [change.requisition for change in shown]
    within_reach = list_requisitions(actor).filter(pk__in=ids) if ids else []
    reached = {requisition.pk for requisition in within_reach}
    rows = [
        ChangeRow(
            change,
            OUTCOMES[change.before],
            OUTCOMES[change.after],
            change.requisition in reached,
        )
        for change in shown
    ]
    return ChangePage(rows, len(found), False, next_query, not after)


def _others(totals: Totals) -> int:
    return totals.changed - (
        totals.free_to_approval
        + totals.approval_to_free
        + totals.newly_blocked
        + totals.no_longer_blocked
    )
