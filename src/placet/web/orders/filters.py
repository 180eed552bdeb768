"""Which orders are looked at: state, words, customer, days, sums; all of it in the address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Address, Company, Member
from placet.core.actor import Actor
from placet.core.formats import zone_of
from placet.orders.models import NET, Order, OrderLine
from placet.plans.models import PurchasedLine
from placet.policy.money import is_currency
from placet.requisitions.marks import marked_with, spellings_of
from placet.requisitions.models import Requisition
from placet.web.budgets.forms import AmountField, DayField
from placet.web.customers.choosing import select_customer, select_rep
from placet.web.finding import among, keys_of
from placet.web.orders.currencies import list_order_currencies, select_currency
from placet.web.terms import TERMS

PARTLY: Final = "partly"
STATES: Final = [
    (Order.Status.UNPROCESSED.value, _("Unprocessed")),
    (Order.Status.CHANGING.value, _("Being changed")),
    (Order.Status.AWAITING_PAYMENT.value, _("Awaiting payment")),
    (Order.Status.FAILED.value, _("Failed")),
    (Order.Status.EXPORTED.value, _("Exported")),
    (PARTLY, _("Partly shipped")),
    (Order.Status.COMPLETED.value, _("Completed")),
    (Order.Status.CANCELLED.value, _("Cancelled")),
]
COUNTED: Final = ("unprocessed", "changing", "awaiting_payment", "failed", "partly")
"""The states that are work: how much there is of them stands on their tabs."""
SORTS: Final = {
    "placed": "placed_at",
    "total": "net_minor",
    "number": "number",
    "customer": "company__name",
}


class OrderFilter(forms.Form):
    """The list's filters; what the reader's side has no use for is left out.

    Amounts are ``compared_in`` one currency, the reader's own unless the address names another.
    """

    status = forms.ChoiceField(choices=STATES, required=False)
    q = forms.CharField(max_length=100, required=False)
    customer = forms.CharField(max_length=40, required=False, label=_("Customer"))
    rep = forms.CharField(max_length=40, required=False, label=_("In the charge of"))
    since = DayField(required=False, label=_("Placed from"))
    until = DayField(required=False, label=_("Placed until"))
    least = AmountField(required=False, label=_("Total from"))
    most = AmountField(required=False, label=_("Total up to"))
    currency = forms.CharField(max_length=3, required=False, label=_("Currency"))
    country = forms.CharField(max_length=2, required=False, label=_("Ship-to country"))
    terms = forms.ChoiceField(choices=[("", _("Any")), *TERMS], required=False, label=_("Payment"))
    po = forms.CharField(max_length=60, required=False, label=_("PO reference"))
    sort = forms.ChoiceField(
        choices=[(sign + key, key) for key in SORTS for sign in ("", "-")], required=False
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.named = named if is_currency(named := self.data.get("currency", "")) else ""
        self.compared_in = self.named or actor.currency
        for name in ("least", "most"):
            self.fields[name].currency = self.compared_in  # type: ignore[attr-defined]
        currencies = list_order_currencies(actor, self.named)
        self.has_currencies = len(currencies) > 1
        self.fields["currency"].widget = select_currency(currencies)
        if not actor.is_merchant:
            del self.fields["customer"], self.fields["rep"]
        else:
            self.fields["customer"].widget = select_customer(actor)
            self.fields["rep"].widget = select_rep()
        self.is_valid()

    def said(self, name: str) -> Any:
        """What a filter says; nothing where it says what cannot be."""
        return self.cleaned_data.get(name) or ""

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields behind "More filters", as far as this side has them."""
        amounts = ["least", "most", "currency"] if self.has_currencies else ["least", "most"]
        names = ["since", "until", *amounts, "country", "terms", "po"]
        if self.actor.is_merchant:
            names = ["customer", "rep", *names]
        return [self[name] for name in names]

    @property
    def is_by_currency(self) -> bool:
        """Whether the orders stand currency by currency: by their totals, of more than one."""
        is_by_total = self.said("sort").removeprefix("-") == "total"
        return is_by_total and self.has_currencies and not self.named

    @property
    def is_open(self) -> bool:
        """Whether one of those filters is on, or was refused; zero is an amount, too."""
        on = (self.cleaned_data.get(field.name) not in (None, "") for field in self.more)
        return any(on) or any(field.errors for field in self.more)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything leaves orders out."""
        return self.is_open or bool(self.said("status") or self.said("q"))

    @property
    def kept(self) -> dict[str, str]:
        """What was typed, by name, for the addresses that keep it."""
        return {name: text for name in self.fields if (text := self.data.get(name, ""))}

    def leave(self, orders: QuerySet[Order]) -> QuerySet[Order]:
        """The orders that the filters leave, each with its ``net_minor``."""
        orders = orders.annotate(net_minor=NET)
        if self.errors:
            return orders.none()
        status, text = self.said("status"), self.said("q")
        if status:
            orders = in_state(orders, status)
        if text:
            orders = _with_text(orders, self.actor, text)
        return orders.filter(self._narrow())

    def _narrow(self) -> Q:
        wanted = Q()
        for name, column in (
            ("customer", "company_id"),
            ("rep", "company__reps__member_id"),
            ("currency", "currency"),
            ("terms", "terms"),
            ("po", "po_number__icontains"),
        ):
            if self.said(name):
                wanted &= Q((column, self.said(name)))
        for name, column in (("least", "net_minor__gte"), ("most", "net_minor__lte")):
            if (amount := self.cleaned_data.get(name)) is not None:
                wanted &= Q((column, amount), currency=self.compared_in)
        if self.said("since"):
            wanted &= Q(placed_at__gte=self._begin_of(self.said("since")))
        if self.said("until"):
            wanted &= Q(placed_at__lt=self._begin_of(self.said("until") + timedelta(days=1)))
        if self.said("country"):
            wanted &= _shipped_to(self.said("country").upper())
        return wanted

    def _begin_of(self, day: date) -> datetime:
        return datetime.combine(day, time(), zone_of(self.actor.time_zone))


def in_state(orders: QuerySet[Order], state: str) -> QuerySet[Order]:
    """The orders in a state; *partly shipped* are exported ones of which something has left."""
    if state != PARTLY:
        return orders.filter(status=state)
    begun = OrderLine.objects.filter(shipped_quantity__gt=0).values("order_id")
    return orders.filter(status=Order.Status.EXPORTED, pk__in=begun)


def count_states(orders: QuerySet[Order]) -> dict[str, int]:
    """How many there are in each state that is work, counted no further than a thousand."""
    return {state: in_state(orders, state).order_by()[:1000].count() for state in COUNTED}


def _with_text(orders: QuerySet[Order], actor: Actor, text: str) -> QuerySet[Order]:
    """With it in their numbers, names and references, or as the SKU of a line."""
    own = Q()
    for column in ("number", "requisition_number", "po_number", "erp_number", "name"):
        own |= Q((f"{column}__icontains", text))
    marked = Requisition.objects.filter(marked_with(actor, text)).values("pk")
    lines = OrderLine.objects.filter(sku__in=spellings_of(text)).values("order_id")
    companies, people = Company.objects.all(), Member.objects.filter(user__name__icontains=text)
    if not actor.is_merchant:
        companies, people = companies.none(), people.filter(company_id=actor.company_id)
    return among(
        orders,
        orders.filter(own),
        orders.filter(company_id__in=keys_of(companies.filter(name__icontains=text))),
        orders.filter(buyer_id__in=keys_of(people)),
        orders.filter(requisition_id__in=marked),
        orders.filter(pk__in=lines),
    )


def _shipped_to(country: str) -> Q:
    """A line of it goes to this country."""
    places = Address.objects.filter(country=country).values("pk")
    bought = PurchasedLine.objects.filter(ship_to_id__in=places)
    return Q(pk__in=bought.values("order_id"))
