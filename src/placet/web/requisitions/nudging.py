"""*Ask again*: a button, a note, and when it is possible the next time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, RateLimited
from placet.requisitions.actions import nudge_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.nudging import can_nudge_requisition, read_nudging
from placet.requisitions.queries import get_requisition
from placet.web.shell import PageRequest, company_page, company_url


class NudgeBox(NamedTuple):
    """What the requester sees: whom a mail would go to, else when it can be sent."""

    requisition: Requisition
    people: tuple[str, ...]
    is_supplier: bool
    next_at: datetime | None
    last_at: datetime | None
    expires_at: datetime | None


def read_nudge_box(actor: Actor, requisition: Requisition, now: datetime) -> NudgeBox | None:
    """The box of a purchase that waits, for its requester; nothing where nobody is asked."""
    if can_nudge_requisition(actor, requisition):
        return None
    nudging = read_nudging(requisition, now=now)
    if not nudging.asked:
        return None
    members = sorted({member for step in nudging.steps for member in nudging.asked[step]})
    people = Member.objects.filter(pk__in=members).select_related("user")
    own = [one for one in people if one.company_id == requisition.company_id]
    return NudgeBox(
        requisition=requisition,
        people=tuple(sorted(one.user.name for one in own)),
        is_supplier=len(own) < len(members),
        next_at=nudging.next_at,
        last_at=nudging.last_at,
        expires_at=requisition.expires_at,
    )


@require_POST
@company_page
def requisition_nudge(request: PageRequest, number: str) -> HttpResponse:
    """Those who are asked get a mail; too early a wish says when it is possible."""
    requisition = get_requisition(request.actor, number)
    note = request.POST.get("note", "")
    try:
        nudge_requisition(requisition, note=note, actor=request.actor, now=request.now)
    except (Conflict, Forbidden, InvalidInput, RateLimited) as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("They were asked again. Each gets a mail."))
    return redirect(company_url(request.actor, "requisition", requisition.number))
