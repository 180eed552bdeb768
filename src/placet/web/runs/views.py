"""A run: looked at until it ends, stopped, and then its result."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.imports import undo as import_undo
from placet.imports import work as import_work
from placet.imports.quick_order import work as quick_order
from placet.plans.back_test_run import KIND as BACK_TEST
from placet.runs.actions import RunEnded, cancel_run
from placet.runs.models import Run
from placet.runs.queries import get_run
from placet.web.back_tests.views import show_back_test
from placet.web.paging import page_of
from placet.web.quick_order.adding import show_quick_order
from placet.web.runs.page import list_shown_runs, show_runs
from placet.web.shell import PageRequest, company_page, company_url


def _lead_to_import(request: PageRequest, found: Run) -> HttpResponse:
    """An import has pages of its own; what was taken back stands on the import's."""
    shown = found.subject if found.kind == import_undo.KIND else found.pk
    return redirect(company_url(request.actor, "import_run", shown))


RESULTS: Mapping[str, Callable[[PageRequest, Run], HttpResponse]] = {
    BACK_TEST: show_back_test,
    import_work.KIND: _lead_to_import,
    import_undo.KIND: _lead_to_import,
    quick_order.KIND: show_quick_order,
}
"""What draws the result of a run that is done, by its kind."""


@require_GET
@company_page
def run_list(request: PageRequest) -> HttpResponse:
    """The reader's runs, for company admins all of the company."""
    page = page_of(list_shown_runs(request.actor), "created_at", request.GET)
    context = {"page": page, "runs": show_runs(page.rows)}
    return render(request, "web/runs/list.html", context)


@require_GET
@company_page
def run(request: PageRequest, run_id: str) -> HttpResponse:
    """How far it is, or what came of it. A page that waits asks for the state alone."""
    found = get_run(request.actor, run_id)
    shown = show_runs([found])[0]
    if request.htmx and not request.htmx.boosted:
        answer = render(request, "web/runs/state.html", {"shown": shown})
        if not shown.is_open:
            answer["HX-Refresh"] = "true"  # The whole page is another one now.
        return answer
    if found.status == Run.Status.DONE and found.kind in RESULTS:
        return RESULTS[found.kind](request, found)
    return render(request, "web/runs/page.html", {"shown": shown})


@require_POST
@company_page
def run_cancel(request: PageRequest, run_id: str) -> HttpResponse:
    """Stop it; where it has ended meanwhile, its page says how."""
    found = get_run(request.actor, run_id)
    try:
        cancel_run(found, actor=request.actor, now=request.now)
        messages.success(request, _("Cancelled. Nothing of it was kept."))
    except RunEnded as error:
        messages.info(request, error.detail)
    return redirect(company_url(request.actor, "run", run_id))
