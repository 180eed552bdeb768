"""When a company works: days, hours, holidays; how long people have to answer."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placet.companies.actions import change_company
from placet.companies.holidays_of import is_place, list_countries, list_holidays, list_places
from placet.companies.models import Company
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.queries import get_company
from placet.companies.working_time import DAYS, HOURS, MOST_CLOSED_DAYS
from placet.web.attempt import attempt, status_of
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.working_hours import HoursFields

NAMES: Final = (
    "working_days",
    "work_starts",
    "work_ends",
    "answer_hours",
    "expire_days",
    "holiday_country",
    "holiday_region",
)
SHOWN_HOLIDAYS: Final = 6


class WorkingTimeForm(HoursFields):
    """The whole of it; ``version`` is that of the company as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer_hours = forms.IntegerField(
        min_value=HOURS[0],
        max_value=HOURS[1],
        label=gettext_lazy("Working hours to answer"),
        help_text=gettext_lazy("Where a rule does not say how long its step may take."),
    )
    expire_days = forms.IntegerField(
        min_value=DAYS[0],
        max_value=DAYS[1],
        label=gettext_lazy("Days until a purchase expires"),
        help_text=gettext_lazy("Nobody decided: its budget is free again, and its cart is open."),
    )
    holiday_country = forms.ChoiceField(required=False, label=gettext_lazy("Public holidays of"))
    holiday_region = forms.ChoiceField(required=False, label=gettext_lazy("Region"))
    closed_days = forms.CharField(
        required=False,
        label=gettext_lazy("Also closed on"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One date a line, such as 2026-12-24."),
    )

    def __init__(self, posted: Any = None, *, company: Company, country: str | None = None) -> None:
        super().__init__(posted, initial=_initial(company, country))
        chosen = posted.get("holiday_country", "") if posted is not None else country
        self.country = company.holiday_country if chosen is None else chosen
        language = get_language() or "en"
        _offer(self, "holiday_country", [("", _("None")), *list_countries(language)])
        regions = list_places().get(self.country, ())
        _offer(self, "holiday_region", [("", _("The whole country")), *((r, r) for r in regions)])

    def clean_closed_days(self) -> list[str]:
        """The dates, in order and once; text between them does not matter."""
        words = re.split(r"[\s,;]+", self.cleaned_data["closed_days"].strip())
        found = sorted({_date(word) for word in words if word})
        if len(found) > MOST_CLOSED_DAYS:
            raise forms.ValidationError(
                _("At most %(most)d closed days.") % {"most": MOST_CLOSED_DAYS}
            )
        return found

    @property
    def changes(self) -> dict[str, Any]:
        """What ``change_company`` is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def working_time(request: PageRequest) -> HttpResponse:
    """Days, hours and holidays; choosing another country shows its regions at once."""
    require(request.actor, COMPANY_MANAGE)
    company = get_company(request.actor)
    posted = request.POST if request.method == "POST" else None
    form = WorkingTimeForm(posted, company=company, country=request.GET.get("holiday_country"))
    changed = attempt(
        form,
        lambda: change_company(
            company,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
            **form.changes,
        ),
    )
    if changed is not None:
        messages.success(request, _("Saved. Steps that open from now on count by it."))
        return redirect(company_url(request.actor, "working_time"))
    context = {"form": form, "company": company, "holidays": _next_holidays(form, request.now)}
    return render(request, "web/company/working_time.html", context, status=status_of(form))


def _next_holidays(form: WorkingTimeForm, now: datetime) -> list[tuple[date, str]]:
    """The next public holidays of the place that is chosen, so that one sees that it is right."""
    region = str(form["holiday_region"].value() or "")
    if not form.country or not is_place(form.country, region):
        return []
    today = now.date()
    years = (today.year, today.year + 1)
    language = get_language() or "en"
    named = [
        one for year in years for one in list_holidays(form.country, region, year, language).items()
    ]
    return sorted(one for one in named if one[0] >= today)[:SHOWN_HOLIDAYS]


def _date(word: str) -> str:
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError as error:
        raise forms.ValidationError(
            _("“%(day)s” is not a date such as 2026-12-24.") % {"day": word[:40]}
        ) from error


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _initial(company: Company, country: str | None) -> dict[str, Any]:
    found = {name: getattr(company, name) for name in (*NAMES, "version")}
    if country is not None and country != company.holiday_country:
        found |= {"holiday_country": country, "holiday_region": ""}
    return {**found, "closed_days": "\n".join(company.closed_days)}
