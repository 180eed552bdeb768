"""Approvals health as its page tells it: ages, bottlenecks, gaps, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.requisitions.health import (
    DecisionTimes,
    Gap,
    list_decision_times,
    list_failed_placements,
    list_gaps,
    list_only_approvers,
    list_open_steps,
)
from placet.requisitions.models import Requisition, Step
from placet.requisitions.placement_words import ProblemInWords, describe_problem

DAYS = 90
MOST_FAILED = 20
MOST_STEPS = 50
MOST_PEOPLE = 12


class OpenStepRow(NamedTuple):
    """A step that waits: ``asked`` are the people who can answer; ``state`` colours its age."""

    step: Step
    requisition: Requisition
    asked: tuple[str, ...]
    age: str
    state: str
    is_stuck: bool


class FailedRow(NamedTuple):
    """What is approved and not ordered, with what is in the way and whose it is."""

    requisition: Requisition
    problem: ProblemInWords | None


class TimesRow(NamedTuple):
    """Somebody's times; ``width`` and ``slow_width`` are percentages of the slowest."""

    times: DecisionTimes
    median: str
    slow: str
    width: str
    slow_width: str


class HealthPage(NamedTuple):
    """What the page shows; the lists are empty where nothing is wrong."""

    failed: list[FailedRow]
    steps: list[OpenStepRow]
    is_more: bool
    overdue: int
    stuck: int
    times: list[TimesRow]
    only: list[tuple[Member, int]]
    gaps: list[Gap]
    days: int


def read_health(actor: Actor, *, now: datetime) -> HealthPage:
    """Everything of the page; the number of queries grows with failed placements alone."""
    steps = list(list_open_steps(actor)[: MOST_STEPS + 1])
    rows = [_row(step, now) for step in steps[:MOST_STEPS]]
    times = list_decision_times(actor, since=now - timedelta(days=DAYS))
    return HealthPage(
        failed=[
            FailedRow(one, describe_problem(one, reader=actor, now=now))
            for one in list_failed_placements(actor)[:MOST_FAILED]
        ],
        steps=rows,
        is_more=len(steps) > MOST_STEPS,
        overdue=sum(row.state == "blocked" for row in rows),
        stuck=sum(row.is_stuck for row in rows),
        times=_times_rows(times[:MOST_PEOPLE]),
        only=list_only_approvers(actor),
        gaps=list_gaps(actor, now=now),
        days=DAYS,
    )


def _row(step: Any, now: datetime) -> OpenStepRow:
    asked = tuple(
        dict.fromkeys(
            one.member.user.name
            if one.principal is None
            else _("%(deputy)s for %(person)s")
            % {"deputy": one.member.user.name, "person": one.principal.user.name}
            for one in step.asked
        )
    )
    is_late = step.due_at is not None and step.due_at <= now
    return OpenStepRow(
        step,
        step.requisition,
        asked,
        duration((now - step.opened_at).total_seconds() / 3600),
        "blocked" if is_late or step.is_stuck else "pending",
        step.is_stuck,
    )


def _times_rows(times: Sequence[DecisionTimes]) -> list[TimesRow]:
    most = max((one.slow for one in times), default=0.0) or 1.0
    return [
        TimesRow(
            one,
            duration(one.median),
            duration(one.slow),
            _percent(one.median / most),
            _percent(one.slow / most),
        )
        for one in times
    ]


def _percent(part: float) -> str:
    return f"{part * 100:.2f}".rstrip("0").rstrip(".") + "%"


def duration(hours: float) -> str:
    """A stretch of time in the largest whole unit: minutes, hours or days."""
    if hours < 1:
        minutes = round(hours * 60)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if hours < 48:
        whole = round(hours)
        return ngettext("%(n)d hour", "%(n)d hours", whole) % {"n": whole}
    days = round(hours / 24)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
