"""Where a rulebook asks people: each shape with its place in the document and when it asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from placet.policy.approvers import Candidates
from placet.policy.conditions import AllOf, Comparison, Condition
from placet.policy.effects import ManagementChain, Notify, Require, Shape, StepShape, Tiers
from placet.policy.facts import Facts
from placet.policy.money import Money
from placet.policy.plan import Finding, Reason
from placet.policy.readers import amount_of
from placet.policy.rulebook import CompiledRulebook
from placet.policy.selectors import Selector

EVERY = AllOf(())


class Site(NamedTuple):
    """One shape; `place` is that of its rule, or None for the default and the built-in rules."""

    pointer: str
    rule: str
    place: int | None
    when: Condition
    shape: Shape


class StepSite(NamedTuple):
    """One step of a shape, and the condition under which it is asked."""

    pointer: str
    when: Condition
    step: StepShape


def sites_of(book: CompiledRulebook) -> Iterator[Site]:
    """All shapes of a rulebook."""
    content = book.content
    for index, rule in enumerate(content.rules):
        if isinstance(rule.then, Require):
            yield Site(f"/rules/{index}/then", rule.id, index, rule.when, rule.then.shape)
    if isinstance(content.default, Require):
        yield Site("/default", "", None, EVERY, content.default.shape)
    for key in ("limit_approvers", "budget_approvers", "credit_approvers"):
        shape = getattr(content, key)
        if shape is not None:
            yield Site(f"/{key}", "", None, EVERY, shape)


def steps_of_site(site: Site) -> Iterator[StepSite]:
    """The steps of a shape; a chain has none of its own."""
    if isinstance(site.shape, Tiers):
        for index, tier in enumerate(site.shape.tiers):
            reached = Comparison("purchase.amount", ">=", tier.starts_at)
            pointer = f"{site.pointer}/tiers/tiers/{index}"
            yield StepSite(pointer, AllOf((site.when, reached)), tier.step)
    elif not isinstance(site.shape, ManagementChain):
        for index, step in enumerate(site.shape):
            yield StepSite(f"{site.pointer}/steps/{index}", site.when, step)


def reason_of(site: Site, book: CompiledRulebook, facts: Facts) -> Reason:
    """The reason as a plan would have it: authority and owners depend on what it found."""
    findings: tuple[Finding, ...] = ()
    if site.place is not None:
        evaluation = book.evaluator(facts).evaluate(facts)
        if site.place in evaluation.matched:
            findings = evaluation.findings(site.place)
    return Reason(book.rulebook, book.version, site.rule, book.side, "rule", findings)


def candidates_of(book: CompiledRulebook, facts: Facts) -> Candidates:
    """The people of this purchase under this rulebook alone."""
    content = book.content
    amount = Money(amount_of(facts, content.amount_basis), facts.purchase.currency)
    return Candidates(facts, book.side, content.may_approve, amount)


def selectors_of_book(book: CompiledRulebook) -> Iterator[tuple[str, str, Selector]]:
    """Every selector with its pointer and its rule."""
    for site in sites_of(book):
        if isinstance(site.shape, ManagementChain):
            base = f"{site.pointer}/management_chain/through"
            for index, selector in enumerate(site.shape.through):
                yield f"{base}/{index}", site.rule, selector
        for step in steps_of_site(site):
            for name in ("approvers", "otherwise"):
                for index, selector in enumerate(getattr(step.step, name)):
                    yield f"{step.pointer}/{name}/{index}", site.rule, selector
    for number, rule in enumerate(book.content.rules):
        if isinstance(rule.then, Notify):
            for index, selector in enumerate(rule.then.watchers):
                yield f"/rules/{number}/then/watchers/{index}", rule.id, selector
