"""What can be done to a text as a whole rule at a time: move, copy, remove, put back.

Documents go in and new documents come out; nothing is changed in place.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput

Document = Mapping[str, Any]
LONGEST_ID: Final = 200


def position_of(document: Document, rule_id: str) -> int:
    """Where a rule stands; raises ``InvalidInput`` where there is none."""
    for index, rule in enumerate(document["rules"]):
        if rule["id"] == rule_id:
            return index
    raise InvalidInput("rule", "unknown", _("This rule is not in the text any more."))


def move_rule(document: Document, rule_id: str, by: int) -> dict[str, Any]:
    """The rule so many places lower; at an end it stays there."""
    index = position_of(document, rule_id)
    rules = list(document["rules"])
    rule = rules.pop(index)
    rules.insert(max(0, min(len(rules), index + by)), rule)
    return {**document, "rules": rules}


def duplicate_rule(document: Document, rule_id: str) -> dict[str, Any]:
    """A copy right behind the rule, under an id of its own and a name that says so."""
    index = position_of(document, rule_id)
    rules = list(document["rules"])
    made = copy.deepcopy(rules[index])
    made["id"] = free_id(document, rule_id)
    if "name" in made:
        made["name"] = _copied(made["name"])
    rules.insert(index + 1, made)
    return {**document, "rules": rules}


def free_id(document: Document, wanted: str) -> str:
    """``wanted-2`` or the next number that no rule has."""
    taken = {rule["id"] for rule in document["rules"]}
    stem = wanted[: LONGEST_ID - 6]
    return next(name for n in range(2, len(taken) + 3) if (name := f"{stem}-{n}") not in taken)


def remove_rule(document: Document, rule_id: str) -> dict[str, Any]:
    """The text without the rule."""
    index = position_of(document, rule_id)
    rules = document["rules"]
    return {**document, "rules": [*rules[:index], *rules[index + 1 :]]}


def without_examples_of(
    examples: Sequence[Document], rule_id: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The examples that stay when the rule goes, and those that go with it."""
    found = [dict(example) for example in examples]
    kept = [example for example in found if example.get("rule") != rule_id]
    return kept, [example for example in found if example.get("rule") == rule_id]


def put_back(document: Document, rule: Document, index: int) -> dict[str, Any]:
    """The rule as it was: in the place of the one with its id, else at ``index``."""
    rules = list(document["rules"])
    found = next((i for i, each in enumerate(rules) if each["id"] == rule["id"]), None)
    if found is None:
        rules.insert(max(0, min(len(rules), index)), dict(rule))
    else:
        rules[found] = dict(rule)
    return {**document, "rules": rules}


MOVES: Final[Mapping[str, Callable[[Document, str], dict[str, Any]]]] = {
    "up": lambda document, rule: move_rule(document, rule, -1),
    "down": lambda document, rule: move_rule(document, rule, 1),
    "first": lambda document, rule: move_rule(document, rule, -len(document["rules"])),
    "last": lambda document, rule: move_rule(document, rule, len(document["rules"])),
    "duplicate": duplicate_rule,
    "remove": remove_rule,
}
"""What the menu of a rule offers, by the name of its button."""


def _copied(name: Any) -> Any:
    """The words of a copy, in each language that the rule has."""
    if isinstance(name, str):
        return (_("%(name)s (copy)") % {"name": name})[:LONGEST_ID]
    return {key: _copied(text) for key, text in name.items()}
