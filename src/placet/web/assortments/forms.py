"""An assortment: allow or deny, what, and for whom."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.actions import AssortmentValues, Audience, Naming
from placet.catalog.models import Assortment
from placet.catalog.queries import list_categories
from placet.companies.models import Role
from placet.companies.queries import get_member, get_unit, list_members, list_roles, list_units
from placet.core.actor import Actor
from placet.core.errors import NotFound

EFFECTS = (
    ("deny", gettext_lazy("May not see or order what is named")),
    ("allow", gettext_lazy("May see and order only what is named")),
)
INDENT = "\N{NO-BREAK SPACE}" * 3
Choice = tuple[str, str]


class NamingForm(forms.Form):
    """Categories and products by SKU; what a promotion names is typed alike."""

    categories = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Categories"),
        help_text=gettext_lazy("With everything below them."),
        widget=forms.CheckboxSelectMultiple,
    )
    products = forms.CharField(
        required=False,
        max_length=150_000,
        label=gettext_lazy("Products"),
        help_text=gettext_lazy("SKUs, separated by spaces, commas or lines."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["categories"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (one.path, INDENT * (one.path.count("/") - 1) + one.name) for one in list_categories()
        ]

    @property
    def naming(self) -> Naming:
        """What was named."""
        skus = [one for one in re.split(r"[\s,;]+", self.cleaned_data["products"]) if one]
        return Naming(self.cleaned_data["categories"], skus)


class AssortmentForm(NamingForm):
    """The merchant's hold for a whole company, so there is nobody to choose."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    audience = forms.ChoiceField(label=gettext_lazy("For whom"))
    effect = forms.ChoiceField(
        choices=EFFECTS, label=gettext_lazy("These people"), widget=forms.RadioSelect
    )

    def __init__(
        self, posted: Any = None, *, actor: Actor, assortment: Assortment | None = None
    ) -> None:
        super().__init__(posted, initial=_initial(assortment))
        self.actor = actor
        if actor.is_merchant:
            del self.fields["audience"]
            return
        field = self.fields["audience"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list_audiences(actor)

    @property
    def values(self) -> AssortmentValues:
        """What was said; raises ``NotFound`` for people who are not of the company."""
        said = self.cleaned_data
        audience = read_audience(self.actor, said.get("audience", ""))
        return AssortmentValues(said["name"], said["effect"], self.naming, audience)


def list_audiences(actor: Actor) -> list[Choice | tuple[str, list[Choice]]]:
    """Everybody, each unit, each role, each member; a family has neither units nor roles."""
    people = [(f"member:{one.pk}", one.user.name) for one in list_members(actor)]
    if actor.company_kind == "household":
        return [("company:", _("Everybody")), *people]
    units = [
        (f"unit:{one.pk}", INDENT * (one.path.count("/") - 1) + one.name)
        for one in list_units(actor)
    ]
    roles = [(f"role:{one.pk}", str(_(one.name))) for one in list_roles(actor)]
    return [
        ("company:", _("Everybody in the company")),
        (_("A unit and all below it"), units),
        (_("Holders of a role"), roles),
        (_("One member alone"), people),
    ]


def read_audience(actor: Actor, chosen: str) -> Audience:
    """What a choice means; raises ``NotFound`` for what is not of the actor's company."""
    kind, _sign, pk = chosen.partition(":")
    if kind == "unit":
        return Audience(unit=get_unit(actor, pk))
    if kind == "member":
        return Audience(member=get_member(actor, pk))
    if kind == "role":
        role = Role.objects.filter(pk=pk, company_id=actor.company_id).first()
        if role is None:
            raise NotFound
        return Audience(role=role)
    return Audience()


def _initial(assortment: Assortment | None) -> dict[str, Any]:
    if assortment is None:
        return {"effect": "deny", "audience": "company:"}
    entries = list(assortment.entries.all())
    chosen = [
        f"{kind}:{pk}"
        for kind in ("unit", "role", "member")
        if (pk := getattr(assortment, f"{kind}_id"))
    ]
    return {
        "version": assortment.version,
        "name": assortment.name,
        "effect": assortment.effect,
        "audience": chosen[0] if chosen else "company:",
        "categories": [one.category.path for one in entries if one.category],
        "products": "\n".join(one.product.sku for one in entries if one.product),
    }
