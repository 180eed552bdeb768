"""What the audit trail is asked with: a kind, a person, days. All of it is in the address."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from placet.companies.queries import list_members
from placet.core.actor import Actor
from placet.events.models import Event
from placet.events.queries import list_audit
from placet.web.audit.sentences import KINDS

HOW = {
    "web": _("On a page"),
    "mail": _("By mail"),
    "api": _("Through the API"),
    "import": _("By an import"),
    "schedule": _("By a schedule"),
    "system": _("By itself"),
}
FIRST_YEAR, LAST_YEAR = 1900, 9000


class AuditFilter(forms.Form):
    """Days are those of the reader's time zone; the last one is included."""

    kind = forms.CharField(max_length=60, required=False, label=_("What"), widget=forms.Select)
    person = forms.CharField(max_length=40, required=False, label=_("Who"), widget=forms.Select)
    channel = forms.ChoiceField(
        required=False, label=_("How"), choices=[("", _("Any way")), *HOW.items()]
    )
    about = forms.CharField(
        max_length=60,
        required=False,
        label=_("About"),
        widget=forms.TextInput(attrs={"placeholder": _("REQ-…, ORD-… or an id")}),
    )
    since = forms.DateField(
        required=False, label=_("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label=_("To"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def offer_choices(self, actor: Actor) -> None:
        """Let the selects name the kinds of things and the company's people: one query."""
        kinds = [(key, label) for key, (label, _icon) in KINDS.items()]
        self.fields["kind"].widget = forms.Select(choices=[("", _("Everything")), *kinds])
        members = list_members(actor, with_deactivated=True)
        people = list(members.values_list("pk", "user__name"))
        self.fields["person"].widget = forms.Select(choices=[("", _("Everybody")), *people])

    def clean(self) -> dict[str, Any]:
        """Years that a clock of some zone cannot show find nothing worth showing."""
        found = super().clean() or {}
        for name in ("since", "until"):
            day = found.get(name)
            if isinstance(day, date) and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, _("This day is outside the calendar."))
        return found

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return any(value for value in getattr(self, "cleaned_data", {}).values())


def filtered_events(actor: Actor, wanted: dict[str, Any]) -> QuerySet[Event]:
    """The company's events that the filters leave, newest first."""
    events = list_audit(actor.company_id)
    if kind := wanted.get("kind"):
        events = events.filter(Q(type=kind) | Q(type__startswith=f"{kind}."))
    if person := wanted.get("person"):
        events = events.filter(actor_member=person)
    if channel := wanted.get("channel"):
        events = events.filter(channel=channel)
    if about := str(wanted.get("about") or "").strip():
        quoted = json.dumps(about)
        events = events.filter(Q(subject=about) | Q(payload__contains=quoted))
    zone = ZoneInfo(actor.time_zone)
    if isinstance(since := wanted.get("since"), date):
        events = events.filter(created_at__gte=datetime.combine(since, time.min, tzinfo=zone))
    if isinstance(until := wanted.get("until"), date):
        end = datetime.combine(until + timedelta(days=1), time.min, tzinfo=zone)
        events = events.filter(created_at__lt=end)
    return events
