"""Runs: what is under way, what came of it, and stopping it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from placet.api.call import ApiRequest
from placet.api.paging import Page, listed, page_of, read_cursor, write_cursor
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.run import BackTestChange, Run, show_changes, show_run, show_runs
from placet.api.versions import tag
from placet.core.errors import InvalidInput
from placet.plans.back_test_reading import list_changes
from placet.runs import actions, models, queries

router = Router(tags=["runs"])


class NewCancellation(Wish):
    """Nothing needs to be said."""


@router.get("/runs", response=ListOf[Run])
def list_runs(request: ApiRequest, page: Query[Page]) -> ListOf[Run]:
    """The caller's runs, for company admins all of the company, the newest first; no results."""
    return page_of(request, queries.list_runs(request.actor), page, show_runs)


@router.get("/runs/{run_id}", response=Run)
def get_run(request: ApiRequest, run_id: str) -> Run:
    """One run with its progress and, when it is done, its result."""
    return _shown(request, queries.get_run(request.actor, run_id))


@router.get("/runs/{run_id}/changes", response=ListOf[BackTestChange])
def list_run_changes(request: ApiRequest, run_id: str, page: Query[Page]) -> ListOf[BackTestChange]:
    """The purchases that a back-test's text would change, the newest first; at most 1,000."""
    run = queries.get_run(request.actor, run_id)
    behind = read_cursor(request, page)
    if behind is not None and not (len(behind) == 1 and isinstance(behind[0], int)):
        raise InvalidInput("/query/cursor", "cursor", _("This cursor is not one of this list."))
    found = list_changes(request.actor, run, after=behind[0] if behind else 0, limit=page.limit + 1)
    shown = found[: page.limit]
    has_more = len(found) > page.limit
    following = write_cursor(request, page, [shown[-1].position]) if has_more else None
    return listed(request, show_changes(shown), following)


@router.post("/runs/{run_id}/cancellations", response={201: Run})
def cancel_run(request: ApiRequest, run_id: str, body: NewCancellation) -> Status[Run]:
    """Stop a run that waits or works; nothing of it is kept."""
    run = queries.get_run(request.actor, run_id)
    cancelled = actions.cancel_run(run, actor=request.actor, now=request.now)
    return Status(201, _shown(request, cancelled))


def _shown(request: ApiRequest, run: models.Run) -> Run:
    tag(request, run.version)
    return show_run(run, request.actor)
