"""The engine against the plain model: the same plan for random rulebooks and purchases."""

from __future__ import annotations

import pytest

from placet.policy import approvers, combining, probes, staffing
from placet.policy.planning import make_plan
from placet.policy.rulebook import compile_rulebook
from tests.policy import oracle
from tests.policy.strategies import Draw


def engine(books, facts):
    """The engine's plan, reduced to what the plain model answers."""
    compiled = [compile_rulebook(document, unit_path=unit) for document, unit in books]
    plan = make_plan(compiled, facts)
    steps = [
        [
            step.side,
            step.rank,
            sorted(approver.member for approver in step.approvers),
            step.quorum.needed,
            {reason.rule for reason in step.reasons},
        ]
        for step in plan.steps
    ]
    return {
        "outcome": plan.outcome,
        "steps": steps,
        "blocked": {blocked.reason.rule for blocked in plan.blocked},
        "warned": {warned.reason.rule for warned in plan.warnings},
        "aside": {aside.reason.rule for aside in plan.set_aside if not aside.default},
    }


def differing(seeds):
    """The seeds for which the two do not agree."""
    for seed in seeds:
        draw = Draw(seed)
        books, facts = draw.rulebooks(), draw.facts()
        if engine(books, facts) != oracle.plan(books, facts):
            yield seed


def compare(seeds):
    for seed in seeds:
        draw = Draw(seed)
        books, facts = draw.rulebooks(), draw.facts()
        assert engine(books, facts) == oracle.plan(books, facts), f"seed {seed}"


def test_five_hundred_random_purchases():
    compare(range(500))


@pytest.mark.soak
def test_twenty_thousand_random_purchases():
    compare(range(500, 20_500))


MUTANTS = {
    "nobody is left out": (approvers, "_excluded_users", lambda *_: frozenset()),
    "everybody is there": (staffing, "votes_available", len),
    "nothing is set aside": (combining, "_allowed_by", lambda *_: None),
    "a path is only itself": (probes, "paths_above", lambda path: (path,)),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_the_comparison_notices(name, monkeypatch):
    module, function, mutant = MUTANTS[name]
    monkeypatch.setattr(module, function, mutant)
    compile_rulebook_anew(monkeypatch)
    assert next(differing(range(500)), None) is not None


def compile_rulebook_anew(monkeypatch):
    """Compiled rulebooks are kept by content; a mutant must neither meet nor leave one."""
    from placet.policy import rulebook

    monkeypatch.setattr(rulebook, "_compiled", rulebook._compiled.__wrapped__)
    monkeypatch.setattr(rulebook, "_content", rulebook._content.__wrapped__)
