"""A promotion as the merchant types it, and as a sentence that says what it does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.actions import PromotionValues
from placet.catalog.models import PriceList, Promotion
from placet.companies.queries import get_company, list_companies
from placet.core.actor import Actor
from placet.web import formats
from placet.web.assortments.forms import NamingForm
from placet.web.budgets.forms import AmountField, typed_amount
from placet.web.store.fields import DayField, PercentField, show_percent

KINDS = (
    ("order_percent", gettext_lazy("A percentage off the order")),
    ("order_amount", gettext_lazy("An amount off the order")),
    ("line_percent", gettext_lazy("A percentage off products")),
    ("free_shipping", gettext_lazy("Free shipping")),
)
MOST_NAMED = 4


class PromotionForm(NamingForm):
    """Only what the kind asks for is shown, and only that is kept."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Buyers read it beside what was taken off."),
    )
    key = forms.CharField(
        max_length=60,
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Small letters, digits and hyphens; files and the API name it."),
    )
    kind = forms.ChoiceField(choices=KINDS, label=gettext_lazy("What it does"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    company = forms.ChoiceField(required=False, label=gettext_lazy("For whom"))
    basis_points = PercentField(required=False, label=gettext_lazy("Percent off"))
    amount_minor = AmountField(required=False, label=gettext_lazy("Amount off"))
    from_goods_minor = AmountField(
        required=False,
        label=gettext_lazy("From goods of"),
        help_text=gettext_lazy("Without tax and after what is taken off products."),
    )
    from_quantity = forms.IntegerField(
        required=False, min_value=1, max_value=1_000_000, label=gettext_lazy("From pieces")
    )
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_until = DayField(label=gettext_lazy("Last day"))

    def __init__(
        self, posted: Any = None, *, actor: Actor, promotion: Promotion | None = None
    ) -> None:
        super().__init__(posted, initial=_initial(promotion, actor))
        self.actor = actor
        if promotion is not None:
            del self.fields["key"]
        currencies = PriceList.objects.order_by("currency").values_list("currency", flat=True)
        self._choose("currency", [(one, one) for one in dict.fromkeys(currencies)])
        companies = [(one.pk, one.name) for one in list_companies(actor)]
        self._choose("company", [("", _("Every customer")), *companies])
        typed = posted.get("currency", "") if posted else self.initial["currency"]
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = typed[:3]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def values(self) -> PromotionValues:
        """The promotion as it was said."""
        said = self.cleaned_data
        return PromotionValues(
            name=said["name"],
            kind=said["kind"],
            currency=said["currency"],
            company=get_company(self.actor, said["company"]) if said["company"] else None,
            from_goods_minor=said["from_goods_minor"] or 0,
            from_quantity=said["from_quantity"] or 1,
            amount_minor=said["amount_minor"] or 0,
            basis_points=said["basis_points"] or 0,
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            naming=self.naming,
        )


def sentence_of(promotion: Promotion) -> str:
    """What a promotion does, in one sentence; its entries should be loaded."""
    currency = promotion.currency
    facts = {
        "percent": show_percent(promotion.basis_points),
        "amount": formats.money_currency(promotion.amount_minor, currency),
        "goods": formats.money_currency(promotion.from_goods_minor, currency),
        "n": formats.number(promotion.from_quantity),
        "what": _named(promotion),
    }
    match promotion.kind:
        case Promotion.Kind.ORDER_PERCENT:
            return _("%(percent)s %% off the goods of an order from %(goods)s on.") % facts
        case Promotion.Kind.ORDER_AMOUNT:
            return _("%(amount)s off the goods of an order from %(goods)s on.") % facts
        case Promotion.Kind.FREE_SHIPPING:
            return _("Free shipping from goods of %(goods)s on.") % facts
    return _("%(percent)s %% off %(what)s, from %(n)s pieces of a product on.") % facts


def list_rivals(promotion: Promotion, others: list[Promotion], *, today: date) -> list[Promotion]:
    """Promotions that may hold for the same purchase: of each kind of these only the best counts.

    Free shipping has no rivals: it takes nothing from the others.
    """
    if promotion.kind == Promotion.Kind.FREE_SHIPPING:
        return []
    is_line = promotion.kind == Promotion.Kind.LINE_PERCENT
    return [
        other
        for other in others
        if other.pk != promotion.pk
        and other.ended_at is None
        and other.kind != Promotion.Kind.FREE_SHIPPING
        and (other.kind == Promotion.Kind.LINE_PERCENT) == is_line
        and other.currency == promotion.currency
        and (not other.company_id or not promotion.company_id or _same(other, promotion))
        and _overlap(other, promotion, today)
    ]


def _same(one: Promotion, other: Promotion) -> bool:
    return bool(one.company_id == other.company_id)


def _overlap(one: Promotion, other: Promotion, today: date) -> bool:
    begins = max(one.valid_from or today, other.valid_from or today, today)
    ends = min(one.valid_until or date.max, other.valid_until or date.max)
    return begins <= ends


def _named(promotion: Promotion) -> str:
    names = [
        one.category.name if one.category else one.product.sku for one in promotion.entries.all()
    ]
    if not names:
        return _("every product")
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    more = {"names": ", ".join(names[:MOST_NAMED]), "n": len(names) - MOST_NAMED}
    return _("%(names)s and %(n)d more") % more


def _initial(promotion: Promotion | None, actor: Actor) -> dict[str, Any]:
    if promotion is None:
        return {"currency": actor.currency, "kind": "order_percent"}
    entries = list(promotion.entries.all())
    currency = promotion.currency
    return {
        "version": promotion.version,
        "name": promotion.name,
        "kind": promotion.kind,
        "currency": currency,
        "company": promotion.company_id or "",
        "basis_points": show_percent(promotion.basis_points) if promotion.basis_points else "",
        "amount_minor": _typed(promotion.amount_minor, currency),
        "from_goods_minor": _typed(promotion.from_goods_minor, currency),
        "from_quantity": promotion.from_quantity,
        "valid_from": promotion.valid_from,
        "valid_until": promotion.valid_until,
        "categories": [one.category.path for one in entries if one.category],
        "products": "\n".join(one.product.sku for one in entries if one.product),
    }


def _typed(minor: int, currency: str) -> str:
    return typed_amount(minor, currency) if minor else ""
