"""Which companies the list shows; all of it is in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.models import CompanyPriceList, PriceList
from placet.companies.models import Company, CustomerRep, Member
from placet.core.actor import Actor
from placet.web.terms import TERMS

STATES = (
    ("", gettext_lazy("All")),
    ("active", gettext_lazy("Active")),
    ("suspended", gettext_lazy("Suspended")),
)
KINDS = (("business", gettext_lazy("Businesses")), ("household", gettext_lazy("Households")))
NOBODY, DEFAULT = "nobody", "default"
"""In charge of nobody; buying at the default prices."""


class CustomerFilter(forms.Form):
    """A name or number, a state, a kind, who is in charge, at which prices, on which terms."""

    q = forms.CharField(max_length=100, required=False, label=gettext_lazy("Name or number"))
    state = forms.ChoiceField(choices=STATES, required=False, label=gettext_lazy("State"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Kind"))
    rep = forms.ChoiceField(required=False, label=gettext_lazy("In charge"))
    prices = forms.ChoiceField(required=False, label=gettext_lazy("Price list"))
    terms = forms.ChoiceField(required=False, label=gettext_lazy("Terms"))

    def __init__(self, asked: Any, *, actor: Actor) -> None:
        super().__init__(asked)
        self._offer("kind", _("Every kind"), list(KINDS))
        self._offer("rep", _("Whoever is in charge"), [(NOBODY, _("Nobody")), *list_staff(actor)])
        lists = [(one.pk, one.name) for one in PriceList.objects.order_by("name", "id")]
        self._offer("prices", _("Every price list"), [(DEFAULT, _("The default")), *lists])
        self._offer("terms", _("All terms"), list(TERMS))

    def _offer(self, name: str, everything: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]
        field.widget.attrs["class"] = "select"

    @property
    def wanted(self) -> dict[str, str]:
        """What is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self.wanted.values())

    def leave(self, companies: QuerySet[Company]) -> QuerySet[Company]:
        """The companies that these filters leave."""
        wanted = self.wanted
        if text := wanted["q"]:
            companies = companies.filter(
                Q(name__icontains=text) | Q(slug__icontains=text) | Q(external_id__iexact=text)
            )
        columns = {"state": "status", "kind": "kind", "terms": "payment_terms"}
        for name, column in columns.items():
            if wanted[name]:
                companies = companies.filter(**{column: wanted[name]})
        companies = _in_charge(companies, wanted["rep"])
        return _at_prices(companies, wanted["prices"])


def list_staff(actor: Actor) -> list[tuple[str, str]]:
    """The people of the store who may be in charge of customers, by name."""
    people = Member.objects.filter(
        company_id=actor.company_id, status=Member.Status.ACTIVE, user__is_active=True
    )
    return list(people.order_by("user__name", "id").values_list("id", "user__name"))


def _in_charge(companies: QuerySet[Company], rep: str) -> QuerySet[Company]:
    charges = CustomerRep.objects.filter(company=OuterRef("pk"))
    if rep == NOBODY:
        return companies.filter(~Exists(charges))
    return companies.filter(Exists(charges.filter(member=rep))) if rep else companies


def _at_prices(companies: QuerySet[Company], price_list: str) -> QuerySet[Company]:
    agreed = CompanyPriceList.objects.filter(company=OuterRef("pk"))
    if price_list == DEFAULT:
        return companies.filter(~Exists(agreed))
    return (
        companies.filter(Exists(agreed.filter(price_list=price_list))) if price_list else companies
    )
