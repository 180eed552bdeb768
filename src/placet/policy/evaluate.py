"""Is it true here, and which values made it so? The first reading of a condition.

Rules that cannot match are not visited: each is filed under one comparison that it cannot match
without, a threshold or a key, and only the rules whose threshold is reached and whose key occurs
are tested, for the rest of their condition.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from placet.policy.comparing import Currencies, bound_of
from placet.policy.compiling import Compiler, Observe, Test, is_extreme, is_keyed
from placet.policy.conditions import AllOf, Comparison, Condition, Rows, Sum
from placet.policy.facts import AmountBasis, Facts
from placet.policy.fields import FIELDS, NUMERIC
from placet.policy.normal import pushed_down
from placet.policy.plan import Finding
from placet.policy.probes import Probes, Values, keys_of
from placet.policy.readers import Context


class _Guard(NamedTuple):
    """A comparison that a rule cannot match without: a slot and a key in it, or a threshold.

    `says_all` tells that the comparison is nothing but the guard, so it need not be tested again.
    """

    slot: int
    operator: str  # "has", ">" or ">="
    bound: Any
    says_all: bool


class Evaluation(NamedTuple):
    """Which rules match, and the values that made it so; findings are stated when read."""

    matched: list[int]
    values: Values
    observers: Sequence[Observe]

    def findings(self, index: int) -> tuple[Finding, ...]:
        """Why a rule that matched does: each comparison with its actual value and its lines."""
        return self.observers[index](self.values)


class Evaluator:
    """The conditions of one rulebook, compiled for one pair of currencies. Immutable."""

    def __init__(
        self, conditions: Sequence[Condition], basis: AmountBasis, currencies: Currencies
    ) -> None:
        """Raises `NoRate` where a threshold is in a currency that has no rate."""
        self._basis = basis
        self._probes = Probes()
        self._tests: list[Test | None] = []
        self._observers: list[Observe] = []
        self._unguarded: list[int] = []
        compiler = Compiler(self._probes, currencies)
        thresholds: dict[tuple[int, str], list[tuple[Any, int]]] = {}
        keys: dict[int, dict[Any, list[int]]] = {}
        for index, condition in enumerate(map(pushed_down, conditions)):
            guard, rest = _filed(condition, compiler)
            self._observers.append(compiler.observe(condition))
            self._tests.append(None if rest is None else compiler.test(rest))
            if guard is None:
                self._unguarded.append(index)
            elif guard.operator == "has":
                keys.setdefault(guard.slot, {}).setdefault(guard.bound, []).append(index)
            else:
                thresholds.setdefault(guard[:2], []).append((guard.bound, index))
        self._thresholds = [
            (
                slot,
                bisect_left if operator == ">" else bisect_right,
                [bound for bound, _ in sorted(found)],
                [index for _, index in sorted(found)],
            )
            for (slot, operator), found in thresholds.items()
        ]
        self._keys = list(keys.items())

    def values(self, facts: Facts) -> Values:
        """The slots for a purchase."""
        return self._probes.values(Context(facts, self._basis))

    def evaluate(self, facts: Facts) -> Evaluation:
        """The rules that match, in order, with the values that made it so."""
        values = self.values(facts)
        tests = self._tests
        matched = [
            index
            for index in self._candidates(values)
            if (test := tests[index]) is None or test(values)
        ]
        return Evaluation(matched, values, self._observers)

    def _candidates(self, values: Values) -> list[int]:
        """The rules whose guard is met, in order."""
        found = self._unguarded.copy()
        for slot, reached, bounds, indexes in self._thresholds:
            value = values[slot]
            if value is not None:
                found += indexes[: reached(bounds, value)]
        for slot, by_key in self._keys:
            value = values[slot]
            if isinstance(value, (set, dict)):
                for key in value:
                    if key in by_key:
                        found += by_key[key]
            elif value in by_key:
                found += by_key[value]
        found.sort()
        return found


def _filed(condition: Condition, compiler: Compiler) -> tuple[_Guard | None, Condition | None]:
    """Under which guard a rule is filed, and what is left to test then.

    A key is taken rather than a threshold, since it excludes more.
    """
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    guards = [(guard, part) for part in parts if (guard := _guard_of(part, compiler)) is not None]
    if not guards:
        return None, condition
    guard, guarded = min(guards, key=lambda pair: pair[0].operator != "has")
    rest = tuple(part for part in parts if part is not guarded or not guard.says_all)
    if not rest:
        return guard, None
    return guard, rest[0] if len(rest) == 1 else AllOf(rest)


def _guard_of(part: Condition, compiler: Compiler) -> _Guard | None:
    if isinstance(part, Comparison):
        return _guard_of_field(part, compiler)
    if isinstance(part, Rows) and part.quantifier == "any":
        return _guard_of_rows(part, compiler)
    if isinstance(part, Sum) and isinstance(part.where, Comparison):
        rises = part.operator in (">", ">=") and bound_of(part, compiler.currencies) >= 0
        if rises and is_keyed(part.where) and len(keys_of(part.where)) == 1:
            needs_row = part.operator == ">" or bound_of(part, compiler.currencies) > 0
            slot = compiler.probes.sums_by(part.measure, part.where)
            return _Guard(slot, "has", keys_of(part.where)[0], False) if needs_row else None
    return None


def _guard_of_field(part: Comparison, compiler: Compiler) -> _Guard | None:
    kind = FIELDS[part.field].kind
    if kind in NUMERIC and part.operator in (">", ">="):
        slot = compiler.probes.field(part.field, part.parameter)
        return _Guard(slot, part.operator, bound_of(part, compiler.currencies), True)
    if kind in ("text", "path") and part.operator == "=":
        slot = compiler.probes.field(part.field, part.parameter)
        return _Guard(slot, "has", part.value, True)
    return None


def _guard_of_rows(part: Rows, compiler: Compiler) -> _Guard | None:
    """Some line has the key, or the largest value reaches the threshold."""
    inner = part.part.parts if isinstance(part.part, AllOf) else (part.part,)
    alone = len(inner) == 1
    for each in inner:
        if isinstance(each, Comparison) and is_keyed(each) and len(keys_of(each)) == 1:
            slot = compiler.probes.keys_present(each, part.scope)
            return _Guard(slot, "has", keys_of(each)[0], alone)
    for each in inner:
        if isinstance(each, Comparison) and is_extreme(each) and each.operator in (">", ">="):
            slot = compiler.probes.extreme(each, part.scope, highest=True)
            return _Guard(slot, each.operator, bound_of(each, compiler.currencies), alone)
    return None
