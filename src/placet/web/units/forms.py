"""What a unit is called, where it hangs, and who heads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Unit
from placet.companies.permissions import UNIT_MANAGE
from placet.companies.queries import list_members
from placet.core.actor import Actor
from placet.web.members.choices import set_choices, unit_choices
from placet.web.members.reach import kept_paths, list_units_of, within


class UnitForm(forms.Form):
    """A unit's name and code; ``version`` is that of the unit that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    code = forms.CharField(
        max_length=40,
        required=False,
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("As your books and lists name it. Two units never share one."),
    )


class PoUnitForm(UnitForm):
    """A unit that is there, with the form of its PO numbers."""

    po_pattern = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("Form of PO references"),
        help_text=gettext_lazy("Such as PR-\\d{5}. Empty: that of the unit above."),
    )
    po_hint = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("Example beside the field"),
        help_text=gettext_lazy("Such as PR-88121."),
    )


class NewUnitForm(UnitForm):
    """A new unit, below one that the actor manages."""

    parent = forms.ChoiceField(label=gettext_lazy("Below"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = {unit.pk: unit for unit in list_units_of(actor, UNIT_MANAGE)}
        set_choices(self, "parent", unit_choices(self.units.values()))


class MoveForm(forms.Form):
    """Where a unit, and all below it, goes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    parent = forms.ChoiceField(label=gettext_lazy("Move to below"))

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = {
            one.pk: one
            for one in list_units_of(actor, UNIT_MANAGE)
            if not one.path.startswith(unit.path) and one.pk != unit.parent_id
        }
        self.has_places = bool(self.units)
        places = unit_choices(self.units.values())
        set_choices(self, "parent", [("", _("Choose a unit")), *places])


class HeadForm(forms.Form):
    """Who heads a unit: somebody of the units that the actor manages, never the actor."""

    head = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Head"),
        help_text=gettext_lazy("Rules that ask the head of the unit ask this person."),
    )

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        paths = {*kept_paths(actor), *actor.paths_of(UNIT_MANAGE)}
        members = list_members(actor).filter(within(paths, "unit__path"))
        people = {one.pk: one for one in members if one.pk != actor.member_id}
        if unit.head is not None:
            people.setdefault(unit.head.pk, unit.head)
        named = [(one.pk, f"{one.user.name}, {one.unit.name}") for one in people.values()]
        set_choices(self, "head", [("", _("Nobody")), *named])
