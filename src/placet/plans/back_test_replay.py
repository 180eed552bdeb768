"""One past purchase under two texts: a rule is evaluated once where both have it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from placet.plans.back_test_ground import Trial
from placet.plans.back_test_text import Matched, Summary, Text
from placet.policy.facts import Facts, Side
from placet.policy.money import NoRate
from placet.policy.rulebook import CompiledRulebook


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
        self._before = Text(trial.before, trial, side, rulebook)
        self._after = Text(trial.after, trial, side, rulebook)
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

    def matched_after(self, matched: Matched, before: Text, after: Text, facts: Facts) -> Matched:
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
        self, matched: Matched, matched_after: Matched, before: Text, after: Text
    ) -> bool:
        """Whether only rules match that both texts have, word for word."""
        if not self._is_same_otherwise or before.place is None or after.place is None:
            return False
        found = matched[before.place]
        moved = tuple(sorted(self._moved[at] for at in found if at in self._alike))
        return len(moved) == len(found) and moved == matched_after[after.place]


def _settings(book: CompiledRulebook | None) -> object:
    content = book.content if book else None
    return content and replace(content, rules=())


def _basis(book: CompiledRulebook | None) -> object:
    return book.content.amount_basis if book else None
