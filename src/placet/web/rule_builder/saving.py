"""Putting a rule into the draft of its rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.text import slugify

from placet.core.actor import Actor
from placet.policy.rulebook import InvalidRulebook
from placet.rulebooks.models import RulebookDraft
from placet.web.rule_builder.rules import Built, read_alone
from placet.web.rule_builder.source import Source
from placet.web.rules.texts import Seen, keep_text

LONGEST_ID: Final = 60


def save_rule(
    built: Built,
    source: Source,
    rule_id: str,
    seen: Seen,
    *,
    actor: Actor,
    now: datetime,
) -> RulebookDraft:
    """Keep the rule in the draft; raises what ``keep_text`` raises.

    A rule that says the same as before is written as it was before.
    """
    rule = dict(built.document)
    rule["id"] = rule_id or new_id(rule, source)
    before = source.look_up(rule["id"])
    if before is not None and _says_the_same(before, built, source.rulebook.side):
        rule = before
    document = source.with_rule(rule)
    return keep_text(source.text, seen, document=document, actor=actor, now=now)


def new_id(rule: Mapping[str, Any], source: Source) -> str:
    """An id for a new rule: from its name, and no other rule's."""
    name = rule.get("name") or rule["then"]["effect"]
    text = name if isinstance(name, str) else next(iter(name.values()))
    stem = slugify(text)[:LONGEST_ID].strip("-_") or "rule"
    number = 1
    while source.look_up(stem if number == 1 else f"{stem}-{number}") is not None:
        number += 1
    return stem if number == 1 else f"{stem}-{number}"


def _says_the_same(before: Mapping[str, Any], built: Built, side: str) -> bool:
    try:
        return built.book is not None and read_alone(before, side) == built.book
    except InvalidRulebook:
        return False
