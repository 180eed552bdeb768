"""Each rule true or false for one purchase, with the values that make it so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from placet.plans.describe_rules import describe_rulebook, names_of
from placet.plans.rule_conditions import Names, clause, cut
from placet.policy.checking.witnesses import is_true
from placet.policy.combining import applicable
from placet.policy.comparing import Currencies
from placet.policy.compiling import Compiler
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Sum
from placet.policy.facts import Facts
from placet.policy.findings import finding_maker
from placet.policy.money import NoRate
from placet.policy.plan import Finding
from placet.policy.probes import Probes
from placet.policy.readers import Context
from placet.policy.rulebook import CompiledRulebook, UnreadableRulebook


class PartResult(NamedTuple):
    """One comparison of a rule: what it says, whether it holds, and what was found.

    ``finding`` has the actual value beside the wanted one; it is nothing for conditions on lines.
    """

    sentence: str
    holds: bool
    finding: Finding | None


class RuleResult(NamedTuple):
    """One rule for one purchase; ``holds`` is None where a currency has no rate."""

    rulebook: str
    version: int
    side: str
    rule: str
    name: str
    effect: str
    sentence: str
    holds: bool | None
    parts: tuple[PartResult, ...]


def results_of(
    rulebooks: Sequence[CompiledRulebook | UnreadableRulebook],
    facts: Facts,
    *,
    company_id: str,
    language: str,
) -> tuple[RuleResult, ...]:
    """Every rule of the buyer's rulebooks that apply; the merchant's own rules stay its own."""
    return tuple(
        result
        for book in applicable(rulebooks, "buyer", facts.organisation.units)
        for result in _of_book(book, facts, company_id, language)
    )


def _of_book(
    book: CompiledRulebook, facts: Facts, company_id: str, language: str
) -> Iterator[RuleResult]:
    described = describe_rulebook(book.content, company_id=company_id, language=language)
    names = names_of(book.content, company_id=company_id, language=language)
    try:
        matched = set(book.evaluator(facts).evaluate(facts).matched)
    except NoRate:
        matched = None
    for index, (rule, said) in enumerate(zip(book.content.rules, described.rules, strict=True)):
        yield RuleResult(
            rulebook=book.rulebook,
            version=book.version,
            side=book.side,
            rule=rule.id,
            name=said.name,
            effect=said.effect,
            sentence=said.sentence,
            holds=None if matched is None else index in matched,
            parts=()
            if matched is None
            else tuple(_parts(rule.when, facts, book, names, negated=False)),
        )


def _parts(
    condition: Condition, facts: Facts, book: CompiledRulebook, names: Names, *, negated: bool
) -> Iterator[PartResult]:
    """The comparisons of a condition, in order; a condition on lines is one of them."""
    if isinstance(condition, Not):
        yield from _parts(condition.part, facts, book, names, negated=not negated)
    elif isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from _parts(part, facts, book, names, negated=negated)
    else:
        holds = is_true(condition, facts, book.content.amount_basis) is not negated
        said = "".join(piece.text for piece in cut(clause(condition, names, holds=not negated)))
        yield PartResult(said, holds, _found(condition, facts, book, negated))


def _found(
    condition: Condition, facts: Facts, book: CompiledRulebook, negated: bool
) -> Finding | None:
    if not isinstance(condition, Comparison | Sum):
        return None
    probes = Probes()
    currencies = Currencies(facts.purchase.currency, facts.company.currency, facts.rates)
    measure = Compiler(probes, currencies).measure(condition)
    actual: Any = measure(probes.values(Context(facts, book.content.amount_basis)))
    return finding_maker(condition, currencies, negated=negated)(actual, (), ())
