"""Asking somebody else: handing on one's seat, adding an approver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.companies.models import Member
from placet.companies.queries import get_member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import add_approver, forward_step
from placet.requisitions.models import Step
from placet.requisitions.queries import get_step
from placet.web.decisions.forms import ColleagueForm
from placet.web.decisions.said import Said, show_again
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def forward(request: PageRequest, step_id: str) -> HttpResponse:
    """A colleague is asked in my place."""

    def wish(step: Step, member: Member, note: str) -> None:
        forward_step(step, to=member, note=note, actor=request.actor, now=request.now)
        asked = _("%(name)s is asked now, in your place.") % {"name": member.user.name}
        messages.success(request, asked)

    return _ask(request, step_id, "forward", wish) or redirect(company_url(request.actor, "inbox"))


@require_POST
@company_page
def add(request: PageRequest, step_id: str) -> HttpResponse:
    """One more person has to say yes."""

    def wish(step: Step, member: Member, note: str) -> None:
        add_approver(step, member=member, note=note, actor=request.actor, now=request.now)
        asked = _("%(name)s will be asked once this step is approved.")
        messages.success(request, asked % {"name": member.user.name})

    page = company_url(request.actor, "decision", step_id)
    return _ask(request, step_id, "approver", wish) or redirect(page)


def _ask(
    request: PageRequest, step_id: str, name: str, wish: Callable[[Step, Member, str], Any]
) -> HttpResponse | None:
    """The page again where it was refused; nothing where it was done."""
    step = get_step(request.actor, step_id)
    form = ColleagueForm(request.POST)
    form.is_valid()
    try:
        chosen = form.cleaned_data.get("member", "")
        if not chosen:
            raise InvalidInput("to", "required", _("Choose a colleague."))
        wish(step, get_member(request.actor, chosen), form.cleaned_data.get("note", ""))
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_again(request, step, Said(name, request.POST, error))
    except NotFound:
        unknown = InvalidInput("to", "unknown", _("Choose a colleague."))
        return show_again(request, step, Said(name, request.POST, unknown))
    return None
