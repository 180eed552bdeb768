"""Is it true here, and which values made it so? The first reading of a condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from placet.policy.comparing import Currencies
from placet.policy.compiling import Compiler
from placet.policy.conditions import Condition
from placet.policy.facts import AmountBasis, Facts
from placet.policy.matching import Match, matched_by
from placet.policy.normal import pushed_down
from placet.policy.observing import Observer, State
from placet.policy.plan import Finding
from placet.policy.probes import Probes, Values
from placet.policy.readers import Context

_new = tuple.__new__  # at half the cost of calling the classes, in the hottest place


class Evaluation(NamedTuple):
    """Which rules match, each with the values that made it so.

    `matches` are pairs: the rule's place, and what was seen of the purchase (see `observing`).
    That is the reason as data; its findings are stated when somebody asks for them, from the
    values alone. The facts are let go.
    """

    matches: list[Match]
    columns: Values
    states: Sequence[State]
    known: dict[int, tuple[Finding, ...]]

    @property
    def matched(self) -> list[int]:
        """The places of the rules that match, ascending."""
        return [place for place, _ in self.matches]

    def findings(self, index: int) -> tuple[Finding, ...]:
        """Why a rule that matched does: each comparison with its actual value and its lines."""
        return self.stated(next(match for match in self.matches if match[0] == index))

    def stated(self, match: Match) -> tuple[Finding, ...]:
        """The findings of one of the matches; stated once."""
        place, seen = match
        known = self.known.get(place)
        if known is None:
            known = self.known[place] = self.states[place](self.columns, seen)
        return known


class Evaluator:
    """The conditions of one rulebook, compiled for one pair of currencies. Immutable."""

    def __init__(
        self, conditions: Sequence[Condition], basis: AmountBasis, currencies: Currencies
    ) -> None:
        """Raises `NoRate` where a threshold is in a currency that has no rate."""
        self._basis = basis
        self._probes = Probes()
        compiler = Compiler(self._probes, currencies)
        pushed = [pushed_down(condition) for condition in conditions]
        observer = Observer(compiler)
        self._matched = matched_by(pushed, compiler, observer)
        self._states = [observer.observe(condition).state for condition in pushed]

    def evaluate(self, facts: Facts) -> Evaluation:
        """The rules that match, in order, with the values that made it so."""
        values = self._probes.values(_new(Context, (facts, self._basis)))
        matches = self._matched(values)
        values[0] = None  # what was seen is all that is stated later
        return _new(Evaluation, (matches, values, self._states, {}))
