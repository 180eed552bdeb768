"""The rules of a negotiation: whose turn it is, what can be accepted, what got dearer. Pure.

Two sides take turns with offers; an offer never changes, a better one is a new offer. The buyer's
first one, the request, may leave prices open. Only the buyer accepts, and only the last offer of
the merchant: a merchant who agrees with the buyer's counter-offer says so by a final offer at the
same prices. So what is bought always stands in one offer that the merchant made and that holds.

An offer is taken whole, or line by line where it says so: then each line is taken once, from its
minimum quantity up to what was offered, and the other lines stay open. Amounts are minor units of
one currency; days are of the merchant's calendar, the last one included.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, Literal, NamedTuple

Side = Literal["buyer", "merchant"]

TURN: Final[Mapping[str, Side]] = {
    "draft": "buyer",
    "requested": "merchant",
    "offered": "buyer",
    "countered": "merchant",
    "expired": "merchant",
}
"""Who moves next in each state that is not the end; what expired the merchant may offer again."""


MOST_LINES: Final = 500


class OfferLine(NamedTuple):
    """A line of an offer; its number stays the same from round to round.

    ``unit_price_minor`` is for ``price_quantity`` pieces, ``None`` where a request leaves it open.
    ``valid_until`` is ``None`` where it is that of the offer.
    """

    number: int
    product: str
    quantity: int
    minimum_quantity: int
    unit_price_minor: int | None
    price_quantity: int = 1
    valid_until: date | None = None


class Offer(NamedTuple):
    """One round from one side. A final offer is the merchant's last word."""

    number: int
    side: Side
    is_whole: bool
    is_final: bool
    valid_until: date
    terms: str
    lines: tuple[OfferLine, ...]


class LineChange(NamedTuple):
    """What became of a line between two offers; ``None`` where it was not there."""

    number: int
    before: OfferLine | None
    after: OfferLine | None

    @property
    def is_dearer(self) -> bool:
        """Whether a piece costs more than before; a price that was open is no price."""
        before, after = price_each(self.before), price_each(self.after)
        return before is not None and after is not None and after > before


def why_not_accepted(
    offer: Offer,
    wanted: Mapping[int, int],
    *,
    last_number: int,
    taken: Collection[int] = (),
    today: date,
) -> str:
    """Why the buyer cannot take these quantities (by line number) now; empty when they can.

    ``last_number`` is that of the negotiation's last offer, ``taken`` are lines that were accepted
    before. Codes: own_offer, not_last, nothing, unknown_line, taken, expired, open_price,
    whole_only, below_minimum, above_offered.
    """
    if offer.side != "merchant":
        return "own_offer"
    if offer.number != last_number:
        return "not_last"
    if not wanted:
        return "nothing"
    lines = {line.number: line for line in offer.lines}
    if not wanted.keys() <= lines.keys():
        return "unknown_line"
    if set(wanted) & set(taken):
        return "taken"
    if offer.is_whole and wanted != {line.number: line.quantity for line in offer.lines}:
        return "whole_only"
    return next(
        (
            code
            for number in sorted(wanted)
            if (code := _why_not(offer, lines[number], wanted, today))
        ),
        "",
    )


def _why_not(offer: Offer, line: OfferLine, wanted: Mapping[int, int], today: date) -> str:
    quantity = wanted[line.number]
    if today > valid_until(offer, line):
        return "expired"
    if line.unit_price_minor is None:
        return "open_price"
    if quantity < line.minimum_quantity or quantity < 1:
        return "below_minimum"
    return "above_offered" if quantity > line.quantity else ""


def valid_until(offer: Offer, line: OfferLine) -> date:
    """The last day on which a line can be taken: its own, but no later than that of the offer."""
    return min(line.valid_until or offer.valid_until, offer.valid_until)


def open_lines(offer: Offer, *, taken: Collection[int] = (), today: date) -> tuple[OfferLine, ...]:
    """The lines that can still be taken from an offer of the merchant."""
    if offer.side != "merchant":
        return ()
    still = tuple(
        line
        for line in offer.lines
        if line.number not in taken
        and line.unit_price_minor is not None
        and today <= valid_until(offer, line)
    )
    return () if offer.is_whole and len(still) < len(offer.lines) else still


def expires_after(offer: Offer, *, taken: Collection[int] = ()) -> date:
    """The day after which nothing can be taken any more; of a whole offer its shortest line's."""
    days = [valid_until(offer, line) for line in offer.lines if line.number not in taken]
    if not days:
        return offer.valid_until
    return min(days) if offer.is_whole else max(days)


def fault_of_offer(offer: Offer, *, today: date) -> str:
    """What is wrong with an offer before it is made; empty when nothing is.

    Codes: no_lines, too_many_lines, same_number, quantity, minimum, price, open_price (of the
    merchant), in_the_past, final_by_buyer.
    """
    numbers = [line.number for line in offer.lines]
    if not numbers:
        return "no_lines"
    if len(numbers) > MOST_LINES:
        return "too_many_lines"
    if len(set(numbers)) < len(numbers):
        return "same_number"
    if offer.is_final and offer.side == "buyer":
        return "final_by_buyer"
    if offer.valid_until < today:
        return "in_the_past"
    return next((code for line in offer.lines if (code := _fault(offer, line, today))), "")


def _fault(offer: Offer, line: OfferLine, today: date) -> str:
    if line.quantity < 1 or line.price_quantity < 1:
        return "quantity"
    if not 1 <= line.minimum_quantity <= line.quantity:
        return "minimum"
    if offer.is_whole and line.minimum_quantity != line.quantity:
        return "minimum"
    if line.unit_price_minor is None:
        return "open_price" if offer.side == "merchant" else ""
    if line.unit_price_minor < 0:
        return "price"
    return "in_the_past" if line.valid_until is not None and line.valid_until < today else ""


def price_each(line: OfferLine | None) -> Fraction | None:
    """What one piece costs; nothing where the line is not there or leaves it open."""
    if line is None or line.unit_price_minor is None:
        return None
    return Fraction(line.unit_price_minor, line.price_quantity)


def changes_between(before: Offer, after: Offer) -> tuple[LineChange, ...]:
    """What the later offer says differently, line by line; equal lines are left out."""
    old = {line.number: line for line in before.lines}
    new = {line.number: line for line in after.lines}
    numbers = [*old, *(number for number in new if number not in old)]
    found = (LineChange(number, old.get(number), new.get(number)) for number in numbers)
    return tuple(change for change in found if change.before != change.after)


def is_no_worse(agreed: Offer, later: Offer) -> bool:
    """Whether the buyer loses nothing by the later offer, on the same terms and the same lines.

    Every line is at least as cheap, of no fewer pieces, from no larger a minimum, for no shorter a
    time.
    """
    if later.terms != agreed.terms or (later.is_whole and not agreed.is_whole):
        return False
    old = {line.number: line for line in agreed.lines}
    return old.keys() <= {line.number for line in later.lines} and all(
        line.number in old and _is_line_no_worse(agreed, old[line.number], later, line)
        for line in later.lines
    )


def _is_line_no_worse(agreed: Offer, old: OfferLine, later: Offer, new: OfferLine) -> bool:
    before, after = price_each(old), price_each(new)
    if before is None or after is None:
        return before == after
    return (
        new.product == old.product
        and after <= before
        and new.minimum_quantity <= old.minimum_quantity
        and new.quantity >= old.quantity
        and valid_until(later, new) >= valid_until(agreed, old)
    )


def last_of(offers: Sequence[Offer], side: Side) -> Offer | None:
    """The last offer of a side."""
    return next((offer for offer in reversed(offers) if offer.side == side), None)
