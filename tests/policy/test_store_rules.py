"""Exceptions of a store in plain words: the worked example, and what is found again."""

from __future__ import annotations

import pytest

from placet.policy.planning import make_plan
from placet.policy.rulebook import compile_rulebook
from placet.policy.starters import no_rules
from placet.policy.store_rules import (
    BELOW,
    FAR_BELOW,
    FIRST_ORDER,
    KEYS,
    LARGE,
    OVERDUE,
    StoreRule,
    find_store_rules,
    list_further_rules,
    no_store_rules,
    put_store_rules,
)
from tests.policy.world import facts, shown

MINIMUM = (StoreRule(BELOW, 100_00, "store_manager"), StoreRule(FAR_BELOW, 80_00, "owner"))
EVERYTHING = (
    *MINIMUM,
    StoreRule(FIRST_ORDER, 0, "store_manager"),
    StoreRule(OVERDUE, 500_00, "owner"),
    StoreRule(LARGE, 10_000_00, "owner"),
)


@pytest.mark.parametrize(
    ("bought", "expected"),
    [("95", [["tom"]]), ("80", [["tom"]]), ("45", [["olga"]]), ("100", "free")],
)
def test_the_worked_example_by_roles(bought: str, expected: object) -> None:
    book = compile_rulebook(put_store_rules(no_store_rules(), MINIMUM, "EUR"))
    plan = make_plan([compile_rulebook(no_rules()), book], facts(bought))
    assert shown(plan) == expected


def test_everything_is_found_again_and_written_the_same() -> None:
    document = put_store_rules(no_store_rules(), EVERYTHING, "EUR")
    compile_rulebook(document)
    assert [rule["id"] for rule in document["rules"]] == list(KEYS)
    assert find_store_rules(document, "EUR") == {rule.key: rule for rule in EVERYTHING}
    assert put_store_rules(document, EVERYTHING, "EUR") == document
    assert put_store_rules(document, (), "EUR") == no_store_rules()


def test_what_says_more_stays_and_is_not_told_in_plain_words() -> None:
    document = put_store_rules(no_store_rules(), EVERYTHING, "EUR")
    document["rules"][4]["then"]["justification"] = True
    other = {**document["rules"][2], "id": "own"}
    document["rules"].append(other)
    assert LARGE not in find_store_rules(document, "EUR")
    assert [rule["id"] for rule in list_further_rules(document, "EUR")] == [LARGE, "own"]
    after = put_store_rules(document, MINIMUM, "EUR")
    assert [rule["id"] for rule in after["rules"]] == [BELOW, FAR_BELOW, LARGE, "own"]
    again = put_store_rules(document, EVERYTHING, "EUR")
    assert [rule["id"] for rule in again["rules"]] == [*KEYS, "own"]


def test_without_the_second_amount_the_first_reaches_to_nothing() -> None:
    book = compile_rulebook(put_store_rules(no_store_rules(), MINIMUM[:1], "EUR"))
    assert shown(make_plan([compile_rulebook(no_rules()), book], facts("1"))) == [["tom"]]
