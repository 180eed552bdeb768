"""What a member may order or release, as people type it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.catalog.models import Category
from placet.companies.models import Address, Company, Limit, Member
from placet.companies.organisation.limits import Bounds
from placet.web.budgets.forms import AmountField, set_currency, typed_amount
from placet.web.limits.words import MODES, PERIODS
from placet.web.members.choices import SPACE, set_choices

AMOUNTS = ("order_minimum", "order_maximum", "period_spend")


def _boxes() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple(attrs={"class": "check"})


class ShareField(forms.DecimalField):
    """A percentage with at most two decimals, as basis points."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=100, max_digits=5, decimal_places=2, **options)

    def clean(self, value: Any) -> Any:
        """Ten percent are 1,000 basis points."""
        found = super().clean(str(value or "").replace(",", ".").replace("%", "").strip())
        return None if found is None else int(found * 100)


class LimitForm(forms.Form):
    """The whole limit; an empty field sets no bound. ``version`` is that of the one that was read,
    0 where there was none."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    order_minimum = AmountField(required=False, label=_("From, an order"))
    order_maximum = AmountField(required=False, label=_("Up to, an order"))
    period = forms.ChoiceField(choices=tuple(PERIODS.items()), label=_("Counted in"))
    period_spend = AmountField(required=False, label=_("Up to, in that time"))
    period_orders = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=1_000_000,
        label=_("Orders in that time"),
        help_text=_("At most so many."),
    )
    categories = forms.MultipleChoiceField(
        required=False,
        label=_("Only from these categories"),
        help_text=_("None chosen: from all."),
        widget=_boxes(),
    )
    ship_tos = forms.MultipleChoiceField(
        required=False,
        label=_("Only to these places"),
        help_text=_("None chosen: to all."),
        widget=_boxes(),
    )

    def __init__(
        self, *args: Any, member: Member, limit: Limit | None, currency: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.limit, self.currency = limit, currency
        for name in AMOUNTS:
            set_currency(self, name, currency)
        set_choices(self, "categories", _categories(limit))
        set_choices(self, "ship_tos", _ship_tos(member, limit))

    @property
    def bounds(self) -> Bounds:
        """What ``set_limit`` takes."""
        found = self.cleaned_data
        return Bounds(
            self.currency,
            mode=found.get("mode") or Limit.Mode.OVER,
            is_unlimited=bool(found.get("is_unlimited")),
            order_minimum_minor=found["order_minimum"],
            order_maximum_minor=found["order_maximum"],
            period=found["period"],
            period_spend_minor=found["period_spend"],
            period_orders=found["period_orders"],
            categories=self._chosen("categories"),
            ship_tos=self._chosen("ship_tos"),
        )

    def _chosen(self, name: str) -> list[str] | None:
        """What is chosen; nothing chosen sets no bound, unless the limit allowed nothing at all."""
        allowed_nothing = self.limit is not None and getattr(self.limit, name) == []
        return self.cleaned_data[name] or ([] if allowed_nothing else None)


class SpendingForm(LimitForm):
    """What somebody may order; the mode says what happens beyond it."""

    mode = forms.ChoiceField(
        choices=tuple((key, words[0]) for key, words in MODES.items()),
        widget=forms.RadioSelect(attrs={"class": "radio"}),
        label=_("What the limit does"),
    )

    @property
    def modes(self) -> list[tuple[str, str | Promise, str | Promise]]:
        """The modes with what each of them means."""
        return [(key, *words) for key, words in MODES.items()]


class AuthorityForm(LimitForm):
    """What somebody may release of others' purchases."""

    is_unlimited = forms.BooleanField(
        required=False,
        label=_("What is not named here is covered"),
        widget=forms.CheckboxInput(attrs={"class": "check"}),
    )


class OfferingForm(AuthorityForm):
    """The same for the merchant's staff, with how far their offers may go."""

    discount = ShareField(
        required=False,
        label=_("Discount up to, percent"),
        help_text=_("Against the prices of the customer’s own list."),
    )
    margin = ShareField(
        required=False,
        label=_("Margin from, percent"),
        help_text=_("Where what the products cost is known."),
    )

    @property
    def bounds(self) -> Bounds:
        """With the two shares."""
        return super().bounds._replace(
            discount_basis_points=self.cleaned_data["discount"],
            margin_basis_points=self.cleaned_data["margin"],
        )


FORMS: dict[str, type[LimitForm]] = {
    Limit.Use.SPENDING: SpendingForm,
    Limit.Use.AUTHORITY: AuthorityForm,
}


def form_for(member: Member, use: str) -> type[LimitForm] | None:
    """The form of one of a member's limits; none where there is no such limit."""
    if member.company.kind == Company.Kind.MERCHANT:
        return OfferingForm if use == Limit.Use.AUTHORITY else None
    return FORMS.get(use)


def _categories(limit: Limit | None) -> list[tuple[str, str]]:
    """All categories, and those of the limit that are there no more: they must not be lost."""
    rows = Category.objects.order_by("path")
    found = {one.path: SPACE * (one.path.count("/") - 1) + one.name for one in rows}
    kept = (limit.categories or []) if limit else []
    return [*found.items(), *((path, path) for path in kept if path not in found)]


def _ship_tos(member: Member, limit: Limit | None) -> list[tuple[str, str]]:
    """The open ship-tos of the company, and closed ones that the limit names."""
    kept = (limit.ship_tos or []) if limit else []
    places = Address.objects.filter(company_id=member.company_id, kind=Address.Kind.SHIP_TO)
    offered = places.filter(Q(closed_at=None) | Q(pk__in=kept)).order_by("name", "id")
    return [(one.pk, one.name) for one in offered]


def initial_of(limit: Limit | None) -> dict[str, Any]:
    """What the form begins with."""
    if limit is None:
        return {"version": 0, "mode": Limit.Mode.OVER, "period": Limit.Period.MONTH}
    amounts = {name: getattr(limit, f"{name}_minor") for name in AMOUNTS}
    return {
        "version": limit.version,
        "mode": limit.mode,
        "is_unlimited": limit.is_unlimited,
        "period": limit.period,
        "period_orders": limit.period_orders,
        "categories": limit.categories or [],
        "ship_tos": limit.ship_tos or [],
        "discount": _typed_share(limit.discount_basis_points),
        "margin": _typed_share(limit.margin_basis_points),
        **{
            name: typed_amount(amount, limit.currency)
            for name, amount in amounts.items()
            if amount is not None
        },
    }


def _typed_share(basis_points: int | None) -> str:
    return "" if basis_points is None else f"{Decimal(basis_points) / 100:f}"
