"""The builder's page: the form's tree with its controls, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import PlacetError
from placet.plans.describe_rules import RuleDescription, describe_rulebook
from placet.policy.rulebook import InvalidRulebook
from placet.web.rule_builder.choices import Choices
from placet.web.rule_builder.comparisons import PICKED
from placet.web.rule_builder.condition_view import GroupView, draw_condition
from placet.web.rule_builder.controls import Drawing
from placet.web.rule_builder.effect_parts import EffectView, TextView, draw_text
from placet.web.rule_builder.effect_view import draw_effect
from placet.web.rule_builder.live import Live, look_at
from placet.web.rule_builder.places import Moved
from placet.web.rule_builder.rules import Built, build_rule, fill_rule, read_alone
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.source import Source
from placet.web.rule_builder.texts import add_languages


@dataclass
class BuilderPage:
    """One state of the form. ``refused`` is why it was not saved, with what the draft says now."""

    source: Source
    rule_id: str
    condition: GroupView
    effect: EffectView
    name: TextView
    message: TextView
    live: Live
    said: str
    is_strict: bool
    refused: PlacetError | None = None
    current: RuleDescription | None = None

    @property
    def announced(self) -> str:
        """What was done, and what it means now."""
        refused = self.refused.detail if self.refused else ""
        return " ".join(filter(None, (refused, self.said, self.live.announced)))


def languages_of(source: Source) -> list[str]:
    """The company's language first, then the others that pages are written in."""
    offered = [code for code, _name in settings.LANGUAGES]
    return list(dict.fromkeys((source.rulebook.company.language, *offered)))


def open_rule(source: Source, document: dict[str, Any], actor: Actor) -> Slot:
    """The form of a rule as it is stored, or as it begins."""
    slot = fill_rule(document, actor.language)
    offered = languages_of(source)
    for one in (slot, *slot.entries("steps"), *slot.entries("tiers")):
        for name in ("name", "message", "label"):
            add_languages(one, name, offered)
    return slot


def build(slot: Slot, source: Source, rule_id: str) -> Built:
    """The rule that the form says."""
    company = source.rulebook.company
    side = source.rulebook.side
    return build_rule(slot, rule_id=rule_id, side=side, currency=company.currency)


def draw_page(
    slot: Slot,
    source: Source,
    rule_id: str,
    *,
    actor: Actor,
    now: datetime,
    moved: Moved | None = None,
    is_strict: bool = False,
    with_count: bool = True,
    refused: PlacetError | None = None,
) -> BuilderPage:
    """The page of a form. With ``is_strict`` what is missing is said at its control too."""
    built = build(slot, source, rule_id)
    errors = {
        problem.control: problem.sentence
        for problem in reversed(built.problems)
        if is_strict or not problem.is_missing
    }
    choices = Choices(source.rulebook, list(_people_of(slot)))
    drawing = Drawing(choices, errors, moved.focus if moved else "", actor.language)
    side = source.rulebook.side
    return BuilderPage(
        source=source,
        rule_id=rule_id,
        condition=draw_condition(slot, drawing, side),
        effect=draw_effect(slot, drawing, side),
        name=draw_text(slot, drawing, "", "name", _("Name")),
        message=draw_text(slot, drawing, "", "message", _("What the buyer is told")),
        live=look_at(built, source, with_count=with_count, actor=actor, now=now),
        said=moved.said if moved else "",
        is_strict=is_strict,
        refused=refused,
        current=_current(source, rule_id, actor) if refused else None,
    )


def _current(source: Source, rule_id: str, actor: Actor) -> RuleDescription | None:
    """What the draft says about this rule now, for somebody who was not quick enough."""
    rule = source.look_up(rule_id)
    if rule is None:
        return None
    try:
        book = read_alone(rule, source.rulebook.side)
    except InvalidRulebook:
        return None
    company = source.rulebook.company_id
    return describe_rulebook(book, company_id=company, language=actor.language).rules[0]


def _people_of(slot: Slot) -> Iterator[str]:
    """Every member whom the form mentions."""
    yield from slot.several("members")
    if PICKED.get(slot.one("field")) == "members":
        yield from slot.several("value")
    lists: Sequence[list[Slot]] = list(slot.lists.values())
    for entries in lists:
        for entry in entries:
            yield from _people_of(entry)
