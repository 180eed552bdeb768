"""One past purchase under two texts: who would be asked, and which rules match.

Most purchases are alike. A rule is evaluated once where both texts have it, and whom the matching
rules ask is worked out once for each unit, requester and set of rules (``_key``); only where
amounts or lines decide who is asked does the engine make a whole plan. A test compares both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from placet.plans.back_test_ground import Books, Trial
from placet.policy.built_in import budget_effect, budget_rule, limit_rule
from placet.policy.combining import applicable
from placet.policy.effects import ManagementChain, Require, Shape, StepShape, Tiers
from placet.policy.facts import Facts, MissingFact, Side
from placet.policy.money import Money, NoRate
from placet.policy.plan import Outcome, Plan
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook, Rule

MOST_REMEMBERED: Final = 50_000

Matched = tuple[tuple[int, ...], ...]


class Asked(NamedTuple):
    """A step as people feel it: whom it asks, and how many of them must say yes."""

    members: tuple[str, ...]
    needed: int


class Summary(NamedTuple):
    """What a plan means for one side; ``rules`` are those behind its steps and blocks."""

    outcome: Outcome
    steps: tuple[Asked, ...]
    rules: frozenset[str]


class Tried(NamedTuple):
    """One purchase under both texts; hits are ids of rules of the tried rulebook."""

    before: Summary
    after: Summary
    hits_before: tuple[str, ...]
    hits_after: tuple[str, ...]


class Replay:
    """The purchases of one unit. Raises ``MissingFact`` where a purchase cannot be planned."""

    def __init__(self, trial: Trial, side: Side, rulebook: str) -> None:
        self.trial = trial
        self._before = _Text(trial.before, trial, side, rulebook)
        self._after = _Text(trial.after, trial, side, rulebook)
        self._delta = _Delta(self._before.tried, self._after.tried)

    def try_purchase(self, facts: Facts) -> Tried:
        """Plan it twice, as cheaply as can be."""
        before, after = self._before, self._after
        try:
            matched_before = before.matched(facts)
            matched_after = self._delta.matched_after(matched_before, before, after, facts)
        except NoRate:
            return self._try_slowly(facts)
        summary = before.summary(facts, matched_before)
        if self._delta.is_without_effect(matched_before, matched_after, before, after):
            changed = summary
        else:
            changed = after.summary(facts, matched_after)
        return Tried(summary, changed, before.hits(matched_before), after.hits(matched_after))

    def _try_slowly(self, facts: Facts) -> Tried:
        """A currency without a rate: the plan says so, and no rule is counted."""
        before, after = self._before, self._after
        return Tried(before.planned(facts), after.planned(facts), (), ())


class _Text:
    """The rulebooks of a unit with one of the two texts among them."""

    def __init__(self, all_books: Books, trial: Trial, side: Side, rulebook: str) -> None:
        self.all_books, self.side = all_books, side
        self.books = applicable(all_books, side, trial.units)
        self.is_readable = all(isinstance(book, CompiledRulebook) for book in all_books)
        places = [at for at, book in enumerate(self.books) if book.rulebook == rulebook]
        self.place: int | None = places[0] if places else None
        self.tried = self.books[places[0]] if places else None
        self._plain = [[_is_plain(rule) for rule in book.content.rules] for book in self.books]
        self._has_plain_default = all(_is_plain_default(book) for book in self.books)
        self._known: dict[object, Summary] = {}

    def matched(self, facts: Facts) -> Matched:
        """Which rules match, by their places; raises ``NoRate``."""
        return tuple(tuple(book.evaluator(facts).evaluate(facts).matched) for book in self.books)

    def hits(self, matched: Matched) -> tuple[str, ...]:
        """The rules of the tried rulebook that match."""
        if self.place is None or self.tried is None:
            return ()
        rules = self.tried.content.rules
        return tuple(rules[index].id for index in matched[self.place])

    def summary(self, facts: Facts, matched: Matched) -> Summary:
        """What the plan means, from memory where nothing but the rules decides it."""
        is_plain = self.is_readable and self._is_plain(matched)
        if not (is_plain and _built_ins_are_silent(self.books, facts)):
            return self.planned(facts)
        key = _key(facts, matched)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = self._known[key] = self.planned(facts)
        return found

    def planned(self, facts: Facts) -> Summary:
        """What the engine's own plan means."""
        return summary_of(make_plan(self.all_books, facts), self.side)

    def _is_plain(self, matched: Matched) -> bool:
        if not self._has_plain_default:
            return False
        return all(
            plain[index]
            for plain, indexes in zip(self._plain, matched, strict=True)
            for index in indexes
        )


