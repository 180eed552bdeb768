"""Approving with fewer pieces, and looking first at what that would lead to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.requisitions.actions import decide_step
from placet.requisitions.models import Decision, Step
from placet.requisitions.queries import get_step
from placet.requisitions.reducing import show_reduction
from placet.web.decisions.forms import LinesForm
from placet.web.decisions.reduction import read_reduction
from placet.web.decisions.said import Said, show_again
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def lower_lines(request: PageRequest, step_id: str) -> HttpResponse:
    """Approve what is left of the lines, or look first at what that would lead to."""
    step = get_step(request.actor, step_id)
    form = LinesForm(request.POST)
    form.is_valid()
    try:
        if form.cleaned_data.get("answer") != "approve":
            return _preview(request, step, form)
        decide_step(
            step,
            kind=Decision.Kind.APPROVE,
            content_hash=form.cleaned_data.get("content_hash", ""),
            reason=form.cleaned_data.get("reason", ""),
            lines=form.lines(),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_again(request, step, Said("lines", request.POST, error))
    return redirect(company_url(request.actor, "inbox"))


def _preview(request: PageRequest, step: Step, form: LinesForm) -> HttpResponse:
    found = show_reduction(
        step,
        reason=form.cleaned_data.get("reason", ""),
        lines=form.lines(),
        actor=request.actor,
        now=request.now,
    )
    shown = read_reduction(request.actor, step, found, now=request.now) if found else None
    return show_again(request, step, Said("lines", request.POST, None, shown))
