"""Examples beside the rules: a purchase, and what must come of it under this rulebook.

    {"rule": "finance", "name": "A new microscope",
     "purchase": {"purchase.amount": {"amount_minor": 640000, "currency": "EUR"}},
     "expect": "matches"}

`expect` is `matches` or `does_not_match` for the rule that is named, or the outcome under the
rulebook alone: `free`, `approval`, `blocked`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from placet.policy.checking.sketches import Sketch, read_sketch
from placet.policy.reading import InvalidPart, as_choice, as_list, as_mapping, as_text, point
from placet.policy.rulebook import CompiledRulebook

MOST_EXAMPLES: Final = 500
OF_A_RULE: Final = ("matches", "does_not_match")
OUTCOMES: Final = ("free", "approval", "blocked")


class Example(NamedTuple):
    """One example; `rule` is empty where it is about the whole rulebook."""

    pointer: str
    rule: str
    name: str
    purchase: Sketch
    expect: str


def read_examples(documents: Sequence[object], book: CompiledRulebook) -> tuple[Example, ...]:
    """The examples of a rulebook; raises `InvalidPart` with the pointer to what is wrong."""
    rules = {rule.id for rule in book.content.rules}
    entries = as_list(list(documents), "/examples", MOST_EXAMPLES)
    return tuple(
        _read_example(entry, point("/examples", index), rules)
        for index, entry in enumerate(entries)
    )


def _read_example(document: object, pointer: str, rules: set[str]) -> Example:
    names = ("purchase", "expect")
    node = as_mapping(document, pointer, required=names, allowed=(*names, "rule", "name"))
    expect = as_choice(node["expect"], point(pointer, "expect"), (*OF_A_RULE, *OUTCOMES))
    rule = as_text(node["rule"], point(pointer, "rule")) if "rule" in node else ""
    if rule and rule not in rules:
        raise InvalidPart(point(pointer, "rule"), "unknown_rule", f"no rule {rule!r}")
    if not rule and expect in OF_A_RULE:
        raise InvalidPart(point(pointer, "rule"), "missing", "which rule matches")
    name = as_text(node["name"], point(pointer, "name")) if "name" in node else ""
    purchase = read_sketch(node["purchase"], point(pointer, "purchase"))
    return Example(pointer, rule, name, purchase, expect)
