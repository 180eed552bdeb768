"""What taking a few more pieces of a line would save: the next price tier, the next promotion."""

from __future__ import annotations

from typing import Final, NamedTuple

from placet.carts.pricing import PricedCart, PricedLine
from placet.carts.quantities import LARGEST, nearest_quantity
from placet.policy.totals import line_total

QUARTER: Final = 4


class TakeMore(NamedTuple):
    """With ``more`` pieces a line is ``quantity``, and cheaper by the piece.

    ``saves_minor`` is what all these pieces would cost more at the price of now; ``costs_minor`` is
    what the line costs more than now, below zero where more pieces cost less. ``promotion`` names
    the one that takes ``basis_points`` off; without it a tier lowers ``unit_price_minor``.
    """

    line: PricedLine
    more: int
    quantity: int
    unit_price_minor: int
    saves_minor: int
    costs_minor: int
    promotion: str = ""
    basis_points: int = 0


def list_cheaper_by_more(priced: PricedCart) -> list[TakeMore]:
    """The lines of which a few more would be cheaper, the largest saving first.

    A few is a quarter more, or what saves at least a quarter of what it costs. No query: the steps
    come with the priced lines. What nobody can order is never advised.
    """
    found = []
    for line in priced.lines:
        if line.product.sku in priced.unsellable:
            continue
        offers = [offer for offer in (_by_tier(line), _by_promotion(line)) if offer is not None]
        worth = [one for one in offers if _is_worth_it(one)]
        if worth:
            found.append(max(worth, key=lambda one: one.saves_minor))
    return sorted(found, key=lambda one: (-one.saves_minor, one.line.number))


def _is_worth_it(offer: TakeMore) -> bool:
    is_little = offer.more * QUARTER <= offer.line.quantity
    return offer.saves_minor > 0 and (is_little or offer.costs_minor <= offer.saves_minor * QUARTER)


def _by_tier(line: PricedLine) -> TakeMore | None:
    step = line.next_tier
    quantity = _reached(line, step.more) if step else 0
    if step is None or not quantity:
        return None
    pieces = line.price_quantity
    then = line_total(step.unit_price_minor, quantity, pieces)
    now = line_total(line.unit_price_minor, line.quantity, pieces)
    at_this_price = line_total(line.unit_price_minor, quantity, pieces)
    return TakeMore(
        line,
        quantity - line.quantity,
        quantity,
        step.unit_price_minor,
        at_this_price - then,
        then - now,
    )


def _by_promotion(line: PricedLine) -> TakeMore | None:
    step = line.next_promotion
    quantity = _reached(line, step.more) if step else 0
    if step is None or not quantity:
        return None
    gross = line_total(line.unit_price_minor, quantity, line.price_quantity)
    off = gross * step.basis_points // 10_000
    # What is taken off now grows with the pieces; only what comes on top of it is saved.
    off_now = line.discount_minor * quantity // line.quantity
    return TakeMore(
        line,
        quantity - line.quantity,
        quantity,
        line.unit_price_minor,
        off - off_now,
        gross - off - line.total_minor,
        step.name,
        step.basis_points,
    )


def _reached(line: PricedLine, more: int) -> int:
    """The smallest quantity that can be ordered and reaches the step; 0 where none does."""
    wanted = line.quantity + more
    quantity = nearest_quantity(line.product, wanted)
    if quantity < wanted:
        quantity += line.product.step_quantity
    return quantity if quantity <= LARGEST else 0
