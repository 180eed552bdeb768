"""Document to form to document: a rule that is only looked at stays what it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from placet.policy.fields import FIELDS
from placet.policy.rulebook import InvalidRulebook
from placet.rulebooks.schema import rulebook_schema
from placet.web.rule_builder.comparisons import PICKED
from placet.web.rule_builder.conditions import GROUPS
from placet.web.rule_builder.effects import EFFECTS, SHAPES
from placet.web.rule_builder.rules import build_rule, fill_rule, read_alone, settle_rule
from placet.web.rule_builder.selectors import NEEDS, OF_MERCHANT
from placet.web.rule_builder.slots import read_slots, write_names
from placet.web.rule_builder.words import GROUPS as GROUP_WORDS
from tests.cast_rules import MERIDIAN
from tests.policy.strategies import Draw
from tests.web.rule_builder.every_part import every_rule

SEEDS = range(120)


def through_the_form(rule: dict[str, Any], side: str, language: str) -> dict[str, Any]:
    """The rule as it comes back from a browser that only pressed a button."""
    with translation.override(language):
        sent = dict(write_names(fill_rule(rule, language)))
        slot = read_slots(sent.items())
        settle_rule(slot)
        built = build_rule(slot, rule_id=rule["id"], side=side, currency="PLN")
    assert built.problems == [], rule
    return built.document


def comes_back(rule: dict[str, Any], side: str, language: str) -> None:
    back = through_the_form(rule, side, language)
    assert read_alone(back, side) == read_alone(rule, side), rule
    assert through_the_form(back, side, language) == back


@pytest.mark.parametrize("language", ["en", "pl"])
def test_random_rules_come_back_as_they_went(language: str) -> None:
    seen = 0
    for seed in SEEDS:
        draw = Draw(seed)
        side = "merchant" if draw.maybe(0.3) else "buyer"
        for rule in draw.rulebook(side)["rules"]:
            comes_back(rule, side, language)
            seen += 1
    assert seen > 200


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_field_operator_and_effect_comes_back(language: str) -> None:
    seen = 0
    for rule in every_rule():
        try:
            read_alone(rule, "buyer")
        except InvalidRulebook:
            assert "quote.margin" in str(rule), rule
            continue
        comes_back(rule, "buyer", language)
        seen += 1
    assert seen > 250


@pytest.mark.parametrize("rule", MERIDIAN["rules"], ids=lambda rule: str(rule["id"]))
def test_the_rules_of_the_cast_come_back(rule: dict[str, Any]) -> None:
    comes_back(rule, "buyer", "pl")


def test_the_form_knows_every_part_that_the_schema_knows() -> None:
    parts = rulebook_schema()["$defs"]
    groups = {
        name
        for alternative in parts["condition"]["oneOf"]
        for name in alternative.get("properties", {})
        if name not in ("field", "op", "value", "days", "period", "key")
    }
    assert groups == set(GROUPS) == set(GROUP_WORDS)
    selectors: dict[str, tuple[str, ...]] = {}
    for alternative in parts["selector"]["oneOf"]:
        said = alternative["properties"]["select"]
        more = tuple(name for name in alternative["properties"] if name != "select")
        selectors |= dict.fromkeys(said.get("enum", [said.get("const")]), more)
    assert {name: set(needs) for name, needs in selectors.items()} == {
        name: set(needs) for name, needs in {**NEEDS, **OF_MERCHANT}.items()
    }
    assert set(EFFECTS) == {"block", "auto_approve", "require", "warn", "notify"}
    assert all(shape in parts for shape in SHAPES)
    assert set(PICKED) <= set(FIELDS)
