"""The quick way and the engine's whole plan agree; the rules in force change nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from placet.plans.back_test_ground import Trial
from placet.plans.back_test_replay import Replay
from placet.plans.back_test_text import Summary, summary_of
from placet.plans.stored_facts import read_facts, write_facts
from placet.policy.facts import Facts
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook, compile_rulebook
from tests.policy.strategies import Draw

WORLDS = 150
TRIED = "the tried one"


def books_of(documents: list[tuple[dict[str, Any], str]]) -> tuple[CompiledRulebook, ...]:
    """Rulebooks in their places; the first is the one that is tried."""
    return tuple(
        compile_rulebook(document, rulebook=f"book {at}" if at else TRIED, unit_path=path)
        for at, (document, path) in enumerate(documents)
    )


def mutated(document: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """A draft of the text: rules changed, dropped, added and moved; settings sometimes."""
    other, fresh = copy.deepcopy(document), draw.rulebook("buyer")
    for rule in other["rules"]:
        if draw.maybe(0.3):
            rule["when"] = draw.condition()
        if draw.maybe(0.3):
            rule["then"] = draw.require("buyer")
    other["rules"] = [rule for rule in other["rules"] if draw.maybe(0.8)]
    for rule in fresh["rules"][:2]:
        other["rules"].append({**rule, "id": f"new-{rule['id']}"})
    draw.random.shuffle(other["rules"])
    for setting in ("default", "amount_basis", "may_approve"):
        if draw.maybe(0.2):
            other[setting] = fresh[setting]
    return other


def alike(summary: Summary) -> tuple[object, ...]:
    """What must be equal; steps of one rank have no order."""
    return summary.outcome, sorted(summary.steps), sorted(summary.rules)


def world(seed: int, *, is_changed: bool) -> tuple[Trial, list[Facts]]:
    """Two texts in a random organisation where everybody is at work, and some purchases there."""
    draw = Draw(seed)
    documents = [pair for pair in draw.rulebooks() if pair[0]["side"] == "buyer"]
    organisation = draw.organisation()._replace(delegations=(), absences=())
    purchases = [draw.facts()._replace(organisation=organisation) for _ in range(6)]
    draft = mutated(documents[0][0], draw) if is_changed else copy.deepcopy(documents[0][0])
    before = books_of(documents)
    after = books_of([(draft, documents[0][1]), *documents[1:]])
    return Trial(before, after, organisation.units, organisation), purchases


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_quick_way_is_the_engines_way(seed: int) -> None:
    trial, purchases = world(seed, is_changed=True)
    replay = Replay(trial, "buyer", TRIED)
    for facts in [*purchases, *purchases]:
        tried = replay.try_purchase(facts)
        for summary, books in ((tried.before, trial.before), (tried.after, trial.after)):
            planned = summary_of(make_plan(books, facts), "buyer")
            assert alike(summary) == alike(planned)
        for hits, books in ((tried.hits_before, trial.before), (tried.hits_after, trial.after)):
            matched = books[0].evaluator(facts).evaluate(facts).matched  # type: ignore[union-attr]
            rules = books[0].content.rules  # type: ignore[union-attr]
            assert list(hits) == [rules[index].id for index in matched]


def test_the_text_in_force_changes_nothing() -> None:
    for seed in range(WORLDS):
        trial, purchases = world(seed, is_changed=False)
        replay = Replay(trial, "buyer", TRIED)
        for facts in purchases:
            tried = replay.try_purchase(facts)
            assert tried.before == tried.after
            assert tried.hits_before == tried.hits_after


def test_what_is_stored_says_the_same() -> None:
    """A round trip keeps everything but names and the authority of people."""
    for seed in range(WORLDS):
        facts = Draw(seed).facts()
        stored = read_facts(write_facts(facts))
        assert stored.purchase == facts.purchase
        assert stored.requester._replace(person=facts.requester.person) == facts.requester
        assert stored.requester.person[:2] == facts.requester.person[:2]
        assert (stored.budgets, stored.authors) == (facts.budgets, facts.authors)
        assert stored.company._replace(zone=facts.company.zone) == facts.company
        assert str(stored.company.zone) == str(facts.company.zone)
        assert stored.rates == facts.rates


def test_the_properties_are_not_empty() -> None:
    """The random worlds reach every outcome, on the quick way and on the slow one."""
    outcomes, slow = set(), 0
    for seed in range(40):
        trial, purchases = world(seed, is_changed=True)
        replay = Replay(trial, "buyer", TRIED)
        asked = replay._before.planned

        def counted(facts: Facts, asked: Any = asked) -> Summary:
            nonlocal slow
            slow += 1
            summary: Summary = asked(facts)
            return summary

        replay._before.planned = counted  # type: ignore[method-assign]
        outcomes |= {replay.try_purchase(facts).before.outcome for facts in purchases}
    assert outcomes == {"free", "approval", "blocked"}
    assert 20 < slow < 200
