"""From a sketch to complete facts: what it leaves out is as ordinary as can be.

Ordinary is: one line, 100.00 of the company's currency, no shipping or tax, ordered from a cart by
somebody without rights at the root, on a weekday morning, by an old customer who owes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from placet.policy.checking.ground import Ground
from placet.policy.checking.line_building import build_lines, category_spends, ship_to_spends
from placet.policy.checking.sketches import Sketch
from placet.policy.facts import (
    UNRESTRICTED,
    Facts,
    History,
    PeriodUse,
    Person,
    Purchase,
    QuoteTerms,
    Requester,
)
from placet.policy.fields import FIELDS, PERIODS
from placet.policy.money import Money, NoRate, converted
from placet.policy.readers import amount_of
from placet.policy.reads import Reads
from placet.policy.rulebook import CompiledRulebook

ORDINARY_MINOR: Final = 100_00
NOBODY: Final = Person("?", "?", "?", "", None)


class UnclearSketch(Exception):
    """The sketch contradicts itself: `code` says how, `field` where."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def facts_of(sketch: Sketch, book: CompiledRulebook, ground: Ground) -> Facts:
    """The facts of a sketch as this rulebook reads them; raises `UnclearSketch`."""
    cells = sketch.purchase
    now = _now(cells, ground)
    purchase = _purchase(sketch, book, ground, now)
    asks = _requester(cells, ground)
    facts = Facts(
        now=now,
        purchase=purchase,
        requester=asks,
        beneficiary=_beneficiary(cells, ground),
        authors=frozenset({asks.person.user}),
        organisation=ground.organisation(asks.person.unit_path),
        budgets=(),
        company=_company(cells, ground, now),
        history=History({}, {}, frozenset(), frozenset()),
        rates=ground.rates,
    )
    basis = book.content.amount_basis
    this = _in_company_currency(facts, amount_of(facts, basis))
    uses = _uses(cells, ground, this)
    history = _history(sketch, book.reads, facts, this)
    return facts._replace(requester=asks._replace(uses=uses), history=history)


def asked_by(requester: Requester, facts: Facts, ground: Ground) -> Facts:
    """The same purchase of somebody else, with what they used before as it was."""
    return facts._replace(
        requester=requester._replace(uses=facts.requester.uses),
        authors=frozenset({requester.person.user}),
        organisation=ground.organisation(requester.person.unit_path),
    )


def _get(cells: Mapping[Any, Any], key: str, ordinary: Any = None) -> Any:
    """The value of a field that is of nothing, or of its last mention."""
    found = [value for (name, _), value in cells.items() if name == key]
    return found[-1] if found else ordinary


def _currency(sketch: Sketch, ground: Ground) -> str:
    """The currency of all amounts of the purchase; the company's where none is given."""
    named = _get(sketch.purchase, "purchase.currency")
    found = {
        value.currency
        for cells in (sketch.purchase, *sketch.lines)
        for (key, _), value in cells.items()
        if isinstance(value, Money) and FIELDS[key].currency == "purchase"
    }
    if named:
        found.add(str(named))
    if len(found) > 1:
        raise UnclearSketch("purchase.currency", "mixed_currencies")
    return found.pop() if found else ground.company.currency


def _purchase(sketch: Sketch, book: CompiledRulebook, ground: Ground, now: datetime) -> Purchase:
    cells = sketch.purchase
    currency = _currency(sketch, ground)
    shipping = _minor(cells, "purchase.shipping") or 0
    tax = _minor(cells, "purchase.tax") or 0
    goods = _goods(sketch, book, shipping, tax)
    wished = _get(cells, "purchase.line_count", len(sketch.lines))
    today = now.astimezone(ground.company.zone).date()
    lines = build_lines(sketch, goods, wished, shipping=shipping, tax=tax, today=today)
    if lines is None:
        raise UnclearSketch("purchase.amount", "does_not_add_up")
    total = sum(line.total_minor for line in lines)
    requested = _get(cells, "purchase.requested_in_days")
    quote = [_get(cells, f"quote.{name}") for name in ("discount", "margin", "target_price")]
    return Purchase(
        currency=currency,
        lines=lines,
        goods_minor=total,
        shipping_minor=shipping,
        tax_minor=tax,
        total_minor=total + shipping + tax,
        bill_to=str(_get(cells, "purchase.bill_to", "")),
        terms=str(_get(cells, "purchase.terms", "")),
        references=_references(cells),
        justification=str(_get(cells, "purchase.justification", "")),
        source=str(_get(cells, "purchase.source", "cart")),
        requested_on=None if requested is None else today + timedelta(days=requested),
        quote=QuoteTerms(quote[0] or 0, quote[1] or 0, quote[2].amount_minor if quote[2] else None)
        if any(value is not None for value in quote)
        else None,
    )


def _minor(cells: Mapping[Any, Any], key: str) -> int | None:
    value = _get(cells, key)
    return value.amount_minor if isinstance(value, Money) else None


def _goods(sketch: Sketch, book: CompiledRulebook, shipping: int, tax: int) -> int | None:
    """The goods that the amounts at the top say, on the rulebook's basis."""
    basis = book.content.amount_basis
    beside = {"goods": 0, "with_shipping": shipping, "gross": shipping + tax}[basis]
    said = {
        amount - more
        for key, more in (
            ("purchase.goods", 0),
            ("purchase.amount", beside),
            ("purchase.total", shipping + tax),
        )
        if (amount := _minor(sketch.purchase, key)) is not None
    }
    if len(said) > 1:
        raise UnclearSketch("purchase.amount", "does_not_add_up")
    return said.pop() if said else None


