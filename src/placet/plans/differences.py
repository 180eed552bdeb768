"""What changed between two texts of a rulebook, rule by rule, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from placet.plans.describe_rules import RulebookDescription, RuleDescription, describe_rulebook
from placet.policy.rulebook import compile_rulebook


class RuleChange(NamedTuple):
    """One rule that came, went or changed; ``before`` and ``after`` are how it reads."""

    kind: Literal["added", "removed", "changed"]
    rule: str
    before: RuleDescription | None
    after: RuleDescription | None

    @property
    def name(self) -> str:
        """What the rule is called, now or before it went."""
        shown = self.after or self.before
        return shown.name if shown else self.rule


class RulebookDifference(NamedTuple):
    """All changes; ``settings`` are the keys of the document beside its rules that changed.

    ``otherwise`` is what holds where no rule speaks, before and after, and empty when equal.
    """

    rules: tuple[RuleChange, ...]
    settings: tuple[str, ...]
    otherwise: tuple[str, str]
    is_reordered: bool

    @property
    def is_empty(self) -> bool:
        """Both texts say the same."""
        return not (self.rules or self.settings or self.is_reordered)


def difference(
    old: Mapping[str, Any] | None, new: Mapping[str, Any], *, company_id: str, language: str
) -> RulebookDifference:
    """Added, removed and changed rules with both sentences; ``old`` is nothing before version 1.

    Rules are compared by id and whole: a changed due time is a change, though the sentence is not.
    """
    before, after = _described(old, company_id, language), _described(new, company_id, language)
    rules_before = {rule["id"]: rule for rule in old["rules"]} if old else {}
    rules_after = {rule["id"]: rule for rule in new["rules"]}
    said_before = {rule.id: rule for rule in before.rules} if before else {}
    said_after = {rule.id: rule for rule in after.rules} if after else {}
    changes: list[RuleChange] = []
    for rule in rules_after:
        if rule not in rules_before:
            changes.append(RuleChange("added", rule, None, said_after.get(rule)))
        elif rules_before[rule] != rules_after[rule]:
            changed = RuleChange("changed", rule, said_before.get(rule), said_after.get(rule))
            changes.append(changed)
    changes += [
        RuleChange("removed", rule, said_before.get(rule), None)
        for rule in rules_before
        if rule not in rules_after
    ]
    settings = tuple(
        key
        for key in sorted({*(old or {}), *new} - {"rules"})
        if (old or {}).get(key) != new.get(key)
    )
    kept = [rule for rule in rules_before if rule in rules_after]
    return RulebookDifference(
        rules=tuple(changes),
        settings=settings if old else (),
        otherwise=_otherwise(before, after),
        is_reordered=kept != [rule for rule in rules_after if rule in rules_before],
    )


def _described(
    document: Mapping[str, Any] | None, company_id: str, language: str
) -> RulebookDescription | None:
    if document is None:
        return None
    compiled = compile_rulebook(document)
    return describe_rulebook(compiled.content, company_id=company_id, language=language)


def _otherwise(
    before: RulebookDescription | None, after: RulebookDescription | None
) -> tuple[str, str]:
    """The sentences about the default, where they differ."""
    one, other = (
        "".join(piece.text for piece in described.otherwise) if described else ""
        for described in (before, after)
    )
    return ("", "") if one == other else (one, other)
