"""Placing again what was approved and could not be ordered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.core.errors import Conflict, Forbidden
from placet.requisitions.actions import retry_placement
from placet.requisitions.models import Requisition
from placet.requisitions.queries import get_requisition
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def requisition_retry(request: PageRequest, number: str) -> HttpResponse:
    """Everything is looked up again; what is still in the way is said."""
    requisition = get_requisition(request.actor, number)
    try:
        placed = retry_placement(requisition, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _said(placed))
    return redirect(company_url(request.actor, "requisition", requisition.number))


def _said(placed: Requisition) -> str:
    if placed.status == Requisition.Status.ORDERED:
        return _("%(number)s is ordered.") % {"number": placed.number}
    said = _("Prices have moved: %(number)s has a new revision, which is asked for again.")
    return said % {"number": placed.number}
