"""The form that invites one person: who they are, where they belong, what they may do."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Company, Member, Role, Unit
from placet.companies.permissions import MEMBER_MANAGE
from placet.core.actor import Actor
from placet.requisitions.actions.invite_members import Invitation, Place
from placet.web.members.choices import (
    list_grantable_roles,
    people_choices,
    set_choices,
    unit_choices,
)
from placet.web.members.reach import is_household, list_units_of

WHOLE, BELOW = "company", "unit"
FIRST_ROLES: Final = ("buyer", "child")


class InviteForm(forms.Form):
    """One person; a family says neither unit nor title nor manager."""

    email = forms.EmailField(max_length=254, label=gettext_lazy("E-mail"))
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    title = forms.CharField(max_length=120, required=False, label=gettext_lazy("Title"))
    manager = forms.ChoiceField(required=False, label=gettext_lazy("Manager"))
    roles = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Roles"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
    )
    scope = forms.ChoiceField(label=gettext_lazy("The roles hold for"))

    def __init__(self, *args: Any, actor: Actor, company: Company, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units: dict[str, Unit] = {
            unit.pk: unit for unit in list_units_of(actor, MEMBER_MANAGE)
        }
        self.offered: dict[str, Role] = {role.pk: role for role in list_grantable_roles(actor)}
        self.is_family = is_household(actor)
        set_choices(self, "unit", unit_choices(self.units.values()))
        set_choices(self, "roles", [(role.pk, role.name) for role in self.offered.values()])
        set_choices(self, "manager", [("", _("Nobody")), *people_choices(actor)])
        scopes = [(BELOW, _("Their unit and those below it"))]
        if actor.holds(MEMBER_MANAGE):
            scopes.insert(0, (WHOLE, _("The whole company")))
        set_choices(self, "scope", scopes)
        if self.is_family:
            for name in ("unit", "title", "manager", "scope"):
                del self.fields[name]
        if not self.is_bound:
            usual = [role.pk for role in self.offered.values() if role.key in FIRST_ROLES]
            self.initial.setdefault("roles", usual)

    @property
    def invitation(self) -> Invitation:
        """What ``invite_member`` takes."""
        found = self.cleaned_data
        unit = self.units[found["unit"]] if "unit" in found else next(iter(self.units.values()))
        scope = unit if found.get("scope") == BELOW else None
        manager = Member.objects.filter(pk=found.get("manager") or None).first()
        return Invitation(
            found["email"],
            found["name"],
            unit,
            tuple(Place(self.offered[role], scope) for role in found["roles"]),
            title=found.get("title", ""),
            manager=manager,
        )
