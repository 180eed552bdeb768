"""Scheduling a list, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.carts.lists.queries import get_list
from placet.carts.models import Schedule
from placet.carts.schedules.actions import (
    change_schedule,
    create_schedule,
    end_schedule,
    pause_schedule,
    resume_schedule,
    skip_occurrence,
)
from placet.carts.schedules.permissions import can_schedule_list
from placet.carts.schedules.queries import get_schedule
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound, PlacetError
from placet.requisitions.actions import withdraw_envelope
from placet.requisitions.standing_preview import preview_occurrence
from placet.web.attempt import attempt, status_of
from placet.web.lists.schedule_forms import ScheduleForm
from placet.web.lists.schedule_page import read_schedule
from placet.web.shell import PageRequest, company_page, company_url

FIELDS = {"references": "po_number"}
REFUSED = (Conflict, Forbidden, InvalidInput, NotFound)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def schedule_new(request: PageRequest, list_id: str) -> HttpResponse:
    """When and how the list is to be bought again."""
    wanted = get_list(request.actor, list_id)
    refuse(can_schedule_list(request.actor, wanted, Schedule.Kind.REMINDER))
    posted = request.POST if request.method == "POST" else None
    form = ScheduleForm(posted, actor=request.actor, schedule=None)
    made = attempt(
        form,
        lambda: create_schedule(wanted, values=form.values(), actor=request.actor, now=request.now),
        **FIELDS,
    )
    if made is None:
        context = {"form": form, "wanted": wanted}
        return render(request, "web/lists/schedule_form.html", context, status=status_of(form))
    messages.success(request, _("Scheduled."))
    return redirect(company_url(request.actor, "schedule", made.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def schedule_edit(request: PageRequest, schedule_id: str) -> HttpResponse:
    """Another rhythm, other places, another envelope."""
    schedule = get_schedule(request.actor, schedule_id)
    posted = request.POST if request.method == "POST" else None
    form = ScheduleForm(posted, actor=request.actor, schedule=schedule)
    changed = attempt(
        form,
        lambda: change_schedule(
            schedule, values=form.values(), actor=request.actor, now=request.now
        ),
        **FIELDS,
    )
    if changed is None:
        context = {"form": form, "schedule": schedule, "wanted": schedule.purchase_list}
        return render(request, "web/lists/schedule_form.html", context, status=status_of(form))
    messages.success(request, _("Saved."))
    return redirect(company_url(request.actor, "schedule", schedule.pk))


@require_GET
@company_page
def schedule_page(request: PageRequest, schedule_id: str) -> HttpResponse:
    """What was bought, what is next, and why it stands still."""
    return show_schedule(request, schedule_id)


def show_schedule(
    request: PageRequest, schedule_id: str, error: PlacetError | None = None
) -> HttpResponse:
    """The page of a schedule; a refusal with its status."""
    schedule = get_schedule(request.actor, schedule_id)
    page = read_schedule(request.actor, schedule, now=request.now)
    status = error.status if error else 200
    context = {"page": page, "schedule": schedule, "error": error}
    return render(request, "web/lists/schedule.html", context, status=status)


def _step(change: Callable[[PageRequest, Schedule], str]) -> Callable[..., HttpResponseBase]:
    @require_POST
    @company_page
    def step(request: PageRequest, schedule_id: str) -> HttpResponse:
        schedule = get_schedule(request.actor, schedule_id)
        try:
            said = change(request, schedule)
        except REFUSED as error:
            return show_schedule(request, schedule_id, error)
        messages.success(request, said)
        return redirect(company_url(request.actor, "schedule", schedule_id))

    return step


def _pause(request: PageRequest, schedule: Schedule) -> str:
    pause_schedule(schedule, actor=request.actor, now=request.now)
    return _("Paused.")


def _resume(request: PageRequest, schedule: Schedule) -> str:
    """Whoever presses the button has the list, its prices and the warnings before them."""
    unread: tuple[str, ...] = ()
    if schedule.kind == Schedule.Kind.STANDING and schedule.owner_id == request.actor.member_id:
        unread = preview_occurrence(schedule, actor=request.actor, now=request.now).unread
    resume_schedule(schedule, warnings_read=unread, actor=request.actor, now=request.now)
    return _("It goes on.")


def _skip(request: PageRequest, schedule: Schedule) -> str:
    skip_occurrence(schedule, actor=request.actor, now=request.now)
    return _("The next one is left out.")


def _end(request: PageRequest, schedule: Schedule) -> str:
    end_schedule(schedule, actor=request.actor, now=request.now)
    return _("Ended.")


def _withdraw(request: PageRequest, schedule: Schedule) -> str:
    withdraw_envelope(schedule, actor=request.actor, now=request.now)
    return _("Later occurrences are approved anew.")


schedule_pause = _step(_pause)
schedule_resume = _step(_resume)
schedule_skip = _step(_skip)
schedule_end = _step(_end)
schedule_withdraw = _step(_withdraw)
