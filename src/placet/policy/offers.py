"""What the merchant's staff may offer by themselves, and who releases what is beyond it. Pure.

An offer's *discount* is what it takes off the prices that the customer pays without it, its
*margin* what remains of its prices after the goods' cost; both in basis points. What is taken as
a whole is measured as a whole; where each line can be taken by itself, the worst line counts, at
the quantity at which it is worst. Where something has no price, or no cost, the discount or the
margin is unknown, and unknown is beyond every bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from placet.policy.authority import is_beyond
from placet.policy.built_in import BuiltIn, Demand, built_in_reason
from placet.policy.effects import ManagementChain, Shape
from placet.policy.facts import UNLIMITED, AmountBasis, Facts, Unlimited
from placet.policy.money import Money, exchange
from placet.policy.plan import Finding
from placet.policy.readers import amount_of
from placet.policy.selectors import MerchantRole

LOWEST: Final = -1_000_000
"""Basis points: a margin is never said to be lower than this, nor a discount."""
WHOLE: Final = 10_000
USUAL_SHAPE: Final = ManagementChain(
    through=(MerchantRole("store_manager"), MerchantRole("owner")),
)
"""Up to the first whose authority covers the offer, where the rulebook says nothing else."""


class OfferedLine(NamedTuple):
    """A line of an offer with what it is measured by; amounts are exact, of all its pieces.

    ``usual`` is what the same pieces cost the customer without the offer, ``cost`` what they cost
    the merchant; ``None`` where that is not known. ``usual_at_most`` is the dearest price for a
    piece at any quantity that can be taken.
    """

    number: int
    quantity: int
    offered: Fraction
    usual: Fraction | None
    usual_at_most: Fraction | None
    cost: Fraction | None


class Measured(NamedTuple):
    """Discount and margin of an offer or of a line, in basis points; ``None`` is unknown."""

    discount: int | None
    margin: int | None


def measure_line(line: OfferedLine) -> Measured:
    """A line by itself, as it is offered."""
    return Measured(_discount(line.offered, line.usual), _margin(line.offered, line.cost))


def measure_offer(lines: Sequence[OfferedLine], *, is_whole: bool) -> Measured:
    """The whole, or the worst line where each can be taken alone."""
    if is_whole or not lines:
        offered = sum((line.offered for line in lines), Fraction(0))
        return Measured(
            _discount(offered, _sum([line.usual for line in lines])),
            _margin(offered, _sum([line.cost for line in lines])),
        )
    discounts = [_worst_discount(line) for line in lines]
    margins = [measure_line(line).margin for line in lines]
    known_margins = [margin for margin in margins if margin is not None]
    known_discounts = [discount for discount in discounts if discount is not None]
    return Measured(
        max(known_discounts) if len(known_discounts) == len(lines) else None,
        min(known_margins) if len(known_margins) == len(lines) else None,
    )


def _worst_discount(line: OfferedLine) -> int | None:
    if line.usual is None or line.usual_at_most is None:
        return None
    return _discount(line.offered, max(line.usual, line.usual_at_most * line.quantity))


def _sum(amounts: Sequence[Fraction | None]) -> Fraction | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if len(known) == len(amounts) else None


def _discount(offered: Fraction, usual: Fraction | None) -> int | None:
    """What is taken off, rounded up: a hair more than 10 % is more than 10 %; never below zero."""
    if usual is None:
        return None
    if not usual:
        return 0
    return max(-((offered - usual) * WHOLE // usual), 0)


def _margin(offered: Fraction, cost: Fraction | None) -> int | None:
    """What remains after the cost, rounded down; a gift remains as far below zero as can be."""
    if cost is None:
        return None
    if not offered:
        return LOWEST if cost else 0
    return max((offered - cost) * WHOLE // offered, LOWEST)


def offer_rule(facts: Facts, basis: AmountBasis, shape: Shape | None) -> BuiltIn:
    """An offer beyond what its author may offer alone asks somebody whose authority covers it.

    The author's limit is their authority: without a bound for the discount there is no discount
    that they may give; a margin or an amount that is not set does not bind them.
    """
    findings = tuple(beyond_author(facts, basis))
    if not findings:
        return BuiltIn()
    reason = built_in_reason("merchant", "authority.author", findings)
    return BuiltIn((Demand(reason, shape or USUAL_SHAPE),))


def beyond_author(facts: Facts, basis: AmountBasis) -> Iterator[Finding]:
    """Every bound of the author's own authority that the offer breaks; bounds are inclusive."""
    limit, quote = facts.requester.limit, facts.purchase.quote
    if quote is None:
        return
    discount = 0 if limit.discount is None else limit.discount
    yield from _beyond("discount", ">", discount, quote.discount_basis_points)
    margin = UNLIMITED if limit.margin is None else limit.margin
    yield from _beyond("margin", "<", margin, quote.margin_basis_points)
    if isinstance(limit.order_maximum, Money):
        bound = limit.order_maximum
        currency = facts.purchase.currency
        exact = amount_of(facts, basis) * exchange(currency, bound.currency, facts.rates)
        if exact > bound.amount_minor:
            actual = int(-(-exact // 1))
            yield Finding("purchase.amount", ">", bound.amount_minor, actual, bound.currency)


def _beyond(
    name: str, operator: str, bound: int | Unlimited, actual: int | None
) -> Iterator[Finding]:
    if isinstance(bound, Unlimited) or not is_beyond(name, bound, actual):
        return
    if actual is None:
        yield Finding(f"quote.{name}", "is empty", None, None)
    else:
        yield Finding(f"quote.{name}", operator, bound, actual)
