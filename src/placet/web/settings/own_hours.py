"""Language, time zone and working hours of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placet.companies.actions import change_own_settings
from placet.companies.models import Member
from placet.companies.queries import get_member
from placet.companies.working_time import calendar_of_member
from placet.web.attempt import attempt, status_of
from placet.web.company.forms import list_zones
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.working_hours import HoursFields


class OwnHoursForm(HoursFields):
    """How the product speaks to somebody, and when their time to answer counts."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, label=gettext_lazy("Language"))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    has_own = forms.BooleanField(
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "check"}),
        label=gettext_lazy("I work at other hours than the company"),
    )

    def __init__(self, posted: Any = None, *, member: Member) -> None:
        super().__init__(posted, initial=_initial(member))
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = list_zones(member.time_zone)
        if posted is not None and not posted.get("has_own"):
            for name in ("working_days", "work_starts", "work_ends"):
                self.fields[name].required = False

    @property
    def hours(self) -> dict[str, Any]:
        """The hours; the company's where none are wished."""
        names = ("working_days", "work_starts", "work_ends")
        if not self.cleaned_data["has_own"]:
            return dict.fromkeys(names)
        return {name: self.cleaned_data[name] for name in names}


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def own_hours(request: PageRequest) -> HttpResponse:
    """Everybody's own; a time that was told already stays."""
    member = get_member(request.actor, request.actor.member_id)
    form = OwnHoursForm(request.POST if request.method == "POST" else None, member=member)
    if attempt(form, lambda: _change(request, member, form)):
        messages.success(request, _("Saved."))
        return redirect(company_url(request.actor, "own_hours"))
    context = {"form": form, "member": member}
    return render(request, "web/settings/own_hours.html", context, status=status_of(form))


def _change(request: PageRequest, member: Member, form: OwnHoursForm) -> Member:
    return change_own_settings(
        member,
        language=form.cleaned_data["language"],
        time_zone=form.cleaned_data["time_zone"],
        actor=request.actor,
        now=request.now,
        **form.hours,
    )


def _initial(member: Member) -> dict[str, Any]:
    calendar = calendar_of_member(member)
    return {
        "language": member.language,
        "time_zone": member.time_zone,
        "has_own": member.working_days is not None or member.work_starts is not None,
        "working_days": sorted(day + 1 for day in calendar.weekdays),
        "work_starts": calendar.starts,
        "work_ends": calendar.ends,
    }
