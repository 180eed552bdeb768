"""Conversations about a purchase after it was submitted, and the approver's question."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound, PlacetError
from placet.orders.queries import find_order_of
from placet.requisitions.actions import (
    ask_requester,
    comment_on_requisition,
    resolve_requisition_thread,
)
from placet.requisitions.models import Requisition
from placet.requisitions.queries import get_requisition, get_step
from placet.web.decisions.forms import CommentForm
from placet.web.decisions.said import Said, show_again
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.threads.sending import read_uploads


@require_POST
@company_page
def ask(request: PageRequest, step_id: str) -> HttpResponse:
    """Ask the requester a question; they are told, and nothing is decided."""
    step = get_step(request.actor, step_id)
    form = CommentForm(request.POST)
    form.is_valid()
    try:
        ask_requester(
            step.requisition,
            text=form.cleaned_data.get("text", ""),
            line=form.cleaned_data.get("line") or 0,
            actor=request.actor,
            now=request.now,
        )
    except (Forbidden, InvalidInput, NotFound) as error:
        return show_again(request, step, Said("ask", request.POST, error))
    asked = _("%(name)s is told of your question.")
    messages.success(request, asked % {"name": step.requisition.requester.user.name})
    return redirect(company_url(request.actor, "decision", step_id))


@require_POST
@company_page
def comment(request: PageRequest, number: str) -> HttpResponse:
    """Say something about the purchase, or about one of its lines."""
    requisition = get_requisition(request.actor, number)
    form = CommentForm(request.POST)
    form.is_valid()
    line = form.cleaned_data.get("line") or 0
    try:
        comment_on_requisition(
            requisition,
            text=form.cleaned_data.get("text", ""),
            line=line,
            files=read_uploads(request),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput, NotFound) as error:
        _tell(request, error)
    return redirect(_back(request, requisition, line))


@require_POST
@company_page
def resolve(request: PageRequest, number: str) -> HttpResponse:
    """Say that a question is answered; an answer opens it again."""
    requisition = get_requisition(request.actor, number)
    form = CommentForm(request.POST)
    form.is_valid()
    line = form.cleaned_data.get("line") or 0
    try:
        resolve_requisition_thread(requisition, line=line, actor=request.actor, now=request.now)
    except (Conflict, Forbidden, NotFound) as error:
        _tell(request, error)
    return redirect(_back(request, requisition, line))


def _tell(request: PageRequest, error: PlacetError) -> None:
    messages.error(request, error.detail)


def _back(request: PageRequest, requisition: Requisition, line: int) -> str:
    """To where they spoke: the decision page of a step, the order's, or the requisition's own."""
    place = f"#talk-{line}" if line else "#h-talk"
    step_id = request.POST.get("step", "")
    if step_id and requisition.steps.filter(pk=step_id).exists():
        return company_url(request.actor, "decision", step_id) + place
    order = find_order_of(requisition.pk) if "order" in request.POST else None
    if order is not None:
        return company_url(request.actor, "order", order.number) + place
    return company_url(request.actor, "requisition", requisition.pk) + place
