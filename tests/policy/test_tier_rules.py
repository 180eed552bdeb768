"""Approvers by amount as one rule: written, found again, and the same as what the engine asks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from placet.policy.planning import make_plan
from placet.policy.rulebook import compile_rulebook
from placet.policy.starters import no_rules, simple_organisation
from placet.policy.tier_rules import (
    RULE_ID,
    Tier,
    TierRule,
    find_tier_rule,
    list_boundaries,
    list_other_rules,
    people_at,
    put_tier_rule,
    write_tier_rule,
)
from tests.policy.world import amount, asks, facts, named, rule, shown

EXAMPLE = TierRule(
    "cumulative",
    "EUR",
    (Tier(2_000_00, ("ada",)), Tier(3_000_00, ("ben",)), Tier(5_000_00, ("cy",))),
)
FINANCE = rule("finance", amount(">", "700"), asks(named("helena")))


def test_the_worked_example_of_the_design() -> None:
    book = compile_rulebook(put_tier_rule(simple_organisation(), EXAMPLE, keeps_others=True))
    bought = ["1999.99", "2000", "3500", "5000"]
    assert [shown(make_plan([book], facts(one))) for one in bought] == [
        "free",
        [["ada"]],
        [["ada"], ["ben"]],
        [["ada"], ["ben"], ["cy"]],
    ]
    last = put_tier_rule(no_rules(), EXAMPLE._replace(mode="final"), keeps_others=False)
    assert shown(make_plan([compile_rulebook(last)], facts("3500"))) == [["ben"]]


@given(
    mode=st.sampled_from(["final", "cumulative"]),
    starts=st.lists(st.integers(0, 900_000), min_size=1, max_size=3, unique=True),
    bought=st.integers(1, 1_000_000),
)
def test_what_is_previewed_is_what_the_engine_asks(mode, starts, bought) -> None:
    people = ("ada", "ben", "cy")
    tiers = tuple(Tier(start, (who,)) for start, who in zip(sorted(starts), people, strict=False))
    said = TierRule(mode, "EUR", tiers)
    book = compile_rulebook(put_tier_rule(no_rules(), said, keeps_others=True))
    plan = shown(make_plan([book], facts(f"{bought // 100}.{bought % 100:02}")))
    assert plan == ([list(tier.members) for tier in people_at(said, bought)] or "free")


def test_it_is_found_again_only_where_it_says_no_more() -> None:
    document = put_tier_rule(simple_organisation(), EXAMPLE, keeps_others=True)
    assert find_tier_rule(document) == EXAMPLE
    assert find_tier_rule(simple_organisation()) is None
    document["rules"][0]["then"]["justification"] = True
    assert find_tier_rule(document) is None


def test_other_rules_stay_where_they_stand_or_go() -> None:
    before = {**no_rules(), "rules": [FINANCE, write_tier_rule(EXAMPLE), {**FINANCE, "id": "two"}]}
    assert [one["id"] for one in list_other_rules(before)] == ["finance", "two"]
    kept = put_tier_rule(before, EXAMPLE._replace(mode="final"), keeps_others=True)
    assert [one["id"] for one in kept["rules"]] == ["finance", RULE_ID, "two"]
    alone = put_tier_rule(before, EXAMPLE, keeps_others=False)
    assert [one["id"] for one in alone["rules"]] == [RULE_ID]


def test_the_boundaries_begin_one_cent_below_the_first() -> None:
    assert list_boundaries(EXAMPLE.tiers) == [1_999_99, 2_000_00, 3_000_00, 5_000_00]
    assert list_boundaries((Tier(0, ("ada",)),)) == [0]
