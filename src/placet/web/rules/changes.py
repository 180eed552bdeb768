"""What differs between two texts: counted for lists, in sentences for those who decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.plans.differences import RulebookDifference, RuleChange, difference
from placet.rulebooks.models import Rulebook
from placet.web.rules.words import BASES, SETTINGS

Document = Mapping[str, Any]


class SettingChange(NamedTuple):
    """A setting of the rulebook as it was and as it is, in words; empty where no words exist."""

    label: str
    before: str
    after: str


class Changes(NamedTuple):
    """All that differs, ready to be read."""

    rules: tuple[RuleChange, ...]
    settings: list[SettingChange]
    is_reordered: bool
    total: int


def count_changes(before: Document | None, after: Document) -> int:
    """How many rules, settings and orders of rules differ; nothing is described for it."""
    old = {rule["id"]: rule for rule in before["rules"]} if before else {}
    new = {rule["id"]: rule for rule in after["rules"]}
    changed = [rule for rule in {**old, **new} if old.get(rule) != new.get(rule)]
    if before is None:
        return len(changed)
    changed += [k for k in {*before, *after} - {"rules"} if before.get(k) != after.get(k)]
    is_reordered = [r for r in old if r in new] != [r for r in new if r in old]
    return len(changed) + is_reordered


def read_changes(
    before: Document | None, after: Document, rulebook: Rulebook, actor: Actor
) -> Changes:
    """The difference in the reader's language."""
    found = difference(before, after, company_id=rulebook.company_id, language=actor.language)
    settings = [_setting(key, before or {}, after, found) for key in found.settings]
    count = len(found.rules) + len(settings) + found.is_reordered
    return Changes(found.rules, settings, found.is_reordered, count)


def _setting(
    key: str, before: Document, after: Document, found: RulebookDifference
) -> SettingChange:
    label = str(SETTINGS[key])
    if key == "default":
        return SettingChange(label, *found.otherwise)
    if key == "amount_basis":
        one, other = (str(BASES[text.get(key, "goods")]) for text in (before, after))
        return SettingChange(label, one, other)
    if key == "may_approve":
        return SettingChange(label, *(_loosened(text.get(key, [])) for text in (before, after)))
    return SettingChange(label, "", "")


def _loosened(names: list[str]) -> str:
    words = {"beneficiary": _("the person it is for"), "author": _("whoever changed lines")}
    return ", ".join(words[name] for name in names) or _("nobody")
