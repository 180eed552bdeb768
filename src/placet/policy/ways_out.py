"""The ways out that the policy itself allows: what could be changed so that less stands in the way.

Each is verified by planning the changed purchase: only what then can be ordered, or needs strictly
fewer approvals, is proposed. A change never divides a purchase in two, so splitting an order cannot
be proposed. How many units fewer is searched for, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from placet.policy.facts import Facts, Line, MissingFact
from placet.policy.plan import Finding, Plan, Reason
from placet.policy.planning import AnyRulebook, make_plan
from placet.policy.variations import (
    KINDS,
    NO_BASKETS,
    Baskets,
    Change,
    ChangeCostCentre,
    ChangeShipTo,
    FewerUnits,
    Prices,
    Product,
    RemoveLines,
    Substitute,
    Wait,
    varied,
)

MOST_WAYS: Final = 4
MOST_OF_A_KIND: Final = 2
MOST_LINES: Final = 4
MOST_PLANS: Final = 80
"""Bounds: how many are told, how many lines are tried, how often the engine is asked."""

SMALLEST_SHARE: Final = 2
"""To save an approval one half of the goods stays at least; to order at all, whatever is left."""


class Candidates(NamedTuple):
    """What the requester could change: only what they may use stands here.

    `cost_centre` and `ship_to` are the purchase's own, empty where those cannot be changed at
    once. `substitutes` are by line number. A rule may count similar orders: `baskets` say how many
    there would be without a product, and where they are not known `can_drop_lines` is false.
    """

    cost_centre: str = ""
    cost_centres: tuple[str, ...] = ()
    ship_to: str = ""
    ship_tos: tuple[str, ...] = ()
    substitutes: Mapping[int, Product] = {}
    waits: tuple[Wait, ...] = ()
    baskets: Baskets = NO_BASKETS
    can_drop_lines: bool = True


class WayOut(NamedTuple):
    """A change that helps, and the plan that it would give.

    `steps_before` counts the approvals that are needed without it; none where it was blocked.
    """

    change: Change
    plan: Plan
    was_blocked: bool
    steps_before: int
    goods_minor: int


def ways_out(
    rulebooks: Sequence[AnyRulebook], facts: Facts, prices: Prices, candidates: Candidates
) -> tuple[WayOut, ...]:
    """The changes that help, best first: fewest approvals, then the smallest intervention.

    Nothing where nothing stands in the way. The facts must be complete for every candidate:
    budgets, owners and people of the other cost centres included. Equal input, equal answer.
    """
    trial = _Trial(rulebooks, facts, prices, candidates.baskets)
    if trial.plan.outcome == "free" or not facts.purchase.lines:
        return ()
    changes = dict.fromkeys(_changes(trial, candidates))
    return tuple(_best([way for change in changes if (way := trial.of(change)) is not None]))


class _Trial:
    """Asks the engine about changed purchases, a bounded number of times."""

    def __init__(
        self, rulebooks: Sequence[AnyRulebook], facts: Facts, prices: Prices, baskets: Baskets
    ) -> None:
        self.facts = facts
        self.prices = prices
        self.plan = make_plan(rulebooks, facts)
        self.is_blocked = self.plan.outcome == "blocked"
        self._rulebooks = rulebooks
        self._baskets = baskets
        self._tried: dict[Change, WayOut | None] = {}

    def of(self, change: Change) -> WayOut | None:
        """The way out, where the change is one; `None` also once too many were tried."""
        if change not in self._tried and len(self._tried) < MOST_PLANS:
            self._tried[change] = self._plan(change)
        return self._tried.get(change)

    def _plan(self, change: Change) -> WayOut | None:
        facts = varied(self.facts, self.prices, change, self._baskets)
        if not (self.is_blocked or self._keeps_enough(facts)):
            return None
        try:
            plan = make_plan(self._rulebooks, facts)
        except MissingFact:
            return None
        before = len(self.plan.steps)
        if plan.outcome == "blocked" or not (self.is_blocked or len(plan.steps) < before):
            return None
        return WayOut(change, plan, self.is_blocked, before, facts.purchase.goods_minor)

    def _keeps_enough(self, facts: Facts) -> bool:
        return facts.purchase.goods_minor * SMALLEST_SHARE >= self.facts.purchase.goods_minor


def _best(found: list[WayOut]) -> Iterator[WayOut]:
    """The best few, not too many of the same kind."""
    kinds: dict[type, int] = {}
    told = 0
    order = sorted(
        found,
        key=lambda way: (len(way.plan.steps), KINDS.index(type(way.change)), -way.goods_minor),
    )
    for way in order:
        kind = type(way.change)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= MOST_OF_A_KIND and told < MOST_WAYS:
            told += 1
            yield way


def _changes(trial: _Trial, candidates: Candidates) -> Iterator[Change]:
    """Every change that is worth a try, the cheap ones first."""
    reasons = _reasons(trial.plan)
    lines = trial.facts.purchase.lines
    if candidates.cost_centre:
        for code in candidates.cost_centres:
            yield ChangeCostCentre(candidates.cost_centre, code)
    if candidates.ship_to and _mention(reasons, ("ship_to",)):
        for place in candidates.ship_tos:
            yield ChangeShipTo(candidates.ship_to, place)
    periods = {finding.about for finding in _findings(reasons)}
    yield from (wait for wait in candidates.waits if periods & set(wait.periods))
    causes = _causes(reasons, lines)
    if candidates.can_drop_lines:
        for line in causes:
            if line.number in candidates.substitutes:
                yield Substitute(line.number, candidates.substitutes[line.number])
        yield from _removals(reasons, lines)
    for line in causes:
        yield from _fewer_units(trial, line)


def _reasons(plan: Plan) -> tuple[Reason, ...]:
    return (
        *(blocked.reason for blocked in plan.blocked),
        *(reason for step in plan.steps for reason in step.reasons),
    )


def _findings(reasons: Sequence[Reason]) -> Iterator[Finding]:
    for reason in reasons:
        for finding in reason.findings:
            yield finding
            yield from finding.where


def _mention(reasons: Sequence[Reason], names: tuple[str, ...]) -> bool:
    return any(name in finding.field for finding in _findings(reasons) for name in names)


def _causes(reasons: Sequence[Reason], lines: Sequence[Line]) -> list[Line]:
    """The lines that reasons name, then the dearest: these are the ones that move something."""
    named = {number for reason in reasons for number in reason.lines}
    order = sorted(lines, key=lambda line: (line.number not in named, -line.total_minor))
    return order[:MOST_LINES]


def _removals(reasons: Sequence[Reason], lines: Sequence[Line]) -> Iterator[RemoveLines]:
    """What each reason names, and all that is named together; never the whole purchase."""
    sets = [reason.lines for reason in reasons if reason.lines]
    together = tuple(sorted({number for numbers in sets for number in numbers}))
    for numbers in dict.fromkeys([*sets, together]):
        if 0 < len(numbers) < len(lines):
            yield RemoveLines(numbers)


# ── How many units fewer ────────────────────────────────────────────────────────────────────────


def _fewer_units(trial: _Trial, line: Line) -> Iterator[FewerUnits]:
    """The most units that help, and the most that help as much as anything does.

    Prices fall with the quantity and a minimum may be in the way, so that fewer units are not
    always better: a quantity that helps is looked for first, then the edge above it.
    """
    quantities = trial.prices.offers[line.number].quantities_below(line.quantity)
    if not quantities:
        return
    tried = {place: _steps_with(trial, line, quantities[place]) for place in _probes(quantities)}
    helpful = {place: steps for place, steps in tried.items() if steps is not None}
    if not helpful:
        return
    for enough in dict.fromkeys((max(helpful.values()), min(helpful.values()))):
        start = max(place for place, steps in helpful.items() if steps <= enough)
        bad = min((place for place in tried if place > start), default=len(quantities))

        def helps(place: int, enough: int = enough) -> bool:
            steps = _steps_with(trial, line, quantities[place])
            return steps is not None and steps <= enough

        yield FewerUnits(line.number, quantities[_edge(start, bad, helps)])


def _probes(quantities: range) -> list[int]:
    """Where to look first: the ends, and the quarters between them."""
    last = len(quantities) - 1
    return sorted({0, last // 4, last // 2, last * 3 // 4, last})


def _steps_with(trial: _Trial, line: Line, quantity: int) -> int | None:
    way = trial.of(FewerUnits(line.number, quantity))
    return None if way is None else len(way.plan.steps)


def _edge(good: int, bad: int, helps: Callable[[int], bool]) -> int:
    """The last place that helps, between one that does and one that does not."""
    while bad - good > 1:
        middle = (good + bad) // 2
        if helps(middle):
            good = middle
        else:
            bad = middle
    return good
