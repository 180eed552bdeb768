"""Requisitions: where each purchase stands, in a sentence that names a person and a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.core.errors import Conflict, Forbidden
from placet.requisitions.actions import withdraw_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.queries import get_requisition, list_requisitions
from placet.web.inbox.held import list_held
from placet.web.paging import page_of
from placet.web.requisitions.forms import STATES, RequisitionFilter
from placet.web.requisitions.page import filtered_requisitions, read_requisition
from placet.web.requisitions.rows import list_requisition_rows, state_of
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def requisition_list(request: PageRequest) -> HttpResponse:
    """The requisitions within reach, newest first, with the filters of the address."""
    wanted = RequisitionFilter(request.GET)
    wanted.is_valid()
    chosen = {name: wanted.cleaned_data.get(name, "") for name in ("status", "whose", "q")}
    rows = filtered_requisitions(
        list_requisitions(request.actor),
        request.actor,
        chosen["status"],
        chosen["whose"],
        chosen["q"],
    )
    page = page_of(rows, "submitted_at", request.GET)
    context = {
        "page": page,
        "rows": list_requisition_rows(request.actor, page.rows),
        "states": STATES,
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
    }
    return render(request, "web/requisitions/list.html", context)


@require_GET
@company_page
def requisition_page(request: PageRequest, number: str) -> HttpResponse:
    """One requisition: the sentence, the plan, and everything that proves it."""
    requisition = get_requisition(request.actor, number)
    shown = read_requisition(request.actor, requisition, now=request.now)
    order = shown.timeline.order
    state, label, icon = state_of(requisition, order.status if order else "")
    request.ui.held = list_held(request.actor, now=request.now) if shown.held else []
    context = {"shown": shown, "state": state, "state_label": label, "state_icon": icon}
    return render(request, "web/requisitions/page.html", context)


@require_POST
@company_page
def requisition_withdraw(request: PageRequest, number: str) -> HttpResponse:
    """The requester takes it back; the budget is free again."""
    requisition = get_requisition(request.actor, number)
    try:
        withdraw_requisition(requisition, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _withdrawn(requisition))
    return redirect(company_url(request.actor, "requisition", requisition.number))


def _withdrawn(requisition: Requisition) -> str:
    requisition.refresh_from_db()
    if requisition.status == Requisition.Status.ORDERED:
        said = _("The change of %(number)s is taken back. The order stays as it was.")
        return said % {"number": requisition.number}
    said = _("%(number)s is withdrawn. The budget is free again.")
    return said % {"number": requisition.number}
