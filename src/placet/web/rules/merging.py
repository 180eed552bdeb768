"""A draft brought up to a version that was published while it was written, rule by rule.

Three texts: the version that the draft began with, the one that is published now, the draft. What
only one side changed is taken from that side; where both did, the draft's words stay and are named,
so that somebody looks at them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Document = Mapping[str, Any]


class Merged(NamedTuple):
    """The new text, and the rules and settings that both sides changed, each differently."""

    document: dict[str, Any]
    contested: tuple[str, ...]


def merge_texts(base: Document, published: Document, draft: Document) -> Merged:
    """The draft's changes on top of what is published."""
    contested: list[str] = []
    head: dict[str, Any] = {}
    for key in {**published, **draft}:
        if key != "rules":
            taken = _take(key, base, published, draft, contested)
            if taken is not None:
                head[key] = taken
    before, now, own = (_by_id(text) for text in (base, published, draft))
    rules = {}
    for rule in _order(base, published, draft):
        taken = _take(rule, before, now, own, contested)
        if taken is not None:
            rules[rule] = taken
    return Merged({**head, "rules": list(rules.values())}, tuple(contested))


def _take(key: str, base: Document, now: Document, own: Document, contested: list[str]) -> Any:
    """One part; ``None`` where it is gone. A change of the draft wins over none and over others."""
    before, theirs, ours = base.get(key), now.get(key), own.get(key)
    if ours == before:
        return theirs
    if theirs not in (before, ours):
        contested.append(key)
        return theirs if ours is None else ours
    return ours


def _by_id(text: Document) -> dict[str, Any]:
    return {rule["id"]: rule for rule in text["rules"]}


def _order(base: Document, published: Document, draft: Document) -> list[str]:
    """The order of the side that moved rules, the draft's where both did.

    What only the other side has follows the rule that it follows there.
    """
    first, now, own = ([rule["id"] for rule in text["rules"]] for text in (base, published, draft))
    has_moved = [rule for rule in own if rule in first] != [rule for rule in first if rule in own]
    order, other = (own, now) if has_moved else (now, own)
    before = ""
    for rule in other:
        if rule not in order:
            order.insert(order.index(before) + 1 if before else 0, rule)
        before = rule
    return order
