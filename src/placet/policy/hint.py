"""The nearest change that would make a rule match: "not needed: 1,760.00 EUR away".

A hint is given where exactly one number stands between the purchase and the rule. Each is tried:
the change is applied to the facts, and only a rule that then matches is a near miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from placet.policy.approvers import Candidates
from placet.policy.changes import changed
from placet.policy.combining import applicable
from placet.policy.comparing import Currencies, field_of
from placet.policy.compiling import Compiler
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Sum
from placet.policy.effects import (
    ManagementChain,
    Require,
    Shape,
    Tiers,
    effect_name,
)
from placet.policy.facts import Facts, Side
from placet.policy.findings import finding_maker
from placet.policy.money import Money, NoRate
from placet.policy.normal import pushed_down
from placet.policy.plan import Finding, Label, NearMiss
from placet.policy.probes import Probes, Values
from placet.policy.readers import Context, amount_of
from placet.policy.rulebook import CompiledRulebook, Rule, UnreadableRulebook
from placet.policy.selectors import Selector

_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


class _Flip(NamedTuple):
    """One comparison, and the change of its field that makes it hold."""

    leaf: Comparison | Sum
    actual: Any
    change: int | Decimal


def near_misses(
    rulebooks: Sequence[CompiledRulebook | UnreadableRulebook], facts: Facts
) -> tuple[NearMiss, ...]:
    """The rules that one number keeps from matching, the smallest gap first.

    Also the next tier of a rule that matches. A rulebook without a rate gives no hints.
    """
    sides: tuple[Side, ...] = ("buyer", "merchant")
    found: list[NearMiss] = []
    for side in sides:
        for book in applicable(rulebooks, side, facts.organisation.units):
            try:
                found.extend(_of_rulebook(book, facts))
            except NoRate:
                continue
    return tuple(sorted(found, key=lambda miss: (not miss.finding.currency, abs(miss.gap))))


def _of_rulebook(book: CompiledRulebook, facts: Facts) -> Iterator[NearMiss]:
    matched = set(book.evaluator(facts).evaluate(facts).matched)
    currencies = Currencies(facts.purchase.currency, facts.company.currency, facts.rates)
    context = Context(facts, book.content.amount_basis)
    for index, rule in enumerate(book.content.rules):
        if index in matched:
            yield from _next_tier(book, rule, context, currencies)
            continue
        condition = pushed_down(rule.when)
        flip = _Hinter(context, currencies).nearest(condition)
        if flip is None:
            continue
        other = changed(facts, flip.leaf, flip.change, context.basis)
        if other is not None and _matches(condition, Context(other, context.basis), currencies):
            yield _miss(book, rule, flip, currencies, _label(book, rule.then, facts))


def _matches(condition: Condition, context: Context, currencies: Currencies) -> bool:
    probes = Probes()
    test = Compiler(probes, currencies).test(condition)
    return bool(test(probes.values(context)))


class _Hinter:
    """Finds the one comparison of a condition that would have to change."""

    def __init__(self, context: Context, currencies: Currencies) -> None:
        self._context = context
        self._currencies = currencies

    def nearest(self, condition: Condition) -> _Flip | None:
        """The smallest single change; a flip without change where the condition holds already."""
        if isinstance(condition, AllOf):
            failing = [part for part in condition.parts if not self._holds(part)]
            flips = [self.nearest(part) for part in failing]
            changes = [flip for flip in flips if flip is not None]
            if not changes or len(changes) < len(flips):
                return None
            same_field = len({_identity(flip.leaf) for flip in changes}) == 1
            return max(changes, key=_size) if same_field else None
        if isinstance(condition, AnyOf):
            changes = [flip for part in condition.parts if (flip := self.nearest(part)) is not None]
            return min(changes, key=_size, default=None)
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        if isinstance(leaf, (Comparison, Sum)):
            return self._flip(leaf, negated)
        return None

    def _holds(self, condition: Condition) -> bool:
        return _matches(condition, self._context, self._currencies)

    def _flip(self, leaf: Comparison | Sum, negated: bool) -> _Flip | None:
        probes = Probes()
        measure = Compiler(probes, self._currencies).measure(leaf)
        values: Values = probes.values(self._context)
        actual = measure(values)
        if isinstance(actual, bool) or not isinstance(actual, (int, Decimal)):
            return None
        change = _needed_change(actual, leaf, negated, self._currencies)
        return None if change is None else _Flip(leaf, actual, change)


def _identity(leaf: Comparison | Sum) -> object:
    if isinstance(leaf, Comparison):
        return leaf.field, leaf.parameter
    return leaf.measure, leaf.where


def _size(flip: _Flip) -> Any:
    return abs(flip.change)


def _needed_change(
    actual: int | Decimal, leaf: Comparison | Sum, negated: bool, currencies: Currencies
) -> int | Decimal | None:
    """The smallest step of the field that makes the comparison hold."""
    value, operator = leaf.value, leaf.operator
    if operator == "between" and isinstance(value, tuple) and not negated:
        low, high = (_bound(bound, leaf, currencies) for bound in value)
        if actual < low:
            return _step(actual, ">=", low)
        return _step(actual, "<=", high)
    if operator not in _OPPOSITE:
        return None
    return _step(
        actual, _OPPOSITE[operator] if negated else operator, _bound(value, leaf, currencies)
    )


def _bound(value: Any, leaf: Comparison | Sum, currencies: Currencies) -> Any:
    return currencies.threshold(value, field_of(leaf)) if isinstance(value, Money) else value


def _step(actual: int | Decimal, operator: str, bound: Any) -> int | Decimal:
    """Whole minor units, orders and units; decimals of a quantity stay as they are."""
    if isinstance(actual, Decimal) or isinstance(bound, Decimal):
        distance = Decimal(bound) - actual
        strict = Decimal("0.000001")
        return distance + {">": strict, "<": -strict}.get(operator, Decimal(0))
    exact = Fraction(bound)
    target = {">": floor(exact) + 1, ">=": ceil(exact), "<": ceil(exact) - 1, "<=": floor(exact)}
    return target[operator] - actual


def _miss(
    book: CompiledRulebook, rule: Rule, flip: _Flip, currencies: Currencies, label: Label | None
) -> NearMiss:
    finding = finding_maker(flip.leaf, currencies)(flip.actual, (), ())
    if isinstance(flip.leaf, Sum):
        finding = finding._replace(where=tuple(_spoken(flip.leaf.where)))
    return NearMiss(
        rulebook=book.rulebook,
        version=book.version,
        rule=rule.id,
        side=book.side,
        effect=effect_name(rule.then),
        name=rule.name,
        label=label,
        finding=finding,
        gap=_gap(finding, flip.change),
        change=flip.change,
    )


def _gap(finding: Finding, change: int | Decimal) -> int | Decimal:
    """The distance to the threshold itself, which is what people want to read."""
    wanted, actual = finding.wanted, finding.actual
    if not isinstance(actual, (int, Decimal)):
        return change
    bounds = wanted if isinstance(wanted, tuple) else (wanted,)
    gaps = [bound - actual for bound in bounds if isinstance(bound, (int, Decimal))]
    return min(gaps, key=lambda gap: abs(gap), default=change)


def _spoken(where: Condition) -> Iterator[Finding]:
    """What a sum is narrowed to, for the sentence."""
    if isinstance(where, AllOf):
        for part in where.parts:
            yield from _spoken(part)
    elif isinstance(where, Comparison) and isinstance(where.value, (str, tuple)):
        value: Any = where.value
        yield Finding(where.field, where.operator, value, value)


def _next_tier(
    book: CompiledRulebook, rule: Rule, context: Context, currencies: Currencies
) -> Iterator[NearMiss]:
    """The lowest tier that the amount does not reach yet."""
    if not (isinstance(rule.then, Require) and isinstance(rule.then.shape, Tiers)):
        return
    amount = amount_of(context.facts, context.basis)
    for tier in rule.then.shape.tiers:
        leaf = Comparison("purchase.amount", ">=", tier.starts_at)
        change = ceil(currencies.threshold(tier.starts_at, "purchase.amount")) - amount
        if change > 0:
            label = _step_label(book, tier.step.label, tier.step.approvers, context.facts)
            yield _miss(book, rule, _Flip(leaf, amount, change), currencies, label)
            return


def _label(book: CompiledRulebook, effect: object, facts: Facts) -> Label | None:
    """Who would be asked first."""
    if not isinstance(effect, Require):
        return None
    shape: Shape = effect.shape
    if isinstance(shape, ManagementChain):
        if shape.label:
            return Label("text", shape.label)
        return Label("manager", ()) if not shape.through else None
    step = shape.tiers[0].step if isinstance(shape, Tiers) else shape[0]
    return _step_label(book, step.label, step.approvers, facts)


def _step_label(
    book: CompiledRulebook, own: Any, approvers: Sequence[Selector], facts: Facts
) -> Label:
    if own:
        return Label("text", own)
    amount = Money(facts.purchase.goods_minor, facts.purchase.currency)
    candidates = Candidates(facts, book.side, book.content.may_approve, amount)
    return candidates.select(approvers[0]).label
