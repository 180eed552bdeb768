"""Runs as people see them: their own, and all of the company for its admins."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.runs.models import Run

ADMIN: Final = "company.manage"
"""The permission with which somebody sees the runs of others; its home is above this room."""


def list_runs(actor: Actor) -> QuerySet[Run]:
    """The runs that the actor may see (and cancel), the newest first."""
    runs = Run.objects.filter(company_id=actor.company_id)
    if not (actor.is_system or actor.holds(ADMIN)):
        own = {"started_by": actor.member_id} if actor.member_id else {}
        runs = runs.filter(**(own or {"person_user": actor.person_user_id, "started_by": ""}))
    return runs.order_by("-created_at", "-id")


def get_run(actor: Actor, run_id: str) -> Run:
    """One run within reach; raises ``NotFound``."""
    found = list_runs(actor).filter(pk=run_id).first()
    if found is None:
        raise NotFound(_("There is no such run."))
    return found


def list_run_rows(run: Run, *, after: int = 0, limit: int = 50) -> list[tuple[int, Any]]:
    """The next rows behind a position, as (position, content); ``run`` was reached already."""
    rows = run.rows.filter(position__gt=after).order_by("position")
    return list(rows.values_list("position", "content")[:limit])


class Bar(NamedTuple):
    """What a progress bar shows: ``percent`` is 100 for what is done, and only then."""

    done: int
    total: int
    percent: int


def count_progress(run: Run) -> Bar:
    """How far a run is."""
    percent = 100 if run.status == Run.Status.DONE else 0
    if run.status != Run.Status.DONE and run.total:
        percent = min(100 * run.done // run.total, 99)
    return Bar(run.done, run.total, percent)
