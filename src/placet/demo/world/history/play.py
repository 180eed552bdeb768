"""Plays the habits: the same seed and the same day always give the same purchases."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple

from placet.demo.world import golden
from placet.demo.world.catalog.assortment import DISCONTINUED, PRODUCTS
from placet.demo.world.catalog.shapes import Product
from placet.demo.world.companies import COMPANIES, MERIDIAN
from placet.demo.world.history.habits import HABITS, MORE_HABITS, Habit
from placet.demo.world.members.everybody import MEMBERS
from placet.demo.world.prices import LAST_PAID_MINOR, NEVER_BOUGHT, price_at, reduced
from placet.demo.world.scale import SMALL, Scale

SEED = 2048
STRETCH_DAYS = 91
# Today's prices hold for a while; before each of these days everything was a little cheaper.
CHEAPER = ((-45, 200), (-200, 400), (-380, 600))
SMALLEST_BUSINESS_ORDER_MINOR = 100_00


class PastLine(NamedTuple):
    """What was bought, and what one sales unit cost then."""

    sku: str
    quantity: int
    unit_price_minor: int


class Purchase(NamedTuple):
    """A purchase of the past. ``outcome`` is what came of it where somebody had to say yes.

    A purchase that needed nobody was ordered, whatever ``outcome`` says. ``minute`` counts from
    midnight in the company's zone.
    """

    company: str
    member: str
    title: str
    cost_center: str
    ship_to: str
    submitted_on: date
    minute: int
    lines: tuple[PastLine, ...]
    outcome: Literal["ordered", "rejected", "withdrawn"]
    po_number: str

    @property
    def goods_minor(self) -> int:
        """The net value of the goods."""
        return sum(line.quantity * line.unit_price_minor for line in self.lines)


_COMPANY_OF = {member.key: member.company for member in MEMBERS}
_LIST_OF = {company.key: company.price_list for company in COMPANIES}
_CUSTOMER_SINCE = {company.key: company.customer_since_days for company in COMPANIES}
FIRST_WEEK = 7
_BUSINESSES = {company.key for company in COMPANIES if company.kind == "business"}
_GONE = {withdrawal.sku for withdrawal in DISCONTINUED}
_STILL_SOLD: dict[str, list[Product]] = {}
for _product in PRODUCTS:
    if _product.sku not in _GONE and _product.sku not in NEVER_BOUGHT:
        _STILL_SOLD.setdefault(_product.family, []).append(_product)

# The open cases count on from PR-88000.
_FIRST_PO = {"small": 87_000, "full": 84_000}

# Lena's big orders of earlier weeks: where the last prices of the golden cart come from.
EARLIER_WEEKS = (-13, -41)


@lru_cache(maxsize=8)
def purchases(today: date, seed: int = SEED, scale: Scale = SMALL) -> tuple[Purchase, ...]:
    """All purchases of the past before ``today``, oldest first, with PO numbers."""
    habits = (*HABITS, *MORE_HABITS) if scale.has_ranges else HABITS
    played = [
        purchase
        for stretch in range(scale.stretches)
        for habit in habits
        for purchase in _of_habit(habit, today, seed, stretch)
    ]
    played += [_big_order(day, today) for day in EARLIER_WEEKS]
    played.sort(key=lambda purchase: (purchase.submitted_on, purchase.minute, purchase.member))
    counted: dict[str, int] = {}
    numbered = []
    for purchase in played:
        counted[purchase.company] = counted.get(purchase.company, 0) + 1
        number = f"PR-{_FIRST_PO[scale.name] + counted[purchase.company]}"
        numbered.append(purchase._replace(po_number=number))
    return tuple(numbered)


def price_then(company: str, product: Product, quantity: int, day: int) -> int:
    """What a sales unit cost ``-day`` days ago, so that the last price paid is the stated one."""
    now = price_at(_LIST_OF[company], product.sku, quantity)
    if company == MERIDIAN:
        now = LAST_PAID_MINOR.get(product.sku, now)
    return reduced(now, max((off for before, off in CHEAPER if day < before), default=0))


def _of_habit(habit: Habit, today: date, seed: int, stretch: int) -> Iterator[Purchase]:
    """What somebody bought in one stretch of the past; 0 is the last one."""
    company = _COMPANY_OF[habit.member]
    first_day = -STRETCH_DAYS * (stretch + 1)
    span = (-STRETCH_DAYS * stretch if stretch else habit.until_day) - first_day
    for turn in range(habit.times):
        names = (seed, habit.member, habit.cost_center, habit.title, turn)
        roll = _Rolls(*names, stretch) if stretch else _Rolls(*names)
        day = first_day + (span * turn + roll.below(span)) // habit.times
        day = _working_day(today, day)
        if day < FIRST_WEEK - _CUSTOMER_SINCE[company]:
            continue
        lines = tuple(_lines(habit, company, day, roll))
        if company in _BUSINESSES:
            lines = _at_least(lines, company, day, SMALLEST_BUSINESS_ORDER_MINOR)
        said = roll.below(100)
        yield Purchase(
            company=company,
            member=habit.member,
            title=f"{habit.title}, {turn + 1 + habit.times * stretch}",
            cost_center=habit.cost_center,
            ship_to=habit.ship_to,
            submitted_on=today + timedelta(days=day),
            minute=7 * 60 + roll.below(9 * 60),
            lines=lines,
            outcome="rejected" if said < 6 else "withdrawn" if said < 9 else "ordered",
            po_number="",
        )


def _lines(habit: Habit, company: str, day: int, roll: "_Rolls") -> Iterator[PastLine]:
    """One to four products of different families that share the value of the purchase."""
    families = roll.some(habit.families, 1 + roll.below(min(4, len(habit.families))))
    value = habit.low_minor + roll.below(habit.high_minor - habit.low_minor)
    for family in families:
        product = roll.one(_STILL_SOLD[family])
        price = price_at(_LIST_OF[company], product.sku, 1)
        wanted = max(product.minimum, value // len(families) // price, 1)
        quantity = max(wanted // product.step * product.step, product.step)
        unit_price = price_then(company, product, quantity, day)
        yield PastLine(product.sku, quantity, unit_price)


def _at_least(
    lines: tuple[PastLine, ...], company: str, day: int, smallest_minor: int
) -> tuple[PastLine, ...]:
    """Raise the first line until the purchase is worth what the merchant asks for."""
    first, *others = lines
    product = _PRODUCT_BY_SKU[first.sku]
    while sum(line.quantity * line.unit_price_minor for line in (first, *others)) < smallest_minor:
        quantity = first.quantity + product.step
        price = price_then(company, product, quantity, day)
        first = PastLine(first.sku, quantity, price)
    return (first, *others)


_PRODUCT_BY_SKU = {product.sku: product for product in PRODUCTS}


def _big_order(day: int, today: date) -> Purchase:
    """A week's order of ICU-4: the golden lines, with the gauze that was sold then."""
    skus = [line.sku for line in golden.LINES if line.sku not in NEVER_BOUGHT]
    quantities = {line.sku: line.quantity for line in golden.LINES}
    day = _working_day(today, day)
    lines = tuple(
        PastLine(sku, quantities[sku], price_then(MERIDIAN, _PRODUCT_BY_SKU[sku], 1, day))
        for sku in skus
    )
    when = today + timedelta(days=day)
    week = when.isocalendar().week + 1
    return Purchase(
        MERIDIAN, "lena", f"ICU-4 week {week}", golden.COST_CENTER, golden.SHIP_TO,
        when, 9 * 60 + 10, lines, "ordered", "",
    )  # fmt: skip


def _working_day(today: date, day: int) -> int:
    """The day itself, or the Friday before where it is on a weekend."""
    return day - max(0, (today + timedelta(days=day)).weekday() - 4)


class _Rolls:
    """A row of numbers that depends on its names alone, the same on every machine."""

    def __init__(self, *names: object) -> None:
        self._name = "/".join(str(name) for name in names)
        self._count = 0

    def below(self, bound: int) -> int:
        """The next number from 0 to ``bound - 1``."""
        self._count += 1
        digest = blake2b(f"{self._name}/{self._count}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % bound

    def one(self, choices: Sequence[Product]) -> Product:
        """The next pick."""
        return choices[self.below(len(choices))]

    def some(self, choices: Sequence[str], count: int) -> list[str]:
        """Different picks."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(count)]
