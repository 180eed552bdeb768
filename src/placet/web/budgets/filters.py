"""What the ledger of a budget is asked with: a kind, a person, days; all of it in the address."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from placet.budgets.models import Budget, LedgerEntry
from placet.budgets.queries import list_entries, list_posting_members
from placet.core.actor import Actor

Kind = LedgerEntry.Kind
KINDS = (
    ("", _("All postings"), tuple(Kind)),
    ("purchases", _("Purchases"), (Kind.RESERVE, Kind.COMMIT, Kind.RELEASE, Kind.EXPIRE)),
    ("changes", _("Changes of the amount"), (Kind.ADJUST, Kind.TRANSFER)),
    ("refunds", _("Refunds"), (Kind.REFUND,)),
)
FIRST_YEAR, LAST_YEAR = 1900, 9000


class LedgerFilter(forms.Form):
    """Days are those of the reader's time zone; the last one is included."""

    kind = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    person = forms.CharField(max_length=40, required=False, label=_("By"), widget=forms.Select)
    since = forms.DateField(
        required=False, label=_("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label=_("To"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, asked: QueryDict, budget: Budget) -> None:
        super().__init__(asked)
        people = [("", _("Everybody")), *list_posting_members(budget)]
        self.fields["person"].widget = forms.Select(choices=people)
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        """Years that a clock of some zone cannot show find nothing worth showing."""
        found = super().clean() or {}
        for name in ("since", "until"):
            day = found.get(name)
            if isinstance(day, date) and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, _("This day is outside the calendar."))
        return found

    @property
    def chosen_kind(self) -> str:
        """The kind of the address; another word means all of them."""
        wanted = self.cleaned_data.get("kind", "")
        return wanted if wanted in [name for name, _label, _kinds in KINDS] else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether a person or days leave anything out."""
        return any(self.cleaned_data.get(name) for name in ("person", "since", "until"))

    def entries_of(self, actor: Actor, budget: Budget) -> QuerySet[LedgerEntry]:
        """The postings that the filters leave, newest first."""
        wanted = self.cleaned_data
        kinds = next(kinds for name, _label, kinds in KINDS if name == self.chosen_kind)
        return list_entries(
            actor,
            budget,
            member_id=wanted.get("person", ""),
            since=wanted.get("since"),
            until=wanted.get("until"),
        ).filter(kind__in=kinds)

    def list_tabs(self) -> list[tuple[str, Any, bool]]:
        """Each kind with the address that keeps the person and the days, and whether it is on."""
        kept = {
            name: value for name in ("person", "since", "until") if (value := self.data.get(name))
        }
        return [
            (
                urlencode({"kind": name, **kept} if name else kept),
                label,
                name == self.chosen_kind,
            )
            for name, label, _kinds in KINDS
        ]
