"""Is it true here, and which values made it so? The first reading of a condition.

Rules that cannot match are not visited: each is filed under one comparison that it cannot match
without, a threshold or a key, and only the rules whose threshold is reached and whose key occurs
are tested.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from placet.policy.comparing import Currencies
from placet.policy.compiling import Compiler, Observe, Test, is_keyed, keys_of
from placet.policy.conditions import AllOf, Comparison, Condition, Rows
from placet.policy.facts import AmountBasis, Facts
from placet.policy.fields import FIELDS
from placet.policy.money import Money
from placet.policy.normal import pushed_down
from placet.policy.plan import Finding
from placet.policy.probes import Probes, Values
from placet.policy.readers import Context


class Guard(NamedTuple):
    """A comparison that a rule cannot match without.

    `slot` is at least `start`, or holds `key`. `whole` says that there is nothing else to test.
    """

    slot: int
    start: int | None
    key: Any
    whole: bool


class Evaluator:
    """The conditions of one rulebook, compiled for one pair of currencies. Immutable."""

    def __init__(
        self, conditions: Sequence[Condition], basis: AmountBasis, currencies: Currencies
    ) -> None:
        """Raises `NoRate` where a threshold is in a currency that has no rate."""
        self._basis = basis
        probes = Probes()
        compiler = Compiler(probes, currencies)
        self._tests: list[Test | None] = []
        self._observers: list[Observe] = []
        self._unguarded: list[int] = []
        from_thresholds: dict[int, list[tuple[int, int]]] = {}
        from_keys: dict[int, dict[Any, list[int]]] = {}
        for index, condition in enumerate(map(pushed_down, conditions)):
            guard = _guard(condition, compiler)
            self._observers.append(compiler.observe(condition))
            self._tests.append(None if guard and guard.whole else compiler.test(condition))
            if guard is None:
                self._unguarded.append(index)
            elif guard.start is not None:
                from_thresholds.setdefault(guard.slot, []).append((guard.start, index))
            else:
                from_keys.setdefault(guard.slot, {}).setdefault(guard.key, []).append(index)
        self._thresholds = [
            (slot, [start for start, _ in sorted(found)], [index for _, index in sorted(found)])
            for slot, found in from_thresholds.items()
        ]
        self._keys = list(from_keys.items())
        self._probes = probes.probes

    def values(self, facts: Facts) -> Values:
        """The slots for a purchase."""
        context = Context(facts, self._basis)
        return [context, *[probe(context) for probe in self._probes]]

    def evaluate(self, facts: Facts) -> list[tuple[int, tuple[Finding, ...]]]:
        """The rules that match, by position and in order, each with its findings."""
        values = self.values(facts)
        candidates = self._unguarded.copy()
        for slot, starts, indexes in self._thresholds:
            value = values[slot]
            if value is not None:
                candidates += indexes[: bisect_right(starts, value)]
        for slot, by_key in self._keys:
            value = values[slot]
            for key in value if isinstance(value, dict) else (value,):
                if key in by_key:
                    candidates += by_key[key]
        candidates.sort()
        tests, observers = self._tests, self._observers
        return [
            (index, observers[index](values))
            for index in candidates
            if (test := tests[index]) is None or test(values)
        ]


def _guard(condition: Condition, compiler: Compiler) -> Guard | None:
    """The comparison to file a rule under: a key rather than a threshold, for it excludes more."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    guards = [
        guard for part in parts if (guard := _guard_of(part, compiler, len(parts) == 1)) is not None
    ]
    keyed = [guard for guard in guards if guard.start is None]
    return next(iter(keyed or guards), None)


def _guard_of(part: Condition, compiler: Compiler, whole: bool) -> Guard | None:
    if isinstance(part, Rows):
        if part.quantifier == "any" and is_keyed(part.part):
            assert isinstance(part.part, Comparison)
            slot = compiler.probes.lines_by(part.part)
            return Guard(slot, None, keys_of(part.part)[0], whole)
        return None
    if not isinstance(part, Comparison):
        return None
    kind = FIELDS[part.field].kind
    if kind in ("money", "count") and part.operator in (">", ">="):
        bound: int | Fraction
        if isinstance(part.value, Money):
            bound = compiler.currencies.threshold(part.value, part.field)
        else:
            assert isinstance(part.value, int)
            bound = part.value
        start = floor(bound) + 1 if part.operator == ">" else ceil(bound)
        slot = compiler.probes.field(part.field, part.parameter)
        return Guard(slot, start, None, whole)
    if kind == "text" and part.operator == "=":
        slot = compiler.probes.field(part.field, part.parameter)
        return Guard(slot, None, part.value, whole)
    return None
