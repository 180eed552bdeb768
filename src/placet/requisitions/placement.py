"""What keeps an approved purchase from being ordered, looked up anew at the moment of ordering.

Each problem has a code, an owner and a way on; the budget stays reserved meanwhile. Prices that
moved are no problem of their own: they make the next revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from placet.budgets.models import Budget, Reservation
from placet.budgets.queries import find_credit
from placet.carts.pricing import PricedCart
from placet.catalog.models import Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.queries import find_store_terms
from placet.companies.models import Address, Company
from placet.companies.queries import get_merchant_day
from placet.events.canonical import sha256
from placet.orders.content import Content, ContentLine, read_content
from placet.plans.credit import draw_of_content
from placet.policy.terms import PREPAYMENT
from placet.requisitions.changing import find_changed, held_by_order
from placet.requisitions.models import Requisition, Revision
from placet.requisitions.priced_anew import price_anew

SUSPENDED: Final = "company_suspended"
DIFFERS: Final = "content_differs"
CLOSED: Final = "address_closed"
NOT_FOR_SALE: Final = "not_for_sale"
SHORT: Final = "out_of_stock"
# The buying side never learns that it is about credit, so its trail does not say so either.
DECLINED: Final = "supplier_declines"
MOVED: Final = "price_moved"
CODES: Final = (SUSPENDED, DIFFERS, CLOSED, NOT_FOR_SALE, SHORT, DECLINED, MOVED)


class Problem(NamedTuple):
    """Why it cannot be ordered now; ``lines`` are the numbers of those it is about."""

    code: str
    lines: tuple[int, ...] = ()


class MovedPrice(NamedTuple):
    """A line whose price is another one today; amounts are for ``price_quantity`` pieces."""

    line: ContentLine
    unit_price_minor: int

    @property
    def is_higher(self) -> bool:
        """Whether the buyer would pay more."""
        return self.unit_price_minor > self.line.unit_price_minor


class Checked(NamedTuple):
    """What is in the way of ordering, and else which prices have moved.

    ``anew`` is the purchase at today's total where that is another one: a price moved, a promotion
    ended or began, or shipping or a tax rate changed.
    """

    problem: Problem | None
    moved: tuple[MovedPrice, ...] = ()
    anew: PricedCart | None = None


def check_placement(requisition: Requisition, revision: Revision, *, now: datetime) -> Checked:
    """The first thing that is in the way of ordering this revision; a fixed number of queries.

    While prices are held the content leaves as it was frozen, discounts, shipping and tax included,
    whatever has ended meanwhile. After that every lower price is the buyer's, a higher one counts
    beyond the tolerance that the merchant has stated, and any other total counts.
    """
    if requisition.company.status != Company.Status.ACTIVE:
        return Checked(Problem(SUSPENDED))
    if sha256(bytes(revision.content)) != revision.content_hash:
        return Checked(Problem(DIFFERS))
    content = read_content(revision.content)
    products = Product.objects.in_bulk(sorted({line.product for line in content.lines}))
    held = held_by_order(find_changed(requisition))
    prices = None if _are_held(content, now) else _prices(content, now)
    problem = (
        _closed_address(content)
        or _problem(NOT_FOR_SALE, _not_for_sale(content, products, prices))
        or _problem(SHORT, _short(content, products, held))
        or _beyond_credit(requisition, content)
    )
    if problem or prices is None:
        return Checked(problem)
    moved = tuple(_moved(content, products, prices))
    anew = price_anew(content, revision, [one.line.number for one in moved], now=now)
    has_moved = moved or anew.total_minor != content.total_minor
    return Checked(None, moved, anew if has_moved else None)


def _are_held(content: Content, now: datetime) -> bool:
    """Whether it still is the merchant's day of ``prices_held_until``, or one before."""
    held = content.prices_held_until
    return not held or get_merchant_day(now) <= date.fromisoformat(held)


def _moved(
    content: Content, products: Mapping[str, Product], prices: Mapping[str, PriceTiers]
) -> Iterator[MovedPrice]:
    terms = find_store_terms(content.currency)
    tolerance = terms.price_tolerance_basis_points if terms else 0
    for line in content.lines:
        if line.product in prices:
            moved = MovedPrice(line, prices[line.product].at(line.quantity))
            if _has_moved(moved, products[line.product].price_quantity, tolerance):
                yield moved


def _has_moved(moved: MovedPrice, price_quantity: int, tolerance: int) -> bool:
    """Compared for one piece, since a price may be for another number of pieces today."""
    before = moved.line.unit_price_minor * price_quantity
    after = moved.unit_price_minor * moved.line.price_quantity
    return after < before or after * 10_000 > before * (10_000 + tolerance)


def _problem(code: str, lines: Iterable[ContentLine]) -> Problem | None:
    numbers = tuple(line.number for line in lines)
    return Problem(code, numbers) if numbers else None


def _closed_address(content: Content) -> Problem | None:
    """An address where nothing is received any more, or where no invoice is wanted."""
    named = {place.id for place in content.ship_tos}
    if content.bill_to:
        named.add(content.bill_to.id)
    rows = Address.objects.filter(pk__in=sorted(named)).exclude(closed_at=None)
    closed = set(rows.values_list("id", flat=True))
    if not closed:
        return None
    lines = (
        line.number
        for line in content.lines
        if any(part.ship_to in closed for part in line.allocations)
    )
    return Problem(CLOSED, tuple(lines))


def _not_for_sale(
    content: Content, products: Mapping[str, Product], prices: Mapping[str, PriceTiers] | None
) -> list[ContentLine]:
    """What has left the sale since: a held price promises the price, never that there is any."""
    return [
        line
        for line in content.lines
        if line.product
        and (
            line.product not in products
            or products[line.product].status != Product.Status.ACTIVE
            or (prices is not None and line.product not in prices)
        )
    ]


def _short(
    content: Content, products: Mapping[str, Product], held: Mapping[str, int]
) -> list[ContentLine]:
    """What there is too little of; what the order has which this changes is there for it."""
    return [
        line
        for line in content.lines
        if line.product in products
        and not products[line.product].sells_beyond_stock
        and products[line.product].stock + held.get(line.product, 0) < line.quantity
    ]


def _beyond_credit(requisition: Requisition, content: Content) -> Problem | None:
    """A limit that blocks, lowered since this purchase was reserved."""
    if content.terms == PREPAYMENT:
        return None
    account = find_credit(requisition.company_id)
    if account is None or account.mode != Budget.Mode.BLOCK:
        return None
    states = Reservation.Status
    held = list(
        Reservation.objects.filter(
            requisition_id=requisition.pk,
            budget=account,
            status__in=(states.OPEN, states.COMMITTED),
        )
    )
    used = account.used_minor
    if any(one.status == states.COMMITTED for one in held) or not held:
        # Of a change only what goes beyond the order is reserved: what it costs is counted whole.
        used -= sum(one.committed_minor or one.amount_minor for one in held)
        draws = draw_of_content(requisition.company, content, submitted_at=requisition.submitted_at)
        used += sum(draw.amount_minor for draw in draws)
    return Problem(DECLINED) if used > account.amount_minor else None


def _prices(content: Content, now: datetime) -> Mapping[str, PriceTiers]:
    products = sorted({line.product for line in content.lines if line.product})
    return list_prices_for(content.company, content.currency, products, now)
