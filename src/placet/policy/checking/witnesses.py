"""A purchase that shows it: made from a branch of a condition, and then tried.

A sketch is only handed out when the engine itself says that the condition holds for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from placet.policy.checking.branches import Branch, Cell, Row, TooManyBranches, branches_of
from placet.policy.checking.building import NOBODY, UnclearSketch, facts_of
from placet.policy.checking.domains import Domain, Numbers
from placet.policy.checking.ground import Ground
from placet.policy.checking.sketches import Cells, Given, Key, Sketch
from placet.policy.comparing import Currencies
from placet.policy.compiling import Compiler
from placet.policy.conditions import Condition
from placet.policy.facts import AmountBasis, Facts, MissingFact, Requester
from placet.policy.fields import FIELDS
from placet.policy.money import Money, NoRate
from placet.policy.normal import pushed_down
from placet.policy.probes import Probes
from placet.policy.readers import Context
from placet.policy.rulebook import CompiledRulebook

MOST_TRIED = 12
_ORDINARY = {"money": 100_00, "quantity": 1, "count": 1, "basis_points": 0}


def sketches_for(
    condition: Condition, book: CompiledRulebook, ground: Ground
) -> Iterator[tuple[Sketch, Facts]]:
    """Purchases for which the condition holds, with their facts; none where none is found."""
    try:
        branches = branches_of(condition, book.content.amount_basis)
    except TooManyBranches:
        return
    for branch in branches[:MOST_TRIED]:
        sketch = _sketch(branch, ground.company.currency)
        facts = None if sketch is None else tried(sketch, condition, book, ground)
        if sketch is not None and facts is not None:
            yield sketch, facts


def tried(
    sketch: Sketch, condition: Condition, book: CompiledRulebook, ground: Ground
) -> Facts | None:
    """The facts of a sketch when the condition holds for them, else nothing."""
    try:
        facts = facts_of(sketch, book, ground)
        return facts if is_true(condition, facts, book.content.amount_basis) else None
    except (UnclearSketch, MissingFact, NoRate):
        return None


def of_anybody(sketch: Sketch) -> Sketch:
    """The purchase without what it says about its requester: for people who are really there."""
    cells = {key: value for key, value in sketch.purchase.items() if key[0] not in _OF_PEOPLE}
    return Sketch(cells, sketch.lines)


def of_member(sketch: Sketch, requester: Requester) -> Sketch:
    """The purchase as that of a member, as far as the requester is one."""
    bare = of_anybody(sketch)
    member = requester.person.member
    who: Cells = {} if member == NOBODY.member else {("requester.member", ""): member}
    return Sketch({**bare.purchase, **who}, bare.lines)


_OF_PEOPLE = ("requester.member", "requester.unit", "requester.roles", "requester.permissions")


def is_true(condition: Condition, facts: Facts, basis: AmountBasis) -> bool:
    """Whether a condition holds; raises `NoRate`."""
    probes = Probes()
    currencies = Currencies(facts.purchase.currency, facts.company.currency, facts.rates)
    test = Compiler(probes, currencies).test(pushed_down(condition))
    return bool(test(probes.values(Context(facts, basis))))


def _sketch(branch: Branch, currency: str) -> Sketch | None:
    """A purchase of this branch: the least that meets it."""
    sums = dict(branch.sums)
    lines: list[dict[Key, Given]] = []
    for row in branch.rows:
        line = _line(row, currency)
        if line is None:
            return None
        for cell in row.sums:
            value = sums[cell].nearest(0)
            if value is None:
                return None
            if cell.measure == "line_quantity":
                line["line.quantity", ""] = value
            else:
                line["line.total", ""] = Money(int(value), cell.currency or currency)
        lines.append(line)
    cells = dict(branch.cells)
    amount_key = next((cell for cell in cells if cell.field == "purchase.amount"), None)
    amount = cells.pop(amount_key) if amount_key else None
    purchase = _given(cells, currency)
    if purchase is None:
        return None
    if amount_key is not None and isinstance(amount, Numbers):
        stated = [line.get(("line.total", "")) for line in lines]
        known = [money.amount_minor for money in stated if isinstance(money, Money)]
        chosen = amount.nearest(max(sum(known), 1))
        if chosen is None:
            return None
        money = Money(int(chosen), amount_key.currency or currency)
        purchase["purchase.amount", ""] = money
        if len(known) == len(lines) and sum(known) < money.amount_minor:
            lines[-1].update(_grown(lines[-1], money.amount_minor - sum(known), money.currency))
    return Sketch(purchase, tuple(lines))


def _grown(line: dict[Key, Given], more: int, currency: str) -> dict[Key, Given]:
    """The line with the rest of the amount on it; the trial says whether that still holds."""
    total = line["line.total", ""]
    assert isinstance(total, Money)
    return {("line.total", ""): Money(total.amount_minor + more, currency)}


def _line(row: Row, currency: str) -> dict[Key, Given] | None:
    return _given(row.cells, currency)


def _given(cells: dict[Cell, Domain], currency: str) -> dict[Key, Given] | None:
    """A value for each cell; nothing where a domain hides its values too well."""
    given: dict[Key, Given] = {}
    for cell, domain in cells.items():
        value = _value(cell, domain, currency)
        if value is None:
            if isinstance(domain, Numbers) and domain.absent:
                continue
            return None
        given[cell.field, "" if cell.parameter is None else str(cell.parameter)] = value
    return given


def _value(cell: Cell, domain: Domain, currency: str) -> Any:
    if not isinstance(domain, Numbers):
        return domain.example()
    kind = FIELDS[cell.field].kind
    number = domain.nearest(_ORDINARY[kind])
    if number is None or kind != "money":
        return number
    return Money(int(number), cell.currency or currency)
