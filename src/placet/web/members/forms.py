"""What the list of members is asked with."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from placet.companies.queries import list_roles
from placet.core.actor import Actor
from placet.web.members.choices import unit_choices
from placet.web.members.reach import list_kept_units

ACTIVE: Final = "active"
AWAY: Final = "away"
INVITED: Final = "invited"
DEACTIVATED: Final = "deactivated"
STATES: Final = (
    ("", pgettext_lazy("member", "Active")),
    (AWAY, _("Away today")),
    (INVITED, _("Invited, not come yet")),
    (DEACTIVATED, _("Deactivated")),
)
SORTS: Final = (
    ("", _("By unit")),
    ("name", _("By name")),
    ("newest", _("Newest first")),
)


class MemberFilter(forms.Form):
    """The filters, all in the address; one that the company does not have finds nobody."""

    q = forms.CharField(max_length=100, required=False, label=_("Name, title or mail"))
    unit = forms.CharField(max_length=40, required=False, label=_("Unit"))
    role = forms.CharField(max_length=60, required=False, label=_("Role"))
    sort = forms.ChoiceField(
        choices=SORTS,
        required=False,
        label=pgettext_lazy("sorting", "Order"),
        widget=forms.Select(attrs={"class": "select"}),
    )
    state = forms.ChoiceField(
        choices=STATES,
        required=False,
        label=_("State"),
        widget=forms.Select(attrs={"class": "select"}),
    )

    def offer_choices(self, actor: Actor) -> None:
        """Let the selects name the units that the actor keeps, and the roles: two queries."""
        units = unit_choices(list_kept_units(actor))
        self.fields["unit"].widget = _select([("", _("Every unit")), *units])
        roles = [(role.key, role.name) for role in list_roles(actor)]
        self.fields["role"].widget = _select([("", _("Every role")), *roles])

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        found = self.cleaned_data if self.is_valid() else {}
        return any(found[name] for name in found if name != "sort")


def _select(choices: list[tuple[str, Any]]) -> forms.Select:
    return forms.Select(choices=choices, attrs={"class": "select"})
