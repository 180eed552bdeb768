"""Giving a member a role: which one, and for which part of the company."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Member, Role, Unit
from placet.companies.permissions import MEMBER_MANAGE
from placet.core.actor import Actor
from placet.web.members.choices import list_grantable_roles, set_choices, unit_choices
from placet.web.members.reach import is_household, list_units_of

WHOLE = "company"


class GrantForm(forms.Form):
    """The roles that the actor may give this member, for the parts of the company that are theirs.

    Whether this role may be given for this part is the action's to say.
    """

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    unit = forms.ChoiceField(label=gettext_lazy("Holds for"))

    def __init__(self, *args: Any, actor: Actor, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered: dict[str, Role] = {}
        if member.status == Member.Status.ACTIVE:
            self.offered = {role.pk: role for role in list_grantable_roles(actor, member.user_id)}
        self.units: dict[str, Unit] = {}
        if self.offered:
            self.units = {unit.pk: unit for unit in list_units_of(actor, MEMBER_MANAGE)}
        roles = [(role.pk, role.name) for role in self.offered.values()]
        set_choices(self, "role", [("", _("Choose a role")), *roles])
        places = unit_choices(self.units.values())
        if actor.holds(MEMBER_MANAGE):
            places.insert(0, (WHOLE, _("The whole company")))
        set_choices(self, "unit", places)
        if is_household(actor):
            del self.fields["unit"]

    @property
    def has_roles(self) -> bool:
        """Whether there is any role that the actor may give this member."""
        return bool(self.offered)

    @property
    def chosen_role(self) -> Role:
        """The role that was chosen."""
        return self.offered[self.cleaned_data["role"]]

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit that was chosen; ``None`` is the whole company."""
        chosen = self.cleaned_data.get("unit")
        return self.units.get(chosen or WHOLE)
