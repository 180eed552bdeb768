"""Each rule true or false for one purchase, with the values that make it so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from placet.plans.describe_rules import describe_rulebook, names_of
from placet.plans.rule_conditions import Names, clause, cut
from placet.plans.rule_values import name_values, value_text
from placet.policy.checking.witnesses import is_true
from placet.policy.combining import applicable
from placet.policy.comparing import Currencies
from placet.policy.compiling import Compiler
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum
from placet.policy.facts import Facts, Side
from placet.policy.fields import FIELDS
from placet.policy.findings import finding_maker
from placet.policy.money import Money, NoRate
from placet.policy.normal import pushed_down
from placet.policy.plan import Finding
from placet.policy.probes import Probes
from placet.policy.readers import Context
from placet.policy.rulebook import CompiledRulebook, UnreadableRulebook

MOST_LINES_NAMED = 40
"""For larger purchases a condition on lines is answered as a whole, without naming them."""


class PartResult(NamedTuple):
    """A part of a condition: what it says, whether it holds, what was found.

    ``kind`` is ``is`` for a comparison, and ``all`` or ``any`` for a group of ``parts``; what is
    negated is negated below, so no group says "not". ``found`` is the actual value in words,
    ``lines`` are those that meet a condition on lines. ``finding`` has both values as data.
    """

    kind: Literal["is", "all", "any"]
    sentence: str
    holds: bool
    found: str = ""
    lines: tuple[int, ...] = ()
    finding: Finding | None = None
    parts: tuple[PartResult, ...] = ()


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
    condition: PartResult | None

    @property
    def parts(self) -> tuple[PartResult, ...]:
        """The comparisons, in the order of the sentence, without their groups."""
        return tuple(_leaves(self.condition)) if self.condition else ()


def results_of(
    rulebooks: Sequence[CompiledRulebook | UnreadableRulebook],
    facts: Facts,
    *,
    company_id: str,
    language: str,
    side: Side = "buyer",
) -> tuple[RuleResult, ...]:
    """Every rule of one side's rulebooks that apply; the other side's rules stay its own."""
    return tuple(
        result
        for book in applicable(rulebooks, side, facts.organisation.units)
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
    trees: list[PartResult | None] = [None] * len(book.content.rules)
    if matched is not None:
        asked = _Asked(facts, book, names)
        trees = [asked.part(pushed_down(rule.when)) for rule in book.content.rules]
        findings = [leaf.finding for tree in trees for leaf in _leaves(tree) if leaf.finding]
        names = name_values(names, findings, facts, company_id=company_id)
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
            condition=_worded(trees[index], names),
        )


def _leaves(part: PartResult | None) -> Iterator[PartResult]:
    if part is None:
        return
    if part.kind == "is":
        yield part
    for inner in part.parts:
        yield from _leaves(inner)


def _worded(part: PartResult | None, names: Names) -> PartResult | None:
    """The tree with what was found in words; names of what was found are loaded once for all."""
    if part is None:
        return None
    parts = tuple(inner for one in part.parts if (inner := _worded(one, names)))
    found = value_text(part.finding, names) if part.finding else ""
    return part._replace(found=found, parts=parts)


class _Asked:
    """One rulebook's conditions, asked about one purchase; every *not* stands at a comparison."""

    def __init__(self, facts: Facts, book: CompiledRulebook, names: Names) -> None:
        self._facts, self._names = facts, names
        self._basis = book.content.amount_basis
        self._currencies = Currencies(facts.purchase.currency, facts.company.currency, facts.rates)

    def part(self, condition: Condition) -> PartResult:
        """What this part and those below it answer."""
        if isinstance(condition, AllOf | AnyOf):
            parts = tuple(
                self.part(inner) for inner in condition.parts if not _is_any_amount(inner)
            )
            if len(parts) == 1:
                return parts[0]
            kind: Literal["all", "any"] = "all" if isinstance(condition, AllOf) else "any"
            holds = (all if kind == "all" else any)(inner.holds for inner in parts)
            return PartResult(kind, "", holds, parts=parts)
        said = "".join(piece.text for piece in cut(clause(condition, self._names)))
        return PartResult(
            "is",
            said,
            is_true(condition, self._facts, self._basis),
            lines=self._lines(condition),
            finding=self._found(condition),
        )

    def _lines(self, condition: Condition) -> tuple[int, ...]:
        """The lines that meet a condition on lines, each asked alone."""
        purchase = self._facts.purchase
        if not isinstance(condition, Rows) or len(purchase.lines) > MOST_LINES_NAMED:
            return ()
        alone = Rows("any", condition.scope, condition.part)
        return tuple(
            line.number
            for line in purchase.lines
            if is_true(
                alone,
                self._facts._replace(purchase=purchase._replace(lines=(line,))),
                self._basis,
            )
        )

    def _found(self, condition: Condition) -> Finding | None:
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        if isinstance(leaf, Rows):
            return self._found_on_lines(leaf)
        if not isinstance(leaf, Comparison | Sum):
            return None
        probes = Probes()
        measure = Compiler(probes, self._currencies).measure(leaf)
        actual: Any = measure(probes.values(Context(self._facts, self._basis)))
        return finding_maker(leaf, self._currencies, negated=negated)(actual, (), ())

    def _found_on_lines(self, rows: Rows) -> Finding | None:
        """The texts of all lines, or parts of lines, where no line meets what is asked of one."""
        leaf = rows.part.part if isinstance(rows.part, Not) else rows.part
        if not isinstance(leaf, Comparison) or FIELDS[leaf.field].kind not in ("text", "path"):
            return None
        field = FIELDS[leaf.field]
        context = Context(self._facts, self._basis)
        lines = self._facts.purchase.lines
        parts = [part for line in lines for part in line.allocations]
        found = {field.read(row, context) for row in (lines if field.scope == "line" else parts)}
        return Finding(leaf.field, leaf.operator, None, tuple(sorted(filter(None, found))))


def _is_any_amount(condition: Condition) -> bool:
    """Tiers are read with "reaches the first tier", which says nothing where that is zero."""
    return (
        isinstance(condition, Comparison)
        and condition.operator == ">="
        and isinstance(condition.value, Money)
        and not condition.value.amount_minor
    )
