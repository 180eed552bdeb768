"""What the list of members is asked with."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.companies.queries import list_roles, list_units
from placet.core.actor import Actor

ACTIVE: Final = "active"
AWAY: Final = "away"
DEACTIVATED: Final = "deactivated"
STATES: Final = (
    ("", _("Active")),
    (AWAY, _("Away today")),
    (DEACTIVATED, _("Deactivated")),
)


class MemberFilter(forms.Form):
    """The filters, all in the address; one that the company does not have finds nobody."""

    q = forms.CharField(max_length=100, required=False, label=_("Name, title or mail"))
    unit = forms.CharField(max_length=40, required=False, label=_("Unit"))
    role = forms.CharField(max_length=60, required=False, label=_("Role"))
    state = forms.ChoiceField(
        choices=STATES,
        required=False,
        label=_("State"),
        widget=forms.Select(attrs={"class": "select"}),
    )

    def offer_choices(self, actor: Actor) -> None:
        """Let the selects name the company's own units and roles: two queries."""
        units = [(unit.pk, _indented(unit.path, unit.name)) for unit in list_units(actor)]
        self.fields["unit"].widget = _select([("", _("Every unit")), *units])
        roles = [(role.key, role.name) for role in list_roles(actor)]
        self.fields["role"].widget = _select([("", _("Every role")), *roles])

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return self.is_valid() and any(self.cleaned_data.values())


def _select(choices: list[tuple[str, Any]]) -> forms.Select:
    return forms.Select(choices=choices, attrs={"class": "select"})


def _indented(path: str, name: str) -> str:
    depth = path.strip("/").count("/")
    return "\N{NO-BREAK SPACE}" * 3 * depth + name
