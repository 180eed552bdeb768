"""Approvals health: where purchases wait, on whom, and who will be missing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.queries import get_member
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.requisitions.actions import reassign_step
from placet.requisitions.health import get_open_step, require_health
from placet.requisitions.models import Step
from placet.web.health.forms import GiveStepForm
from placet.web.health.page import read_health
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def health(request: PageRequest) -> HttpResponse:
    """For those who manage the company, or a unit of it: then that unit and those below it."""
    require_health(request.actor)
    page = read_health(request.actor, now=request.now)
    return render(request, "web/health/page.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def step_give(request: PageRequest, step_id: str) -> HttpResponse:
    """Ask somebody else at a step that waits too long, with a reason."""
    require_health(request.actor)
    step = get_open_step(request.actor, step_id)
    posted = request.POST if request.method == "POST" else None
    form = GiveStepForm(posted, actor=request.actor, step=step)
    if posted is not None and form.is_valid() and _give(request, step, form):
        return redirect(company_url(request.actor, "health"))
    status = 422 if form.errors else 200
    return render(request, "web/health/give.html", {"step": step, "form": form}, status=status)


def _give(request: PageRequest, step: Step, form: GiveStepForm) -> bool:
    try:
        to = get_member(request.actor, form.cleaned_data["to"])
        reassign_step(
            step, to=to, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now
        )
    except (Conflict, InvalidInput, NotFound) as error:
        show_refusal(form, error)
        return False
    messages.success(request, _("%(name)s is asked now, by mail too.") % {"name": to.user.name})
    return True
