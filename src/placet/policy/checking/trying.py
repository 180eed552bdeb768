"""Trying the examples: what came of each under the rulebook alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from placet.policy.checking.building import UnclearSketch, facts_of
from placet.policy.checking.examples import OF_A_RULE, Example
from placet.policy.checking.ground import Ground
from placet.policy.facts import Facts, MissingFact
from placet.policy.money import NoRate
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook, compile_rulebook
from placet.policy.starters import no_rules


class Tried(NamedTuple):
    """An example with what happened: `actual` is an outcome, or the code of what went wrong."""

    example: Example
    actual: str

    @property
    def has_passed(self) -> bool:
        """It came out as expected."""
        return self.actual == self.example.expect


def try_examples(
    examples: Sequence[Example], book: CompiledRulebook, ground: Ground
) -> list[Tried]:
    """Every example, in order; none of them is skipped."""
    return [Tried(example, _actual(example, book, ground)) for example in examples]


def _actual(example: Example, book: CompiledRulebook, ground: Ground) -> str:
    try:
        facts = facts_of(example.purchase, book, ground)
        if example.expect not in OF_A_RULE:
            return make_plan(_books(book, facts), facts).outcome
        matched = book.evaluator(facts).evaluate(facts).matched
    except (UnclearSketch, MissingFact, NoRate) as error:
        return error.code
    ids = [rule.id for rule in book.content.rules]
    return OF_A_RULE[0] if ids.index(example.rule) in matched else OF_A_RULE[1]


def _books(book: CompiledRulebook, facts: Facts) -> list[CompiledRulebook]:
    """The rulebook alone, wherever it holds; the merchant's side needs a buyer's beside it."""
    here = book
    if book.unit_path and book.unit_path not in {u.path for u in facts.organisation.units}:
        here = replace(book, unit_path="")
    return [here] if book.side == "buyer" else [compile_rulebook(no_rules()), here]
