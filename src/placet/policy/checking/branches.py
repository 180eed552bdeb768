"""The ways in which a condition can hold, each as domains of fields; none means never.

Sound, not complete: fields are looked at one by one, an amount in two currencies as two fields,
and sums only by their own condition. So a condition that is called contradictory is, while some
contradictions between different fields stay unseen. A purchase has at least one line, and each
line at least one allocation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, NamedTuple

from placet.policy.checking.domains import Domain, Flags, Numbers, Tags, Texts
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum
from placet.policy.facts import AmountBasis
from placet.policy.fields import FIELDS, NUMERIC
from placet.policy.money import Money
from placet.policy.normal import pushed_down

MOST_BRANCHES: Final = 400


class TooManyBranches(Exception):
    """The condition has more ways to hold than are looked at."""


class Cell(NamedTuple):
    """A field of the purchase or of one row; money in two currencies are two cells."""

    field: str
    parameter: str | int | None
    currency: str


class SumCell(NamedTuple):
    """The sum of what meets a condition."""

    measure: str
    where: Condition
    currency: str


@dataclass(frozen=True)
class Row:
    """One line with one allocation that must exist; `sums` are those that it must fill."""

    cells: dict[Cell, Domain]
    sums: tuple[SumCell, ...] = ()


@dataclass(frozen=True)
class Branch:
    """One way in which a condition holds: what the purchase, rows and sums must be."""

    cells: dict[Cell, Domain]
    rows: tuple[Row, ...] = ()
    every: tuple[Condition, ...] = ()
    sums: tuple[tuple[SumCell, Numbers], ...] = ()


_MAY_BE_ABSENT: Final = frozenset(
    {
        *("purchase.requested_in_days", "quote.discount", "quote.margin", "quote.target_price"),
        *("line.above_last_price", "line.above_list_price", "allocation.need_by_in_days"),
    }
)
_MAY_BE_NEGATIVE: Final = _MAY_BE_ABSENT | {"company.open_balance", "company.customer_for_days"}
_BOUNDS: Final = {
    "purchase.weekday": (1, 7),
    "purchase.hour": (0, 23),
    "purchase.line_count": (1, None),
    "requester.orders": (1, None),
}
_BASIS_FIELDS: Final = {"goods": "purchase.goods", "gross": "purchase.total"}


def branches_of(condition: Condition, basis: AmountBasis) -> list[Branch]:
    """Every way in which the condition can hold; empty is a proof that it never does.

    Raises `TooManyBranches`.
    """
    opened = _Reader(basis).into(pushed_down(condition), [Branch({})])
    return [closed for branch in opened for closed in _Reader(basis).closed(branch)]


class _Reader:
    """Reads a condition on one amount basis, on which two names may be one field."""

    def __init__(self, basis: AmountBasis) -> None:
        self._same_as_amount = _BASIS_FIELDS.get(basis, "")

    def into(self, condition: Condition, branches: list[Branch]) -> list[Branch]:
        """The branches in which the condition holds as well."""
        if isinstance(condition, AllOf):
            for part in condition.parts:
                branches = self.into(part, branches)
            return branches
        if isinstance(condition, AnyOf):
            return _bounded(self.into(part, branches) for part in condition.parts)
        return _bounded(self._with(condition, branch) for branch in branches)

    def _with(self, condition: Condition, branch: Branch) -> list[Branch]:
        if isinstance(condition, Rows):
            if condition.quantifier == "all":
                return [replace(branch, every=(*branch.every, condition.part))]
            return [
                replace(branch, rows=(*branch.rows, Row(cells)))
                for cells in self._cells(condition.part, [{}])
            ]
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        if isinstance(leaf, Sum):
            return self._with_sum(leaf, branch, negated)
        assert isinstance(leaf, Comparison)
        found = self._compared(leaf, branch.cells, negated)
        return [replace(branch, cells=cells) for cells in found]

    def _with_sum(self, leaf: Sum, branch: Branch, negated: bool) -> list[Branch]:
        value, currency = _plain(leaf.value)
        cell = SumCell(leaf.measure, leaf.where, currency)
        known = dict(branch.sums)
        domain = known.get(cell, Numbers(low=Fraction(0)))
        left = [
            inner
            for inner in domain.restricted(leaf.operator, value, negated=negated)
            if not inner.is_impossible
        ]
        return [replace(branch, sums=tuple({**known, cell: inner}.items())) for inner in left]

    def closed(self, branch: Branch) -> list[Branch]:
        """The branch with what holds for every row applied to the rows that must exist."""
        rows = list(branch.rows)
        for cell, domain in branch.sums:
            if domain.nearest(0) != 0:
                rows.append(Row({}, (cell,)))
        if not rows:
            rows.append(Row({}))
        alternatives: list[tuple[Row, ...]] = [()]
        for row in rows:
            must = [*branch.every, *(cell.where for cell in row.sums)]
            cells = self._cells(AllOf(tuple(must)), [row.cells])
            alternatives = [
                (*others, replace(row, cells=each)) for others in alternatives for each in cells
            ]
            if len(alternatives) > MOST_BRANCHES:
                raise TooManyBranches
        return [replace(branch, rows=found, every=()) for found in alternatives]

    def _cells(
        self, condition: Condition, found: list[dict[Cell, Domain]]
    ) -> list[dict[Cell, Domain]]:
        """The same for one row, whose condition has comparisons only."""
        if isinstance(condition, AllOf):
            for part in condition.parts:
                found = self._cells(part, found)
            return found
        if isinstance(condition, AnyOf):
            return _bounded(self._cells(part, found) for part in condition.parts)
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, Comparison)
        return _bounded(self._compared(leaf, cells, negated) for cells in found)

    def _compared(
        self, leaf: Comparison, cells: dict[Cell, Domain], negated: bool
    ) -> list[dict[Cell, Domain]]:
        value, currency = _plain(leaf.value)
        field = "purchase.amount" if leaf.field == self._same_as_amount else leaf.field
        cell = Cell(field, leaf.parameter, currency)
        domain = cells.get(cell) or _whole_domain(field)
        left = domain.restricted(leaf.operator, value, negated=negated)
        return [{**cells, cell: inner} for inner in left if not inner.is_impossible]


def _bounded(found: Iterable[list[Any]]) -> list[Any]:
    collected: list[Any] = []
    for each in found:
        collected += each
        if len(collected) > MOST_BRANCHES:
            raise TooManyBranches
    return collected


def _plain(value: Any) -> tuple[Any, str]:
    """The value without its currency, and the currency."""
    if isinstance(value, Money):
        return value.amount_minor, value.currency
    if isinstance(value, tuple) and value and isinstance(value[0], Money):
        return tuple(bound.amount_minor for bound in value), value[0].currency
    return value, ""


def _whole_domain(key: str) -> Domain:
    """All values that a field can have at all."""
    field = FIELDS[key]
    if field.kind in NUMERIC:
        low, high = _BOUNDS.get(key, (None if key in _MAY_BE_NEGATIVE else 0, None))
        return Numbers(
            low=None if low is None else Fraction(low),
            high=None if high is None else Fraction(high),
            absent=key in _MAY_BE_ABSENT,
            whole=field.kind in ("count", "basis_points"),
        )
    if field.kind == "texts":
        return Tags()
    if field.kind == "flag":
        return Flags()
    choices = frozenset((choice, False) for choice in field.choices)
    return Texts(allowed=choices or None, empty=not choices)
