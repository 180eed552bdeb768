"""Suggestions: made on the decision page, answered on the requisition's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import (
    accept_suggestions,
    decline_suggestion,
    suggest_changes,
    suggest_line,
)
from placet.requisitions.queries import get_requisition, get_step
from placet.web.decisions.forms import AcceptForm, SuggestionForm
from placet.web.decisions.said import Said, show_again
from placet.web.decisions.suggested import read_suggestion_box
from placet.web.requisitions.page import read_requisition
from placet.web.requisitions.rows import state_of
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def suggest(request: PageRequest, step_id: str) -> HttpResponse:
    """Suggest another quantity or another product, perhaps with a request for changes."""
    step = get_step(request.actor, step_id)
    form = SuggestionForm(request.POST)
    form.is_valid()
    returns = request.POST.get("answer") == "changes"
    wish = suggest_changes if returns else suggest_line
    try:
        wish(
            step,
            content_hash=form.cleaned_data.get("content_hash", ""),
            line=form.cleaned_data.get("line") or 0,
            quantity=form.cleaned_data.get("quantity") or 0,
            sku=form.cleaned_data.get("sku", ""),
            note=form.cleaned_data.get("note", ""),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_again(request, step, Said("suggest", request.POST, error))
    if returns:
        return redirect(company_url(request.actor, "inbox"))
    told = _("%(name)s can accept your suggestion with one click.")
    messages.success(request, told % {"name": step.requisition.requester.user.name})
    return redirect(company_url(request.actor, "decision", step_id))


@require_POST
@company_page
def accept(request: PageRequest, number: str) -> HttpResponse:
    """Accept the ticked suggestions and resubmit; what has changed since is shown first."""
    requisition = get_requisition(request.actor, number)
    form = AcceptForm(request.POST)
    form.is_valid()
    try:
        if not form.chosen():
            raise InvalidInput("suggestion", "required", _("Choose a suggestion."))
        revision = accept_suggestions(
            requisition,
            suggestions=form.chosen(),
            plan_hash=form.cleaned_data.get("plan_hash", ""),
            warnings_read=bool(form.cleaned_data.get("read")),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        return _accept_again(request, number, form, error)
    told = _("%(number)s goes on as revision %(n)d.")
    messages.success(request, told % {"number": requisition.number, "n": revision.number})
    return redirect(company_url(request.actor, "requisition", requisition.number))


def _accept_again(
    request: PageRequest, number: str, form: AcceptForm, error: Conflict | Forbidden | InvalidInput
) -> HttpResponse:
    """The requisition's page with what accepting the ticked ones would lead to now."""
    actor, now = request.actor, request.now
    requisition = get_requisition(actor, number)
    state, label, icon = state_of(requisition)
    context = {
        "shown": read_requisition(actor, requisition, now=now),
        "state": state,
        "state_label": label,
        "state_icon": icon,
        "box": read_suggestion_box(actor, requisition, chosen=form.chosen(), now=now),
        "box_error": error,
    }
    return render(request, "web/requisitions/page.html", context, status=error.status)


@require_POST
@company_page
def decline(request: PageRequest, number: str, suggestion_id: str) -> HttpResponse:
    """Leave it as it is."""
    requisition = get_requisition(request.actor, number)
    found = requisition.suggestions.filter(pk=suggestion_id).first()
    if found is None:
        raise NotFound(_("There is no such suggestion."))
    try:
        reason = request.POST.get("reason", "")
        decline_suggestion(found, reason=reason, actor=request.actor, now=request.now)
    except (Conflict, Forbidden, InvalidInput) as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("Declined. Nothing has changed."))
    return redirect(company_url(request.actor, "requisition", requisition.number))
