"""How the merchant negotiates: what is won, in how many rounds, how fast, at which price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Avg, Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.permissions import QUOTE_MANAGE
from placet.quotes.models import Acceptance, Offer, OfferLine, Quote, Side
from placet.quotes.queries import list_quotes
from placet.reports.groups import (
    BY_CUSTOMER,
    BY_REP,
    BY_TIME,
    names_of_companies,
    names_of_members,
)
from placet.reports.measures import grouped, key_of, lasted, less, part, read_ranks, within
from placet.reports.values import Ask, Column, Groups, Kind, Number

LOST: Final = (Quote.Status.DECLINED, Quote.Status.WITHDRAWN, Quote.Status.EXPIRED)
EXACT: Final = DecimalField(max_digits=40, decimal_places=0)


def read_quoting(ask: Ask) -> Groups:
    """What came of the quotes that were asked for in these days; five queries."""
    rows = grouped(
        _quotes(ask), ask, "requested_at", customer=F("company_id"), rep=F("assigned_to_id")
    )
    taken = Acceptance.objects.values("quote_id")
    counted = rows.values("by").annotate(
        asked=Count("pk"),
        won=Count("pk", filter=Q(pk__in=taken)),
        lost=Count("pk", filter=Q(status__in=LOST) & ~Q(pk__in=taken)),
        rounds=Avg("offer_number"),
    )
    times = read_ranks(_answered(rows), "took")
    prices, costs = _read_prices(rows, ask), _read_costs(rows, ask)
    return {
        (key := key_of(row["by"])): {
            "asked": row["asked"],
            "won": row["won"],
            "lost": row["lost"],
            "conversion": part(row["won"], row["asked"]),
            "rounds": float(row["rounds"] or 0),
            "answer_median": times.get(key, [None])[0],
            "answer_slow": times.get(key, [None, None])[1],
            "discount": prices.get(key),
            "margin": costs.get(key),
        }
        for row in counted.order_by()
    }


def _quotes(ask: Ask) -> QuerySet[Quote]:
    quotes = list_quotes(ask.actor).order_by().select_related(None)
    return quotes.filter(currency=ask.currency, **within("requested_at", ask.days))


def _answered(rows: QuerySet[Any]) -> Any:
    """With the time from the request to the merchant's first offer."""
    first = Offer.objects.filter(quote=OuterRef("pk"), side=Side.MERCHANT).order_by("number")
    return rows.annotate(answered_at=Subquery(first.values("created_at")[:1])).annotate(
        took=lasted("requested_at", "answered_at")
    )


def _offered(rows: QuerySet[Any], ask: Ask) -> Any:
    """The priced lines of the last offer of the merchant's in each of these quotes."""
    last = Offer.objects.filter(quote=OuterRef("offer__quote"), side=Side.MERCHANT)
    lines = OfferLine.objects.filter(
        offer__quote__in=rows.values("pk"),
        offer_id=Subquery(last.order_by("-number").values("pk")[:1]),
        unit_price_minor__isnull=False,
    )
    return grouped(
        lines,
        ask,
        "offer__quote__requested_at",
        customer=F("offer__quote__company_id"),
        rep=F("offer__quote__assigned_to_id"),
    )


def _priced(column: str, per: str = "price_quantity") -> Any:
    """A price times the quantity, in fractions of a minor unit: sums of it do not overflow."""
    return Cast(column, EXACT) * F("quantity") / F(per)


def _read_prices(rows: QuerySet[Any], ask: Ask) -> dict[str, Number]:
    """By which part offers are below the list prices of those lines that have one."""
    lines = _offered(rows, ask).filter(list_price_minor__gt=0)
    found = lines.values("by").annotate(
        offered=Sum(_priced("unit_price_minor"), output_field=EXACT),
        listed=Sum(_priced("list_price_minor"), output_field=EXACT),
    )
    return {key_of(row["by"]): less(row["offered"], row["listed"]) for row in found.order_by()}


def _read_costs(rows: QuerySet[Any], ask: Ask) -> dict[str, Number]:
    """Which part of offers is margin, of those lines whose product has a cost in the currency."""
    lines = _offered(rows, ask).filter(
        product__cost_minor__isnull=False,
        product__cost_currency=ask.currency,
        unit_price_minor__gt=0,
    )
    found = lines.values("by").annotate(
        offered=Sum(_priced("unit_price_minor"), output_field=EXACT),
        cost=Sum(_priced("product__cost_minor", "product__price_quantity"), output_field=EXACT),
    )
    return {key_of(row["by"]): less(row["cost"], row["offered"]) for row in found.order_by()}


def name_quoting(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """The words of a grouping's keys."""
    if ask.by == BY_CUSTOMER.key:
        return names_of_companies(keys)
    return names_of_members(keys, _("Taken up by nobody"))


QUOTING: Final = Kind(
    "quotes",
    "merchant",
    gettext_lazy("Quotes"),
    gettext_lazy("What came of quotes by the day they were asked for, and at which price."),
    (QUOTE_MANAGE,),
    (BY_TIME, BY_REP, BY_CUSTOMER),
    (
        Column("asked", gettext_lazy("Asked for"), "count", True),
        Column("won", gettext_lazy("Won"), "count", True),
        Column("lost", gettext_lazy("Lost"), "count", False),
        Column("conversion", gettext_lazy("Conversion"), "share", True),
        Column("rounds", gettext_lazy("Rounds"), "ratio"),
        Column("answer_median", gettext_lazy("First offer, half"), "hours", False),
        Column("answer_slow", gettext_lazy("First offer, 9 of 10"), "hours", False),
        Column("discount", gettext_lazy("Below list"), "share", False),
        Column("margin", gettext_lazy("Margin"), "share", True),
    ),
    read_quoting,
    name_quoting,
    note=gettext_lazy(
        "Discount and margin are those of your last offers; margin counts the lines whose product "
        "has a cost in this currency."
    ),
)
