"""Rules that need no rulebook, because their thresholds are facts: limits, credit and budgets.

They explain themselves like every other rule. Nothing sets them aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, TypeVar

from placet.policy.authority import covers_category
from placet.policy.effects import Shape, StepShape
from placet.policy.facts import (
    AmountBasis,
    Budget,
    Facts,
    Limit,
    MissingFact,
    PeriodBound,
    Purchase,
    Side,
    Unlimited,
)
from placet.policy.money import Money, exchange, round_half_up
from placet.policy.plan import Blocked, BudgetEffect, Finding, Reason, Warned
from placet.policy.readers import allocated, amount_of, amount_on, use_of
from placet.policy.selectors import Head, Members, MerchantRole
from placet.policy.terms import PREPAYMENT

Bound = TypeVar("Bound")

BUDGET_RANK = 20
CREDIT_RANK = 10


class Demand(NamedTuple):
    """A built-in rule that asks for approval."""

    reason: Reason
    shape: Shape


class BuiltIn(NamedTuple):
    """What the built-in rules of one side say."""

    demands: tuple[Demand, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    warnings: tuple[Warned, ...] = ()


def built_in_reason(side: Side, code: str, findings: tuple[Finding, ...]) -> Reason:
    """A reason that belongs to no rulebook; the code is its rule's id too."""
    return Reason("", 0, code, side, code, findings)


# ── The requester's limit ───────────────────────────────────────────────────────────────────────

_LIMIT_WAYS_OUT = {
    "limit.order_minimum": "add_items",
    "limit.order_maximum": "fewer_units",
    "limit.spend": "wait_for_next_period",
    "limit.orders": "wait_for_next_period",
    "limit.categories": "remove_lines",
    "limit.ship_tos": "choose_ship_to",
}


def limit_rule(facts: Facts, basis: AmountBasis, shape: Shape | None) -> BuiltIn:
    """The member's own limit, by its mode.

    *unrestricted* lifts limits; *over* asks when one is exceeded; *hard* blocks then; *always*
    asks every time. Raises `MissingFact` where a bound is not set, `NoRate` without a rate.
    """
    limit = facts.requester.limit
    if limit.mode == "unrestricted":
        return BuiltIn()
    exceeded = tuple(exceeded_bounds(limit, facts, basis))
    asked = shape or (StepShape((Head(0),)),)
    if limit.mode == "always":
        code = "limit" if exceeded else "limit.always"
        return BuiltIn((Demand(built_in_reason("buyer", code, exceeded), asked),))
    if not exceeded:
        return BuiltIn()
    if limit.mode == "over":
        return BuiltIn((Demand(built_in_reason("buyer", "limit", exceeded), asked),))
    ways_out = tuple(dict.fromkeys(_LIMIT_WAYS_OUT[finding.field] for finding in exceeded))
    reason = built_in_reason("buyer", "limit.hard", exceeded)
    return BuiltIn(blocked=(Blocked(reason, (), (*ways_out, "ask_admin")),))


def exceeded_bounds(limit: Limit, facts: Facts, basis: AmountBasis) -> Iterator[Finding]:
    """Every bound of a limit that this purchase breaks; bounds are inclusive."""
    amount = Money(amount_of(facts, basis), facts.purchase.currency)
    minimum = _stated(limit.order_minimum, "minimum")
    if isinstance(minimum, Money):
        yield from _compared("limit.order_minimum", "<", minimum, [amount], facts, "")
    maximum = _stated(limit.order_maximum, "maximum")
    if isinstance(maximum, Money):
        yield from _compared("limit.order_maximum", ">", maximum, [amount], facts, "")
    periods = _stated(limit.periods, "periods")
    if not isinstance(periods, Unlimited):
        for bound in periods:
            yield from _exceeded_period(bound, amount, facts)
    yield from _exceeded_scope(limit, facts)


def _stated(bound: Bound | Unlimited | None, name: str) -> Bound | Unlimited:
    if bound is None:
        raise MissingFact(f"the requester's limit: its {name}")
    return bound


def _compared(
    field: str, operator: str, bound: Money, amounts: list[Money], facts: Facts, about: str
) -> Iterator[Finding]:
    """The finding when the sum of the amounts is beyond the bound, in the bound's currency."""
    exact = sum(
        (
            amount.amount_minor * exchange(amount.currency, bound.currency, facts.rates)
            for amount in amounts
        ),
        Fraction(0),
    )
    limit = bound.amount_minor
    if exact > limit if operator == ">" else exact < limit:
        actual = round_half_up(exact)
        yield Finding(field, operator, limit, actual, bound.currency, about=about)


def _exceeded_period(bound: PeriodBound, amount: Money, facts: Facts) -> Iterator[Finding]:
    """Spend and number of orders in the running period, this purchase included."""
    use = use_of(facts, bound.period)
    if isinstance(bound.spend, Money):
        amounts = [use.spend, amount]
        yield from _compared("limit.spend", ">", bound.spend, amounts, facts, bound.period)
    if not isinstance(bound.orders, Unlimited) and use.orders + 1 > bound.orders:
        orders = use.orders + 1
        yield Finding("limit.orders", ">", bound.orders, orders, about=bound.period)


