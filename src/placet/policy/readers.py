"""How each registered field is read from the facts: one small function a field.

A purchase's reader takes (context), a line's (line, context), an allocation's (allocation,
context), and the parameter last where the field has one. An absent value is `None`. Money is in
minor units, percentages in basis points; spend includes this purchase.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from placet.policy.facts import (
    Allocation,
    AmountBasis,
    Facts,
    Line,
    MissingFact,
    PeriodUse,
    Purchase,
    Quantity,
)
from placet.policy.money import exchange, round_half_up


class Context(NamedTuple):
    """The facts, and the amount basis of the rulebook that asks."""

    facts: Facts
    basis: AmountBasis


def amount_of(facts: Facts, basis: AmountBasis) -> int:
    """The purchase's amount on a basis: goods net, with shipping, or with tax as well."""
    return amount_on(facts.purchase, basis)


def amount_on(purchase: Purchase, basis: AmountBasis) -> int:
    """The same of a purchase alone."""
    if basis == "goods":
        return purchase.goods_minor
    if basis == "with_shipping":
        return purchase.goods_minor + purchase.shipping_minor
    return purchase.total_minor


def allocated(allocation: Allocation, basis: AmountBasis) -> int:
    """An allocation's share of the purchase's amount on a basis."""
    if basis == "goods":
        return allocation.goods_minor
    if basis == "with_shipping":
        return allocation.goods_minor + allocation.shipping_minor
    return allocation.goods_minor + allocation.shipping_minor + allocation.tax_minor


def use_of(facts: Facts, period: str) -> PeriodUse:
    """What the requester used of the running period; raises `MissingFact`."""
    for use in facts.requester.uses:
        if use.period == period:
            return use
    raise MissingFact(f"the requester's use of the {period}")


def in_company_currency(facts: Facts, amount_minor: int) -> int:
    """An amount of the purchase in the company's currency, rounded half up; raises `NoRate`."""
    if facts.purchase.currency == facts.company.currency:
        return amount_minor
    factor = exchange(facts.purchase.currency, facts.company.currency, facts.rates)
    return round_half_up(amount_minor * factor)


def _days_until(facts: Facts, day: date | None) -> int | None:
    """Days from today, in the company's zone."""
    if day is None:
        return None
    return (day - facts.now.astimezone(facts.company.zone).date()).days


def _total(facts: Facts, measure: str, days: int) -> int:
    try:
        return facts.history.totals[measure, days]
    except KeyError:
        raise MissingFact(f"{measure} of the last {days} days") from None


def _total_of(facts: Facts, measure: str, days: int, key: str) -> int:
    try:
        return facts.history.by_key[measure, days][key]
    except KeyError:
        raise MissingFact(f"{measure} of the last {days} days for {key}") from None


def _basis_points_above(price_minor: int, earlier_minor: int | None) -> int | None:
    """How much dearer, in basis points of the earlier price, rounded half up."""
    if not earlier_minor:
        return None
    return round_half_up(Fraction((price_minor - earlier_minor) * 10_000, earlier_minor))


# ── The purchase ────────────────────────────────────────────────────────────────────────────────


def amount(context: Context) -> int:
    return amount_of(context.facts, context.basis)


def goods(context: Context) -> int:
    return context.facts.purchase.goods_minor


def shipping(context: Context) -> int:
    return context.facts.purchase.shipping_minor


def tax(context: Context) -> int:
    return context.facts.purchase.tax_minor


def total(context: Context) -> int:
    return context.facts.purchase.total_minor


def line_count(context: Context) -> int:
    return len(context.facts.purchase.lines)


def currency(context: Context) -> str:
    return context.facts.purchase.currency


def bill_to(context: Context) -> str:
    return context.facts.purchase.bill_to


def terms(context: Context) -> str:
    return context.facts.purchase.terms


def reference(context: Context, key: str) -> str:
    return context.facts.purchase.references.get(key, "")


def justification(context: Context) -> str:
    return context.facts.purchase.justification


def source(context: Context) -> str:
    return context.facts.purchase.source


def requested_in(context: Context) -> int | None:
    return _days_until(context.facts, context.facts.purchase.requested_on)


def weekday(context: Context) -> int:
    """1 on Monday to 7 on Sunday, in the company's zone."""
    return context.facts.now.astimezone(context.facts.company.zone).isoweekday()


def hour(context: Context) -> int:
    """0 to 23, in the company's zone."""
    return context.facts.now.astimezone(context.facts.company.zone).hour


def quote_discount(context: Context) -> int | None:
    """What the quote takes off, in basis points; absent where nothing was negotiated."""
    quote = context.facts.purchase.quote
    return None if quote is None else quote.discount_basis_points


def quote_margin(context: Context) -> int | None:
    """The merchant's margin at the quoted prices, in basis points."""
    quote = context.facts.purchase.quote
    return None if quote is None else quote.margin_basis_points


def quote_target(context: Context) -> int | None:
    """The price that the buyer asked for."""
    quote = context.facts.purchase.quote
    return None if quote is None else quote.target_price_minor


# ── People and the company ──────────────────────────────────────────────────────────────────────


def requester_member(context: Context) -> str:
    return context.facts.requester.person.member


