"""Document to form to document: a rule that is only looked at stays what it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from placet.web.rule_builder.rules import build_rule, fill_rule, read_alone, settle_rule
from placet.web.rule_builder.slots import read_slots, write_names
from tests.cast_rules import MERIDIAN
from tests.policy.strategies import Draw

SEEDS = range(400)


def through_the_form(rule: dict[str, Any], side: str, language: str) -> dict[str, Any]:
    """The rule as it comes back from a browser that only pressed a button."""
    with translation.override(language):
        sent = dict(write_names(fill_rule(rule, language)))
        slot = read_slots(sent.items())
        settle_rule(slot)
        built = build_rule(slot, rule_id=rule["id"], side=side, currency="PLN")
    assert built.problems == []
    return built.document


@pytest.mark.parametrize("language", ["en", "pl"])
def test_random_rules_come_back_as_they_went(language: str) -> None:
    seen = 0
    for seed in SEEDS:
        draw = Draw(seed)
        side = "merchant" if draw.maybe(0.3) else "buyer"
        for rule in draw.rulebook(side)["rules"]:
            back = through_the_form(rule, side, language)
            assert read_alone(back, side) == read_alone(rule, side), rule
            assert through_the_form(back, side, language) == back
            seen += 1
    assert seen > 500


@pytest.mark.parametrize("rule", MERIDIAN["rules"], ids=lambda rule: str(rule["id"]))
def test_the_rules_of_the_cast_come_back(rule: dict[str, Any]) -> None:
    back = through_the_form(rule, "buyer", "pl")
    assert read_alone(back, "buyer") == read_alone(rule, "buyer")