def _exceeded_scope(limit: Limit, facts: Facts) -> Iterator[Finding]:
    """Lines outside the allowed categories, allocations outside the allowed ship-tos."""
    categories = _stated(limit.categories, "categories")
    lines = facts.purchase.lines
    outside = [line for line in lines if not covers_category(categories, line.category)]
    if outside and not isinstance(categories, Unlimited):
        numbers = tuple(line.number for line in outside)
        wanted = tuple(sorted(categories))
        actual = outside[0].category
        yield Finding("limit.categories", "not within", wanted, actual, "", numbers)
    ship_tos = _stated(limit.ship_tos, "ship-tos")
    if isinstance(ship_tos, Unlimited):
        return
    elsewhere = [
        (line.number, allocation.ship_to)
        for line in lines
        for allocation in line.allocations
        if allocation.ship_to not in ship_tos
    ]
    if elsewhere:
        numbers = tuple(sorted({number for number, _ in elsewhere}))
        wanted = tuple(sorted(ship_tos))
        yield Finding("limit.ship_tos", "not in", wanted, elsewhere[0][1], "", numbers)


# ── Budgets ─────────────────────────────────────────────────────────────────────────────────────


def drawn_minor(budget: Budget, facts: Facts) -> int:
    """How much of the purchase a budget pays, in the budget's currency; raises `NoRate`."""
    purchase = facts.purchase
    rate = exchange(purchase.currency, budget.currency, facts.rates)
    return round_half_up(paid_minor(budget, purchase) * rate)


def paid_minor(budget: Budget, purchase: Purchase) -> int:
    """How much of a purchase a budget pays, in the purchase's currency."""
    if budget.kind == "cost_centre":
        return sum(
            allocated(allocation, budget.basis)
            for line in purchase.lines
            for allocation in line.allocations
            if allocation.cost_centre == budget.key
        )
    if budget.kind == "category":
        return sum(
            allocated(allocation, budget.basis)
            for line in purchase.lines
            if covers_category(frozenset({budget.key}), line.category)
            for allocation in line.allocations
        )
    return amount_on(purchase, budget.basis)


def budget_effect(budget: Budget, facts: Facts) -> BudgetEffect:
    """What the purchase does to a budget: left before, left after, and what is missing."""
    this = drawn_minor(budget, facts)
    before = budget.amount_minor - budget.committed_minor - budget.reserved_minor
    after = before - this
    return BudgetEffect(
        budget=budget.id,
        name=budget.name,
        mode=budget.mode,
        currency=budget.currency,
        amount_minor=budget.amount_minor,
        committed_minor=budget.committed_minor,
        reserved_minor=budget.reserved_minor,
        this_minor=this,
        left_before_minor=before,
        left_after_minor=after,
        over_minor=max(-after, 0) if this > 0 else 0,
    )


def budget_rule(budget: Budget, effect: BudgetEffect, shape: Shape | None) -> BuiltIn:
    """A budget that this purchase overdraws: warn, ask its owner, or block, by its mode."""
    if not effect.over_minor:
        return BuiltIn()
    found = Finding(
        field="budget.left",
        operator=">",
        wanted=effect.left_before_minor,
        actual=effect.this_minor,
        currency=effect.currency,
        about=effect.name,
    )
    reason = Reason("", 0, f"budget:{budget.id}", "buyer", "budget", (found,))
    if effect.mode == "warn":
        return BuiltIn(warnings=(Warned(reason, ()),))
    if effect.mode == "block":
        ways_out = ("another_cost_centre", "fewer_units", "ask_budget_owner")
        return BuiltIn(blocked=(Blocked(reason, (), ways_out),))
    owner = Members((budget.owner,) if budget.owner else ())
    asked = shape or (StepShape((owner,), rank=BUDGET_RANK),)
    return BuiltIn((Demand(reason, asked),))


# ── The merchant's credit ───────────────────────────────────────────────────────────────────────


def credit_rule(facts: Facts, shape: Shape | None) -> BuiltIn:
    """The open balance with this purchase, taxes included, beyond the company's credit limit.

    What is paid before it is processed takes no credit.
    """
    credit = facts.company.credit
    if not isinstance(credit.limit, Money) or facts.purchase.terms == PREPAYMENT:
        return BuiltIn()
    amounts = [
        Money(credit.open_balance_minor, facts.company.currency),
        Money(facts.purchase.total_minor, facts.purchase.currency),
    ]
    findings = tuple(_compared("credit.balance", ">", credit.limit, amounts, facts, ""))
    if not findings:
        return BuiltIn()
    reason = built_in_reason("merchant", "credit", findings)
    if credit.mode == "warn":
        return BuiltIn(warnings=(Warned(reason, ()),))
    if credit.mode == "block":
        return BuiltIn(blocked=(Blocked(reason, (), ("pay_open_invoices",)),))
    asked = shape or (StepShape((MerchantRole("owner"),), rank=CREDIT_RANK),)
    return BuiltIn((Demand(reason, asked),))
