"""The simulator: what a purchase would need, under what holds or under a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.companies.permissions import RULE_MANAGE
from placet.core.errors import Conflict, InvalidInput
from placet.web.access import require_anywhere
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.simulator.forms import KeepForm
from placet.web.simulator.keeping import keep
from placet.web.simulator.page import context_of, read_simulator
from placet.web.simulator.wish import read_wish


@require_GET
@company_page
def simulator(request: PageRequest) -> HttpResponse:
    """The purchase in the address, and what it would need; the address can be sent on."""
    wish = read_wish(request.GET)
    page = read_simulator(request.actor, wish, now=request.now)
    status = 422 if page.error else 200
    answer = render(request, "web/simulator/page.html", context_of(page), status=status)
    if request.htmx:
        answer["HX-Push-Url"] = f"{company_url(request.actor, 'simulator')}?{wish.address()}"
    return answer


@require_POST
@company_page
def simulator_keep(request: PageRequest) -> HttpResponse:
    """Keep the tried purchase as an example beside the rules; its address is sent along."""
    require_anywhere(request.actor, RULE_MANAGE)
    form = KeepForm(request.POST)
    form.is_valid()
    wish = read_wish(QueryDict(form.cleaned_data.get("tried", "")))
    try:
        kept = keep(request.actor, wish, form.cleaned_data, now=request.now)
        said = _("Kept: publishing “%(name)s” now checks this purchase.")
        messages.success(request, said % {"name": kept.name})
    except (InvalidInput, Conflict) as error:
        messages.error(request, error.detail)
    return redirect(f"{company_url(request.actor, 'simulator')}?{wish.address()}")