def _references(cells: Mapping[Any, Any]) -> dict[str, str]:
    return {
        parameter or "po": str(value)
        for (key, parameter), value in cells.items()
        if key == "purchase.reference"
    }


def _now(cells: Mapping[Any, Any], ground: Ground) -> datetime:
    """The checks' own moment, moved to the weekday and hour that are given."""
    weekday, hour = _get(cells, "purchase.weekday"), _get(cells, "purchase.hour")
    local = ground.now.astimezone(ground.company.zone)
    if weekday is not None:
        local += timedelta(days=int(weekday) - local.isoweekday())
    if hour is not None:
        local = local.replace(hour=min(23, max(0, int(hour))))
    return local.astimezone(ground.now.tzinfo)


def _requester(cells: Mapping[Any, Any], ground: Ground) -> Requester:
    """The member that is named, or somebody with the unit, roles and permissions that are given."""
    member = _get(cells, "requester.member")
    if member and member in ground.people:
        base = ground.requester(str(member))
    else:
        root = min(ground.units, key=len, default="")
        person = NOBODY._replace(member=str(member or "?"), unit_path=root)
        permissions = frozenset({"order.submit"})
        base = Requester(person, frozenset(), permissions, UNRESTRICTED, ())
    unit = _get(cells, "requester.unit", base.person.unit_path)
    return base._replace(
        person=base.person._replace(unit_path=str(unit)),
        roles=frozenset(_get(cells, "requester.roles", base.roles)),
        permissions=frozenset(_get(cells, "requester.permissions", base.permissions)),
    )


def _beneficiary(cells: Mapping[Any, Any], ground: Ground) -> Person | None:
    member = _get(cells, "beneficiary.member")
    if member:
        return ground.people.get(str(member), NOBODY._replace(user="!", member=str(member)))
    return NOBODY._replace(user="!", member="!") if _get(cells, "beneficiary.differs") else None


def _company(cells: Mapping[Any, Any], ground: Ground, now: datetime) -> Any:
    company = ground.company
    days = _get(cells, "company.customer_for_days")
    today = now.astimezone(company.zone).date()
    return company._replace(
        earlier_orders=_get(cells, "company.earlier_orders", company.earlier_orders),
        customer_since_on=company.customer_since_on
        if days is None
        else today - timedelta(days=int(days)),
        credit=company.credit._replace(
            open_balance_minor=_minor(cells, "company.open_balance") or 0,
            overdue_minor=_minor(cells, "company.overdue") or 0,
        ),
    )


def _in_company_currency(facts: Facts, amount_minor: int) -> int:
    """Sums over time are in the company's currency; without a rate this purchase adds nothing."""
    money = Money(amount_minor, facts.purchase.currency)
    try:
        return converted(money, facts.company.currency, facts.rates).amount_minor
    except NoRate:
        return 0


def _uses(cells: Mapping[Any, Any], ground: Ground, this_minor: int) -> tuple[PeriodUse, ...]:
    """What was used before, so that with this purchase it is what the sketch says."""
    uses: list[PeriodUse] = []
    for period in PERIODS:
        orders = _of(cells, "requester.orders", period, 1)
        spend = _of(cells, "requester.spend", period, None)
        before = 0 if spend is None else max(0, spend.amount_minor - this_minor)
        money = Money(before, ground.company.currency)
        uses.append(PeriodUse(period, money, max(0, orders - 1)))
    return tuple(uses)


def _of(cells: Mapping[Any, Any], key: str, parameter: str, ordinary: Any) -> Any:
    """A field of this period or number of days, else of all of them."""
    return cells.get((key, parameter), cells.get((key, ""), ordinary))


def _history(sketch: Sketch, reads: Reads, facts: Facts, this_minor: int) -> History:
    totals: dict[tuple[str, int], int] = {}
    by_key: dict[tuple[str, int], Mapping[str, int]] = {}
    cells = sketch.purchase
    for measure, days in reads.windows:
        if measure == "spend_category":
            by_key[measure, days] = category_spends(sketch, facts, days)
        elif measure == "spend_ship_to":
            by_key[measure, days] = ship_to_spends(sketch, facts, days)
        elif measure == "similar_orders":
            totals[measure, days] = _of(cells, "history.similar_orders", str(days), 0)
        else:
            key = f"history.{'requester' if measure == 'spend_requester' else 'unit'}_spend"
            spend = _of(cells, key, str(days), None)
            before = 0 if spend is None else max(0, spend.amount_minor - this_minor)
            totals[measure, days] = before
    pairs = list(zip(facts.purchase.lines, _padded(sketch, len(facts.purchase.lines)), strict=True))
    return History(
        totals=totals,
        by_key=by_key,
        first_categories=frozenset(
            line.category for line, own in pairs if _get(own, "line.first_of_category")
        ),
        first_ship_tos=frozenset(
            part.ship_to
            for line, own in pairs
            if _get(own, "allocation.first_to_ship_to")
            for part in line.allocations
        ),
    )


def _padded(sketch: Sketch, count: int) -> list[Mapping[Any, Any]]:
    """The sketch's lines, with empty ones for those that were added to reach the amount."""
    return [*sketch.lines, *([{}] * (count - len(sketch.lines)))]
