"""Is it true here, and which values made it so? The first reading of a condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from placet.policy.comparing import Currencies
from placet.policy.compiling import Compiler
from placet.policy.conditions import Condition
from placet.policy.facts import AmountBasis, Facts
from placet.policy.matching import matched_by
from placet.policy.normal import pushed_down
from placet.policy.observing import Observe, Observer
from placet.policy.plan import Finding
from placet.policy.probes import Probes, Values
from placet.policy.readers import Context


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
        compiler = Compiler(self._probes, currencies)
        observer = Observer(compiler)
        pushed = [pushed_down(condition) for condition in conditions]
        self._matched = matched_by(pushed, compiler)
        self._observers = [observer.observe(condition) for condition in pushed]

    def evaluate(self, facts: Facts) -> Evaluation:
        """The rules that match, in order, with the values that made it so."""
        values = self._probes.values(Context(facts, self._basis))
        return Evaluation(self._matched(values), values, self._observers)