class _Delta:
    """What differs between the two texts of the tried rulebook."""

    def __init__(self, before: CompiledRulebook | None, after: CompiledRulebook | None) -> None:
        self._is_same_otherwise = bool(before and after) and _settings(before) == _settings(after)
        self._moved: dict[int, int] = {}
        self._alike: set[int] = set()
        self._changed: CompiledRulebook | None = None
        self._places: list[int] = []
        if after is None:
            return
        rules = after.content.rules
        rules_before = before.content.rules if before else ()
        old = {rule.id: (at, rule) for at, rule in enumerate(rules_before)}
        for at, rule in enumerate(rules):
            was_at, was = old.get(rule.id, (-1, None))
            if was is not None and was.when == rule.when and _basis(before) == _basis(after):
                self._moved[was_at] = at
                if was.then == rule.then:
                    self._alike.add(was_at)
            else:
                self._places.append(at)
        if self._places:
            kept = tuple(rules[at] for at in self._places)
            self._changed = replace(
                after, content=replace(after.content, rules=kept), _evaluators={}
            )

    def matched_after(self, matched: Matched, before: _Text, after: _Text, facts: Facts) -> Matched:
        """Which rules match after, evaluating only those that are new or changed."""
        if after.place is None:
            return tuple(found for at, found in enumerate(matched) if at != before.place)
        if len(after.books) != len(before.books):
            return after.matched(facts)
        assert before.place is not None
        found = [self._moved[at] for at in matched[before.place] if at in self._moved]
        if self._changed is not None:
            evaluation = self._changed.evaluator(facts).evaluate(facts)
            found += [self._places[at] for at in evaluation.matched]
            found.sort()
        return (*matched[: before.place], tuple(found), *matched[before.place + 1 :])

    def is_without_effect(
        self, matched: Matched, matched_after: Matched, before: _Text, after: _Text
    ) -> bool:
        """Whether only rules match that both texts have, word for word."""
        if not self._is_same_otherwise or before.place is None or after.place is None:
            return False
        found = matched[before.place]
        moved = tuple(sorted(self._moved[at] for at in found if at in self._alike))
        return len(moved) == len(found) and moved == matched_after[after.place]


def summary_of(plan: Plan, side: Side) -> Summary:
    """One side of a plan. A step is who is asked, and how many of them are needed."""
    blocked = [one.reason for one in plan.blocked if one.reason.side == side]
    steps = [step for step in plan.steps if step.side == side]
    reasons = [*blocked, *(reason for step in steps for reason in step.reasons)]
    outcome: Outcome = "blocked" if blocked else "approval" if steps else "free"
    return Summary(
        outcome,
        tuple(
            Asked(tuple(sorted(one.member for one in step.approvers)), step.quorum.needed)
            for step in steps
        ),
        frozenset(reason.rule for reason in reasons),
    )


def _key(facts: Facts, matched: Matched) -> object:
    """All that decides who is asked when neither amounts nor lines do; the unit is the replay's."""
    person, other = facts.requester.person, facts.beneficiary
    return person.member, person.user, other and other.user, facts.authors, matched


def _built_ins_are_silent(books: Sequence[CompiledRulebook], facts: Facts) -> bool:
    """Whether neither the requester's limit nor a budget nor the credit asks for anything."""
    basis = books[0].content.amount_basis if books else "goods"
    if isinstance(facts.company.credit.limit, Money):
        return False
    try:
        limit = limit_rule(facts, basis, None)
        if limit.demands or limit.blocked:
            return False
        for budget in facts.budgets:
            said = budget_rule(budget, budget_effect(budget, facts), None)
            if said.demands or said.blocked:
                return False
    except (NoRate, MissingFact):
        return False
    return True


def _is_plain(rule: Rule) -> bool:
    """Whether its people depend on nothing but the unit and the requester."""
    return not isinstance(rule.then, Require) or _is_plain_shape(rule.then.shape)


def _is_plain_default(book: CompiledRulebook) -> bool:
    default = book.content.default
    return not isinstance(default, Require) or _is_plain_shape(default.shape)


def _is_plain_shape(shape: Shape) -> bool:
    if isinstance(shape, Tiers | ManagementChain):
        return False
    steps: Iterable[StepShape] = shape
    return not any(step.depends_on_lines for step in steps)


def _settings(book: CompiledRulebook | None) -> object:
    content = book.content if book else None
    return content and replace(content, rules=())


def _basis(book: CompiledRulebook | None) -> object:
    return book.content.amount_basis if book else None
