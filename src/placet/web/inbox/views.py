"""The inbox, the decision page, and undo."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.core.errors import Conflict, Forbidden, InvalidInput, PlacetError
from placet.requisitions.actions import decide_step, retract_decision
from placet.requisitions.actions.see_revision import see_revision
from placet.requisitions.models import Step
from placet.requisitions.queries import find_revision, get_step
from placet.web.inbox.deciding import approve_rows, read_results
from placet.web.inbox.filters import read_wanted
from placet.web.inbox.flags import LOOKS
from placet.web.inbox.forms import DUES, BulkForm, DecisionForm, InboxFilter
from placet.web.inbox.held import get_own_decision, list_held
from placet.web.inbox.page import read_decision
from placet.web.inbox.tabs import read_tab
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def inbox(request: PageRequest) -> HttpResponse:
    """What waits for me, what waits for others, and what I decided."""
    actor, now = request.actor, request.now
    request.ui.held = list_held(actor, now=now)
    wanted = read_wanted(InboxFilter(request.GET))
    chosen = request.GET.get("preview", "")
    context = {
        "shown": read_tab(actor, wanted, request.GET, now=now),
        "page": read_decision(actor, get_step(actor, chosen), now=now) if chosen else None,
        "looks": LOOKS,
        "dues": DUES,
    }
    return render(request, "web/inbox/list.html", context)


@require_GET
@company_page
def inbox_preview(request: PageRequest, step_id: str) -> HttpResponse:
    """What one row is about: the part of the page beside the list. It counts as no look."""
    step = get_step(request.actor, step_id)
    page = read_decision(request.actor, step, now=request.now)
    return render(request, "web/inbox/preview.html", {"page": page})


@require_POST
@company_page
def inbox_bulk(request: PageRequest) -> HttpResponse:
    """Approve the selected rows; each is its own decision, with its own result."""
    actor = request.actor
    results = read_results(
        approve_rows(BulkForm(request.POST).chosen(), actor=actor, now=request.now)
    )
    if results.approved:
        return render(request, "web/inbox/results.html", {"results": results})
    for result in results.refused:
        messages.error(request, result.sentence)
    if not results.refused:
        messages.info(request, _("Nothing was selected, so nothing was decided."))
    return redirect(company_url(actor, "inbox"))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def decision_page(request: PageRequest, step_id: str) -> HttpResponse:
    """Look at what is asked, and answer it. Looking decides nothing."""
    step = get_step(request.actor, step_id)
    if request.method != "POST":
        return _shown(request, step)
    form = DecisionForm(request.POST)
    form.is_valid()
    try:
        decide_step(
            step,
            kind=form.cleaned_data.get("decision", ""),
            content_hash=form.cleaned_data.get("content_hash", ""),
            reason=form.cleaned_data.get("reason", ""),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        return _shown(request, get_step(request.actor, step_id), error)
    return redirect(company_url(request.actor, "inbox"))


@require_POST
@company_page
def undo_decision(request: PageRequest, decision_id: str) -> HttpResponse:
    """Take an answer back while nobody has been told."""
    decision = get_own_decision(request.actor, decision_id)
    try:
        retract_decision(decision, actor=request.actor, now=request.now)
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect(company_url(request.actor, "inbox"))
    messages.info(request, _("Taken back. You are asked again, and nobody was told."))
    if request.POST.get("back") == "inbox":
        return redirect(company_url(request.actor, "inbox"))
    return redirect(company_url(request.actor, "decision", decision.step_id))


def _shown(request: PageRequest, step: Step, error: PlacetError | None = None) -> HttpResponse:
    actor, now = request.actor, request.now
    before = see_revision(step.requisition, actor=actor, now=now)
    chosen = request.GET.get("from", "")
    if chosen.isdecimal() and len(chosen) < 6:
        before = find_revision(step.requisition, int(chosen)) or before
    context = {
        "page": read_decision(actor, step, before=before, now=now),
        "error": error,
        "posted": request.POST if error else {},
    }
    status = error.status if error else 200
    request.ui.held = list_held(actor, now=now)
    return render(request, "web/inbox/decision.html", context, status=status)
