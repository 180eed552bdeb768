"""Whether an approver's own authority covers a purchase, in every dimension that is asked.

Authority is a `Limit`: bounds are inclusive, `UNLIMITED` covers everything, and a bound that is
not set covers nothing. The amount is always asked; the reasons name the rest: a reason about a
ship-to asks for authority over that ship-to.

What the merchant's staff offer is another matter than how much is bought. Reasons of theirs that
are about a quote's discount or margin alone ask for authority over those; an amount that is set
holds all the same, and so does the bound that the reasons do not name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from placet.policy.facts import UNLIMITED, AmountBasis, Facts, Limit, Unlimited
from placet.policy.money import Money, NoRate, converted
from placet.policy.plan import Finding, Reason
from placet.policy.readers import amount_of, use_of

_BELOW: Final = ("<", "<=", "not >", "not >=")
QUOTED: Final = ("quote.discount", "quote.margin")
_AMOUNTS: Final = ("purchase.amount", "purchase.goods", "purchase.total", "limit.order_minimum")


class Demands:
    """What the reasons of a step ask authority for."""

    def __init__(self, facts: Facts, basis: AmountBasis, reasons: Sequence[Reason]) -> None:
        self._facts = facts
        self.amount = Money(amount_of(facts, basis), facts.purchase.currency)
        findings = [finding for reason in reasons for finding in _all_findings(reason.findings)]
        self._minimum = any(f.field in _AMOUNTS and f.operator in _BELOW for f in findings)
        lines = facts.purchase.lines
        numbers = {
            number
            for f in findings
            if f.field in ("line.category", "limit.categories")
            for number in f.lines
        }
        self._categories = tuple(line.category for line in lines if line.number in numbers)
        places = {
            number
            for f in findings
            if f.field in ("allocation.ship_to", "limit.ship_tos")
            for number in f.lines
        }
        self._ship_tos = frozenset(
            allocation.ship_to
            for line in lines
            if line.number in places
            for allocation in line.allocations
        )
        own = [f for r in reasons if r.side == "merchant" for f in _all_findings(r.findings)]
        self._quoted = frozenset(f.field for f in own if f.field in QUOTED)
        self._is_only_quoted = bool(self._quoted) and all(f.field in QUOTED for f in findings)
        self._spend_periods = _periods(findings, ("limit.spend", "requester.spend"))
        self._order_periods = _periods(findings, ("limit.orders", "requester.orders"))

    def uncovered(self, authority: Limit | None, about: str) -> Finding | None:
        """The first dimension that the authority does not reach, or None when it covers all."""
        if authority is None:
            return Finding("authority.none", "is empty", None, None, about=about)
        return (
            self._beyond_amount(authority, about)
            or self._beyond_quoted(authority, about)
            or self._beyond_periods(authority, about)
            or self._beyond_places(authority, about)
        )

    def _beyond_amount(self, authority: Limit, about: str) -> Finding | None:
        maximum = self._in_purchase_currency(authority.order_maximum)
        if self._is_only_quoted and authority.order_maximum is None:
            return None
        if maximum is not UNLIMITED and (maximum is None or self.amount.amount_minor > maximum):
            return self._amount_finding("authority.order_maximum", ">", maximum, about)
        if not self._minimum:
            return None
        minimum = self._in_purchase_currency(authority.order_minimum)
        if minimum is not UNLIMITED and (minimum is None or self.amount.amount_minor < minimum):
            return self._amount_finding("authority.order_minimum", "<", minimum, about)
        return None

    def _beyond_quoted(self, authority: Limit, about: str) -> Finding | None:
        """What is offered takes off more, or leaves less, than this authority reaches."""
        quote = self._facts.purchase.quote
        if not self._quoted or quote is None:
            return None
        named = [
            ("discount", authority.discount, quote.discount_basis_points),
            ("margin", authority.margin, quote.margin_basis_points),
        ]
        for name, bound, actual in named:
            if bound is UNLIMITED or (bound is None and f"quote.{name}" not in self._quoted):
                continue
            if bound is None:
                return Finding(f"authority.{name}", "is empty", None, actual, about=about)
            if is_beyond(name, bound, actual):
                operator = ">" if name == "discount" else "<"
                return Finding(f"authority.{name}", operator, bound, actual, about=about)
        return None

    def _in_purchase_currency(self, bound: Money | Unlimited | None) -> int | Unlimited | None:
        """The bound in the purchase's currency; without a rate it covers nothing."""
        if not isinstance(bound, Money):
            return bound
        try:
            return converted(bound, self.amount.currency, self._facts.rates).amount_minor
        except NoRate:
            return None

    def _amount_finding(
        self, field: str, operator: str, bound: int | Unlimited | None, about: str
    ) -> Finding:
        wanted = bound if isinstance(bound, int) else None
        currency = self.amount.currency
        return Finding(field, operator, wanted, self.amount.amount_minor, currency, about=about)

    def _beyond_periods(self, authority: Limit, about: str) -> Finding | None:
        """A period's spend or number of orders, this purchase included, beyond the authority."""
        if authority.periods is UNLIMITED or not (self._spend_periods or self._order_periods):
            return None
        bounds = {bound.period: bound for bound in authority.periods or ()}
        for period in (*self._order_periods, *self._spend_periods):
            bound = bounds.get(period)  # type: ignore[call-overload]
            orders = use_of(self._facts, period).orders + 1
            if bound is None:
                return Finding("authority.period", "is empty", None, orders, about=about)
            asks_orders = period in self._order_periods and bound.orders is not UNLIMITED
            if asks_orders and orders > cast(int, bound.orders):
                return Finding(
                    "authority.orders", ">", cast(int, bound.orders), orders, about=about
                )
            if period in self._spend_periods and isinstance(bound.spend, Money):
                spend = self._spend(period, bound.spend.currency)
                if spend is None or spend > bound.spend.amount_minor:
                    wanted, currency = bound.spend
                    return Finding("authority.spend", ">", wanted, spend, currency, about=about)
        return None

    def _spend(self, period: str, currency: str) -> int | None:
        try:
            used = converted(use_of(self._facts, period).spend, currency, self._facts.rates)
            this = converted(self.amount, currency, self._facts.rates)
        except NoRate:
            return None
        return used.amount_minor + this.amount_minor

    def _beyond_places(self, authority: Limit, about: str) -> Finding | None:
        for category in self._categories:
            if not covers_category(authority.categories, category):
                return Finding("authority.categories", "not within", None, category, about=about)
        for ship_to in sorted(self._ship_tos):
            allowed = authority.ship_tos
            if allowed is not UNLIMITED and (allowed is None or ship_to not in allowed):
                return Finding("authority.ship_tos", "not in", None, ship_to, about=about)
        return None


def is_beyond(name: str, bound: int, actual: int | None) -> bool:
    """Whether a discount or a margin, in basis points, is beyond a bound; unknown always is."""
    if actual is None:
        return True
    return actual > bound if name == "discount" else actual < bound


def covers_category(allowed: frozenset[str] | Unlimited | None, category: str) -> bool:
    """Whether a category is one of the allowed ones or lies below one of them."""
    if allowed is UNLIMITED:
        return True
    return allowed is not None and any(
        category == path or category.startswith(f"{path}/") for path in allowed
    )


def _all_findings(findings: Sequence[Finding]) -> list[Finding]:
    return [inner for found in findings for inner in (found, *_all_findings(found.where))]


def _periods(findings: Sequence[Finding], fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({finding.about for finding in findings if finding.field in fields}))
