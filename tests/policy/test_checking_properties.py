"""The checks never say what is not so: random rulebooks and purchases, and the engine decides."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from placet.policy.checking.overlaps import check_overlaps
from placet.policy.checking.sketches import read_sketch, write_sketch
from placet.policy.checking.witnesses import sketches_for
from placet.policy.facts import Facts
from placet.policy.rulebook import CompiledRulebook
from tests.policy import world
from tests.policy.checking_world import ground
from tests.policy.strategies import Draw

PURCHASES = 25


def conditions(draw: Draw, count: int) -> CompiledRulebook:
    """Rules whose conditions share their few fields and thresholds, so that many overlap."""
    return world.rulebook(
        *(world.rule(f"r{n}", draw.condition(1), {"effect": "block"}) for n in range(count))
    )


def purchases(draw: Draw) -> list[Facts]:
    """Purchases with at least one line: nothing else can be submitted."""
    drawn = [draw.facts() for _ in range(PURCHASES)]
    return [facts for facts in drawn if facts.purchase.lines]


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_what_never_matches_never_does_and_what_is_covered_always_is(seed: int) -> None:
    draw = Draw(seed)
    book = conditions(draw, 6)
    found = list(check_overlaps(book, ground()))
    ids = [rule.id for rule in book.content.rules]
    for facts in purchases(draw):
        matched = {ids[index] for index in book.evaluator(facts).evaluate(facts).matched}
        for finding in found:
            if finding.code == "never_matches":
                assert finding.rule not in matched
            elif finding.rule in matched:
                assert finding.value("other") in matched


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_a_purchase_that_shows_it_does(seed: int) -> None:
    """And it survives being written down."""
    book = conditions(Draw(seed), 3)
    for index, rule in enumerate(book.content.rules):
        for sketch, facts in sketches_for(rule.when, book, ground()):
            assert index in book.evaluator(facts).evaluate(facts).matched
            assert read_sketch(write_sketch(sketch), "") == sketch


def test_the_properties_are_about_something() -> None:
    """Over a few hundred random rules the checks find both kinds, and nearly always a purchase."""
    seen: Counter[str] = Counter()
    for seed in range(60):
        book = conditions(Draw(seed), 6)
        seen.update(finding.code for finding in check_overlaps(book, ground()))
        for rule in book.content.rules:
            found: Any = next(sketches_for(rule.when, book, ground()), None)
            seen["shown" if found else "not shown"] += 1
    assert seen["never_matches"] > 20
    assert seen["covered"] > 20
    assert seen["shown"] > 3 * (seen["not shown"] - seen["never_matches"])