def requester_unit(context: Context) -> str:
    return context.facts.requester.person.unit_path


def requester_roles(context: Context) -> frozenset[str]:
    return context.facts.requester.roles


def permissions(context: Context) -> frozenset[str]:
    return context.facts.requester.permissions


def orders(context: Context, period: str) -> int:
    return use_of(context.facts, period).orders + 1


def spend(context: Context, period: str) -> int:
    """The requester's spend in the running period, this purchase included."""
    facts = context.facts
    used = use_of(facts, period).spend
    factor = exchange(used.currency, facts.company.currency, facts.rates)
    return round_half_up(used.amount_minor * factor) + in_company_currency(facts, amount(context))


def beneficiary_differs(context: Context) -> bool:
    return context.facts.beneficiary is not None


def beneficiary_member(context: Context) -> str | None:
    """The person it is for; absent where that is the requester."""
    beneficiary = context.facts.beneficiary
    return None if beneficiary is None else beneficiary.member


def earlier_orders(context: Context) -> int:
    return context.facts.company.earlier_orders


def customer_for_days(context: Context) -> int:
    return -(_days_until(context.facts, context.facts.company.customer_since_on) or 0)


def open_balance(context: Context) -> int:
    return context.facts.company.credit.open_balance_minor


def overdue(context: Context) -> int:
    return context.facts.company.credit.overdue_minor


def similar_orders(context: Context, days: int) -> int:
    return _total(context.facts, "similar_orders", days)


def requester_spend(context: Context, days: int) -> int:
    """Of the last days, in the company's currency, this purchase included."""
    earlier = _total(context.facts, "spend_requester", days)
    return earlier + in_company_currency(context.facts, amount(context))


def unit_spend(context: Context, days: int) -> int:
    """Of the last days, in the company's currency, this purchase included."""
    earlier = _total(context.facts, "spend_unit", days)
    return earlier + in_company_currency(context.facts, amount(context))


# ── Lines ───────────────────────────────────────────────────────────────────────────────────────


def line_sku(line: Line, context: Context) -> str:
    return line.sku


def line_name(line: Line, context: Context) -> str:
    return line.name


def line_category(line: Line, context: Context) -> str:
    return line.category


def line_brand(line: Line, context: Context) -> str:
    return line.brand


def line_supplier(line: Line, context: Context) -> str:
    return line.supplier


def line_tags(line: Line, context: Context) -> frozenset[str]:
    return line.tags


def line_quantity(line: Line, context: Context) -> Quantity:
    return line.quantity


def line_unit_price(line: Line, context: Context) -> int | Fraction:
    """The exact price of one unit, where a price per 100 may have fractions of a cent."""
    if line.price_quantity == 1:
        return line.unit_price_minor
    return Fraction(line.unit_price_minor, line.price_quantity)


def unit_prices(prices: Sequence[int], per: Sequence[int]) -> Sequence[int | Fraction]:
    """The same for all lines, from their columns."""
    if per.count(1) == len(per):
        return prices
    return [
        price if units == 1 else Fraction(price, units)
        for price, units in zip(prices, per, strict=True)
    ]


def line_total(line: Line, context: Context) -> int:
    return line.total_minor


def line_restricted(line: Line, context: Context) -> bool:
    return line.restricted


def line_first_time(line: Line, context: Context) -> bool:
    return line.first_time


def above_last(line: Line, context: Context) -> int | None:
    return _basis_points_above(line.unit_price_minor, line.last_price_minor)


def above_list(line: Line, context: Context) -> int | None:
    return _basis_points_above(line.unit_price_minor, line.list_price_minor)


def first_of_category(line: Line, context: Context) -> bool:
    return line.category in context.facts.history.first_categories


def category_spend(line: Line, context: Context, days: int) -> int:
    """On the line's category, of the last days, this purchase included."""
    facts = context.facts
    this = sum(
        other.total_minor for other in facts.purchase.lines if other.category == line.category
    )
    return _total_of(facts, "spend_category", days, line.category) + in_company_currency(
        facts, this
    )


# ── Allocations ─────────────────────────────────────────────────────────────────────────────────


def ship_to(allocation: Allocation, context: Context) -> str:
    return allocation.ship_to


def cost_centre(allocation: Allocation, context: Context) -> str:
    return allocation.cost_centre


def allocation_quantity(allocation: Allocation, context: Context) -> Quantity:
    return allocation.quantity


def allocation_amount(allocation: Allocation, context: Context) -> int:
    return allocated(allocation, context.basis)


def need_by_in(allocation: Allocation, context: Context) -> int | None:
    return _days_until(context.facts, allocation.need_by_on)


def first_ship_to(allocation: Allocation, context: Context) -> bool:
    return allocation.ship_to in context.facts.history.first_ship_tos


def ship_to_spend(allocation: Allocation, context: Context, days: int) -> int:
    """To the allocation's ship-to, of the last days, this purchase included."""
    facts = context.facts
    this = sum(
        allocated(other, context.basis)
        for line in facts.purchase.lines
        for other in line.allocations
        if other.ship_to == allocation.ship_to
    )
    earlier = _total_of(facts, "spend_ship_to", days, allocation.ship_to)
    return earlier + in_company_currency(facts, this)
