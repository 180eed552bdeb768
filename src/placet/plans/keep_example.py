"""Keeping a tried purchase beside the rules, as an example that must pass before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.plans.ground import load_ground
from placet.policy.checking.examples import OF_A_RULE, read_examples
from placet.policy.checking.sketches import MOST_LINES, Given, Key, Sketch, write_sketch
from placet.policy.checking.trying import try_examples
from placet.policy.conditions import Comparison, Condition, walk
from placet.policy.facts import Allocation, Facts, Line
from placet.policy.fields import FIELDS, Field
from placet.policy.money import Money
from placet.policy.planning import make_plan
from placet.policy.readers import Context
from placet.policy.rulebook import CompiledRulebook
from placet.rulebooks.actions import save_draft
from placet.rulebooks.documents import read_text
from placet.rulebooks.models import Rulebook, RulebookDraft
from placet.rulebooks.queries import find_draft, list_examples

LONGEST_NAME: Final = 120


@transaction
def keep_example(
    rulebook: Rulebook,
    *,
    book: CompiledRulebook,
    facts: Facts,
    rule: str = "",
    name: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> RulebookDraft:
    """Add a purchase to the draft's examples, expecting what came of it under ``book``.

    With ``rule``, that this rule matches, or does not; without, the outcome under this rulebook
    alone. Starts the draft where there is none (``version`` is None). Raises ``InvalidInput``
    where an example cannot say what this purchase depends on, and what ``save_draft`` raises.
    """
    draft = find_draft(rulebook)
    document, examples = _text_of(rulebook, draft)
    example = make_example(rulebook, book, facts, rule=rule, name=name, now=now)
    return save_draft(
        rulebook,
        document=document,
        examples=[*examples, example],
        version=version,
        actor=actor,
        now=now,
    )


def make_example(
    rulebook: Rulebook,
    book: CompiledRulebook,
    facts: Facts,
    *,
    rule: str,
    name: str,
    now: datetime,
) -> dict[str, Any]:
    """The example's document; raises ``InvalidInput`` where it would not come out the same."""
    wanted = _wanted(book, facts, rule)
    example = {"purchase": write_sketch(sketch_of(facts, book)), "expect": wanted}
    if rule:
        example["rule"] = rule
    if name.strip():
        example["name"] = name.strip()[:LONGEST_NAME]
    ground = load_ground(rulebook.company_id, now=now)
    (tried,) = try_examples(read_examples([example], book), book, ground)
    if not tried.has_passed:
        said = _("What this purchase depends on (past orders, a budget) does not fit an example.")
        raise InvalidInput("purchase", "cannot_keep", said)
    return example


def sketch_of(facts: Facts, book: CompiledRulebook) -> Sketch:
    """The purchase as far as this rulebook looks at it; a line of several parts becomes several."""
    context = Context(facts, book.content.amount_basis)
    compared = list(_compared(book))
    purchase = dict(_cells(compared, "purchase", (context,), facts))
    basis = FIELDS["purchase.amount"].read(context)
    purchase.setdefault(("purchase.amount", ""), Money(basis, facts.purchase.currency))
    parts = [(line, part) for line in facts.purchase.lines for part in line.allocations]
    if len(parts) > MOST_LINES:
        said = _("An example has at most %(most)d lines.") % {"most": MOST_LINES}
        raise InvalidInput("purchase", "too_large", said)
    lines = [_row(line, part, compared, context) for line, part in parts]
    bare = all(set(line) == {("line.total", "")} for line in lines)
    return Sketch(purchase, ({},) if bare else tuple(lines))


def _row(
    line: Line, part: Allocation, compared: list[Comparison], context: Context
) -> dict[Key, Given]:
    facts = context.facts
    currency = facts.purchase.currency
    return {
        ("line.total", ""): Money(part.goods_minor, currency),
        **dict(_cells(compared, "line", (line, context), facts)),
        **dict(_cells(compared, "allocation", (part, context), facts)),
    }


def _compared(book: CompiledRulebook) -> Iterator[Comparison]:
    conditions: list[Condition] = [rule.when for rule in book.content.rules]
    for condition in conditions:
        yield from (part for part in walk(condition) if isinstance(part, Comparison))


def _cells(
    compared: Sequence[Comparison], scope: str, read_with: tuple[Any, ...], facts: Facts
) -> Iterator[tuple[Key, Given]]:
    """The actual value of every field of a scope that is compared, where there is one."""
    for comparison in compared:
        field = FIELDS[comparison.field]
        if field.scope != scope or field.key in ("line.total", "allocation.amount"):
            continue
        parameter = () if comparison.parameter is None else (comparison.parameter,)
        value = _given(field, field.read(*read_with, *parameter), facts)
        if value is not None:
            yield (field.key, str(comparison.parameter or "")), value


def _given(field: Field, value: Any, facts: Facts) -> Given | None:
    if value is None:
        return None
    if field.kind == "money":
        of_company = field.currency == "company"
        return Money(value, facts.company.currency if of_company else facts.purchase.currency)
    if isinstance(value, frozenset | set):
        return tuple(sorted(value))
    given: Given = value
    return given


def _wanted(book: CompiledRulebook, facts: Facts, rule: str) -> str:
    """What came of the purchase: of one rule, or of the rulebook alone."""
    if not rule:
        return make_plan([book], facts._replace(budgets=())).outcome
    ids = [one.id for one in book.content.rules]
    if rule not in ids:
        raise InvalidInput("rule", "unknown_rule", _("This rulebook has no such rule."))
    return OF_A_RULE[0 if ids.index(rule) in book.evaluator(facts).evaluate(facts).matched else 1]


def _text_of(
    rulebook: Rulebook, draft: RulebookDraft | None
) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """The draft's document and examples, else those of what is published."""
    stored = draft or rulebook.published
    if stored is None:
        raise InvalidInput("rulebook", "missing", _("Nothing is published or drafted here yet."))
    return read_text(stored.document), list_examples(stored)
