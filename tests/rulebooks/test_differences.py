"""What changed between two texts, in sentences."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from placet.plans.differences import RulebookDifference, difference
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.rulebooks.rules import over, rule, with_finance_from

pytestmark = pytest.mark.django_db


def compared(cast: Cast, old: dict[str, Any] | None, new: dict[str, Any]) -> RulebookDifference:
    """For Ines, in English."""
    return difference(old, new, company_id=cast.company["meridian"], language="en")


def test_a_changed_threshold_shows_both_sentences(cast: Cast) -> None:
    found = compared(cast, MERIDIAN, with_finance_from(9_000_00))
    (change,) = found.rules
    assert (change.kind, change.rule, change.name) == ("changed", "finance", "Finance")
    assert change.before is not None
    assert change.after is not None
    assert "5,000.00" in change.before.sentence
    assert "9,000.00" in change.after.sentence
    assert not found.settings
    assert not found.is_reordered


def test_what_came_and_what_went(cast: Cast) -> None:
    new = copy.deepcopy(MERIDIAN)
    new["rules"] = [*new["rules"][1:], rule("tight", over(5), {"select": "admins"})]
    new["default"] = "block"
    found = compared(cast, MERIDIAN, new)
    assert [(change.kind, change.rule) for change in found.rules] == [
        ("added", "tight"),
        ("removed", "icu-over-500"),
    ]
    assert found.settings == ("default",)
    assert found.otherwise[0] != found.otherwise[1]


def test_a_due_time_is_a_change_too(cast: Cast) -> None:
    new = copy.deepcopy(MERIDIAN)
    new["rules"][0]["then"]["steps"][0]["due_hours"] = 99
    (change,) = compared(cast, MERIDIAN, new).rules
    assert change.before is not None
    assert change.after is not None
    assert change.before.sentence == change.after.sentence
    assert change.before.details != change.after.details


def test_only_the_order(cast: Cast) -> None:
    new = {**MERIDIAN, "rules": list(reversed(MERIDIAN["rules"]))}
    found = compared(cast, MERIDIAN, new)
    assert (found.rules, found.is_reordered, found.is_empty) == ((), True, False)


def test_nothing_and_the_first_version(cast: Cast) -> None:
    assert compared(cast, MERIDIAN, copy.deepcopy(MERIDIAN)).is_empty
    assert [change.kind for change in compared(cast, None, MERIDIAN).rules] == ["added"] * 3
