"""Who wants to buy here: what a stranger says, and what the merchant answers."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.models import PriceList
from placet.companies.models import Company, CompanyApplication
from placet.core.actor import Actor
from placet.web.company.forms import list_zones
from placet.web.customers.forms import list_staff
from placet.web.terms import TERMS

LINK: Final = re.compile(r"://|www\.|\.\w{2,}/", re.IGNORECASE)


class _Stranger(forms.Form):
    """A name goes into a mail to an address that nobody has proved: it carries no link."""

    def refuse_links(self, *names: str) -> None:
        """Refuse what a mail programme would make a link of."""
        for name in names:
            if LINK.search(self.cleaned_data.get(name) or ""):
                self.add_error(name, _("A name has no web address in it."))


class ApplyForm(_Stranger):
    """A business that wants to buy here; no role and no terms are asked, so none are believed."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Company"))
    tax_number = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("VAT or tax number")
    )
    person = forms.CharField(max_length=120, label=gettext_lazy("Your name"))
    email = forms.EmailField(max_length=254, label=gettext_lazy("Your e-mail address at work"))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    message = forms.CharField(
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("What you would like to buy"),
    )

    def __init__(self, posted: Any = None, *, time_zone: str) -> None:
        super().__init__(posted, initial={"time_zone": time_zone})
        _offer_zones(self, time_zone)

    def clean(self) -> dict[str, Any]:
        """Names without links."""
        found = super().clean() or {}
        self.refuse_links("name", "person")
        return found


class SignUpForm(_Stranger):
    """A household of one to begin with."""

    person = forms.CharField(
        max_length=120,
        label=gettext_lazy("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        max_length=254,
        label=gettext_lazy("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Your household"),
        help_text=gettext_lazy("Such as “The Park family”. You can ask others in later."),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))

    def __init__(self, posted: Any = None, *, time_zone: str) -> None:
        super().__init__(posted, initial={"time_zone": time_zone})
        _offer_zones(self, time_zone)

    def clean(self) -> dict[str, Any]:
        """Names without links."""
        found = super().clean() or {}
        self.refuse_links("name", "person")
        return found


class AcceptForm(forms.Form):
    """The company's place in addresses, and the terms on which it buys.

    The price lists are those of the currency that it asked for.
    """

    slug = forms.SlugField(
        max_length=60,
        label=gettext_lazy("In addresses"),
        help_text=gettext_lazy("Small letters and hyphens; it stays."),
    )
    payment_terms = forms.ChoiceField(
        choices=TERMS, initial="net_30", label=gettext_lazy("Payment")
    )
    price_lists = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Price lists"),
        help_text=gettext_lazy("Without one the default prices hold."),
    )
    reps = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("In charge"),
    )

    def __init__(
        self, posted: Any = None, *, actor: Actor, application: CompanyApplication
    ) -> None:
        super().__init__(posted, initial={"slug": wished_slug(application)})
        lists = PriceList.objects.filter(currency=application.currency, is_default=False)
        self.lists = {one.pk: one for one in lists.order_by("name", "id")}
        offered = {
            "price_lists": [(pk, one.name) for pk, one in self.lists.items()],
            "reps": list_staff(actor),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices

    @property
    def agreed(self) -> dict[str, Any]:
        """What ``accept_on_terms`` is told."""
        said = self.cleaned_data
        return {
            "slug": said["slug"],
            "payment_terms": said["payment_terms"],
            "price_lists": [self.lists[pk] for pk in said["price_lists"]],
            "rep_ids": said["reps"],
        }


class DeclineForm(forms.Form):
    """The reason, which the applicant reads."""

    answer = forms.CharField(
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("The reason, which they read"),
    )


def wished_slug(application: CompanyApplication) -> str:
    """The name as an address, numbered where it is taken."""
    wished = slugify(application.name)[:50] or "company"
    taken = set(Company.objects.filter(slug__startswith=wished).values_list("slug", flat=True))
    numbered = (f"{wished}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wished, *numbered) if slug not in taken)


def _offer_zones(form: forms.Form, current: str) -> None:
    field = form.fields["time_zone"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list_zones(current)
