"""A cost centre: its code, its name, which part of the company books on it, who answers for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import CostCenter
from placet.core.actor import Actor
from placet.web.addresses.choices import list_people, list_unit_choices, write_place


class CostCenterForm(forms.Form):
    """The code stays once it is given: rules and books name it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    code = forms.CharField(max_length=40, label=gettext_lazy("Code"))
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    place = forms.ChoiceField(label=gettext_lazy("Who books on it"))
    owner = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Who answers for it"),
        help_text=gettext_lazy("Rules can ask them. Nobody names themselves."),
    )

    def __init__(self, posted: Any = None, *, actor: Actor, cost_center: CostCenter | None) -> None:
        super().__init__(posted, initial=_initial(cost_center))
        self.actor, self.cost_center = actor, cost_center
        if cost_center is not None:
            del self.fields["code"]
        for name, choices in (
            ("place", list_unit_choices(actor)),
            ("owner", [("", _("Nobody")), *self._owners()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def is_owner_changed(self) -> bool:
        """Whether somebody else is to answer for it: only that needs to be allowed."""
        before = self.cost_center.owner_id if self.cost_center else None
        return (self.cleaned_data["owner"] or None) != before

    def _owners(self) -> list[tuple[str, str]]:
        """Active colleagues, and whoever it is now, even if they have left."""
        found = [row for row in list_people(self.actor) if row[0] != self.actor.member_id]
        owner = self.cost_center.owner if self.cost_center else None
        if owner is not None and owner.pk not in dict(found):
            found.insert(0, (owner.pk, owner.user.name))
        return found


def _initial(cost_center: CostCenter | None) -> dict[str, Any]:
    if cost_center is None:
        return {}
    return {
        "name": cost_center.name,
        "place": write_place(cost_center.unit, None),
        "owner": cost_center.owner_id or "",
        "version": cost_center.version,
    }
