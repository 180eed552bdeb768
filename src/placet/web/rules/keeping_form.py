"""How a rulebook is kept, and where a new one holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Unit
from placet.companies.queries import list_units
from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook
from placet.web.rules.places import indented, list_free_places, side_of
from placet.web.rules.words import KEEPERS

INHERITS = (
    ("yes", gettext_lazy("The rules above hold here too, and these beside them")),
    ("no", gettext_lazy("Its own only: the rules of the units above do not hold here")),
)


class KeepingForm(forms.Form):
    """Only what the actor may change has a field; the version is that of what they saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    kept_by = forms.ChoiceField(
        choices=list(KEEPERS.items()),
        widget=forms.RadioSelect,
        label=gettext_lazy("Who writes and publishes these rules"),
    )
    needs_second_person = forms.BooleanField(
        required=False,
        label=gettext_lazy("Somebody else than the last editor publishes"),
    )
    inherits = forms.ChoiceField(
        choices=INHERITS,
        widget=forms.RadioSelect,
        label=gettext_lazy("The rules of the units above"),
    )

    def __init__(self, posted: Any, *, rulebook: Rulebook, may_change: bool, may_cut: bool) -> None:
        initial = {
            "version": rulebook.version,
            "name": rulebook.name,
            "kept_by": rulebook.kept_by,
            "needs_second_person": rulebook.needs_second_person,
            "inherits": "yes" if rulebook.inherits else "no",
        }
        super().__init__(posted, initial=initial)
        self.fields["name"].widget.attrs["class"] = "input"
        self.fields["needs_second_person"].widget.attrs["class"] = "check"
        if not may_change:
            for name in ("name", "kept_by", "needs_second_person"):
                del self.fields[name]
        elif rulebook.side == Rulebook.Side.MERCHANT:
            del self.fields["kept_by"]
        if not may_cut or rulebook.unit_id is None:
            del self.fields["inherits"]

    def changes(self) -> dict[str, Any]:
        """What the action is called with."""
        chosen = dict(self.cleaned_data)
        if "inherits" in chosen:
            chosen["inherits"] = chosen["inherits"] == "yes"
        return chosen

    def take_version(self, version: int) -> None:
        """Let the next sending be about what is there now: its sender has read of the change."""
        assert isinstance(self.data, QueryDict)
        typed = self.data.copy()
        typed["version"] = str(version)
        self.data = typed


class NewRulebookForm(forms.Form):
    """A name and a place that has no rulebook yet."""

    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Name"),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    place = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Where it holds"),
        widget=forms.Select(attrs={"class": "select"}),
    )

    def __init__(self, posted: Any, *, actor: Actor) -> None:
        super().__init__(posted)
        self.side = side_of(actor)
        free = dict(list_free_places(actor))
        self._units = {unit.pk: unit for unit in list_units(actor) if unit.pk in free}
        choices = [("", actor.company_name)] if "" in free else []
        choices += [(key, indented(unit.path, unit.name)) for key, unit in self._units.items()]
        self.has_places = bool(choices)
        self.has_company = "" in free
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def unit(self) -> Unit | None:
        """The unit that was chosen; nothing for the whole company."""
        return self._units.get(self.cleaned_data["place"])

    def clean_name(self) -> str:
        """A name is more than spaces."""
        return str(self.cleaned_data["name"]).strip()

    def clean_place(self) -> str:
        """Each place has one rulebook of a side."""
        place = str(self.cleaned_data["place"])
        if not place and not self.has_company:
            raise forms.ValidationError(_("The company has its rulebook already: choose a unit."))
        return place
