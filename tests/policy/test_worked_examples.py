"""The worked examples of the design, row by row. Unless stated the default is *free*."""

from __future__ import annotations

import pytest

from placet.policy.explain import sentence
from placet.policy.facts import UNRESTRICTED, Facts, PeriodUse, Requester
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook, compile_rulebook
from placet.policy.starters import no_rules, simple_organisation
from tests.policy import world
from tests.policy.world import (
    BIOMED,
    EVERY,
    HEAD,
    amount,
    asks,
    eur,
    facts,
    icu_budget,
    limit,
    limited,
    line,
    money,
    named,
    orders_a_week,
    person,
    purchase,
    rule,
    rulebook,
    shown,
)

NO_RULES = compile_rulebook(no_rules())
SIMPLE = compile_rulebook(simple_organisation())


def sentences(plan):
    return [sentence(reason) for step in plan.steps for reason in step.reasons]


# ── Tiers ───────────────────────────────────────────────────────────────────────────────────────


def tiers(mode: str) -> CompiledRulebook:
    steps = [
        {"from": money("2000"), "approvers": [named("ada")]},
        {"from": money("3000"), "approvers": [named("ben")]},
        {"from": money("5000"), "approvers": [named("cy")]},
    ]
    return rulebook(
        rule("tiers", EVERY, {"effect": "require", "tiers": {"mode": mode, "tiers": steps}})
    )


@pytest.mark.parametrize(
    ("mode", "bought", "expected"),
    [
        ("cumulative", "1999.99", "free"),
        ("cumulative", "2000.00", [["ada"]]),
        ("cumulative", "3500.00", [["ada"], ["ben"]]),
        ("final", "3500.00", [["ben"]]),
        ("cumulative", "5000.00", [["ada"], ["ben"], ["cy"]]),
    ],
)
def test_tiers(mode, bought, expected):
    assert shown(make_plan([tiers(mode)], facts(bought))) == expected


# ── A chain on the merchant's side ──────────────────────────────────────────────────────────────

RELEASE = rulebook(
    rule(
        "minimum-order",
        amount("<", "100"),
        {
            "effect": "require",
            "management_chain": {
                "through": [
                    {"select": "merchant_role", "role": "store_manager"},
                    {"select": "merchant_role", "role": "owner"},
                ]
            },
        },
    ),
    side="merchant",
)


def at_the_merchant(bought: str) -> Facts:
    manager = person("tom", "", limit(order_minimum=eur("80")))
    owner = person("olga", "", UNRESTRICTED)
    staffed = world.organisation(people=world.people(manager, owner))
    return facts(bought, organisation=staffed)


@pytest.mark.parametrize(
    ("bought", "expected", "said"),
    [
        ("95", [["tom"]], ["5.00 EUR below the minimum of 100.00 EUR"]),
        ("80", [["tom"]], ["20.00 EUR below the minimum of 100.00 EUR"]),
        (
            "45",
            [["olga"]],
            [
                "55.00 EUR below the minimum of 100.00 EUR"
                " and store manager may release from 80.00 EUR"
            ],
        ),
        ("100", "free", []),
    ],
)
def test_an_order_below_the_minimum_is_released_by_the_merchant(bought, expected, said):
    plan = make_plan([NO_RULES, RELEASE], at_the_merchant(bought))
    assert shown(plan) == expected
    assert sentences(plan) == said


# ── Modes of a member's limit ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mode", "bought", "expected"),
    [
        ("over", "500.00", "free"),
        ("over", "500.01", [["rashid"]]),
        ("always", "10.00", [["rashid"]]),
        ("hard", "500.01", "blocked"),
        ("hard", "500.00", "free"),
    ],
)
def test_modes_of_a_limit(mode, bought, expected):
    own = limit(mode=mode, order_maximum=eur("500"))
    assert shown(make_plan([NO_RULES], limited(facts(bought), own))) == expected


def test_a_hard_limit_says_what_is_over_and_the_ways_out():
    own = limit(mode="hard", order_maximum=eur("500"))
    blocked = make_plan([NO_RULES], limited(facts("500.01"), own)).blocked[0]
    assert sentence(blocked.reason) == "0.01 EUR over your limit; nobody can approve it"
    assert blocked.ways_out == ("fewer_units", "ask_admin")


def test_an_unrestricted_member_has_no_limit():
    own = UNRESTRICTED
    assert shown(make_plan([NO_RULES], limited(facts("1000000.00"), own))) == "free"


# ── By product ──────────────────────────────────────────────────────────────────────────────────

BY_PRODUCT = rulebook(
    rule(
        "biomed",
        {"any_line": {"field": "line.category", "op": "within", "value": "Medical devices"}},
        asks(BIOMED, rank=20, label="Biomedical engineering"),
    ),
    rule("over-500", amount(">", "500"), asks(HEAD, rank=10)),
)


def test_by_product_the_unit_head_comes_before_biomed():
    bought = purchase(line(1, "20.00"), line(6, "600.00", "Medical devices/Infusion"))
    plan = make_plan([BY_PRODUCT], facts(bought))
    assert shown(plan) == [["rashid"], ["anika", "jonas", "piotr"]]
    assert plan.steps[1].quorum.needed == 1
    assert sentences(plan) == ["Order over 500.00 EUR", "Line 6 is in Medical devices"]
    assert plan.steps[1].lines == (6,)


# ── Orders a week ───────────────────────────────────────────────────────────────────────────────


def test_the_third_order_of_the_week_needs_approval():
    second, third = (
        make_plan(
            [NO_RULES],
            limited(facts("10"), orders_a_week(2), PeriodUse("week", eur("0"), earlier)),
        )
        for earlier in (1, 2)
    )
    assert shown(second) == "free"
    assert shown(third) == [["rashid"]]
    assert sentences(third) == ["3rd order this week, 2 allowed"]


# ── Organisation ────────────────────────────────────────────────────────────────────────────────


def test_a_requester_without_the_permission_needs_one_holder_in_the_unit_or_above():
    plan = make_plan([SIMPLE], facts("10"))
    assert shown(plan) == [["rashid", "helena"]]
    assert plan.steps[0].quorum.needed == 1


def holding(known: Facts, *permissions: str) -> Facts:
    return known._replace(requester=known.requester._replace(permissions=frozenset(permissions)))


def test_a_requester_who_holds_the_permission_orders_freely():
    known = holding(facts("10"), "order.submit", "order.approve")
    assert shown(make_plan([SIMPLE], known)) == "free"


# ── Ship-to ─────────────────────────────────────────────────────────────────────────────────────

DOCKS = rulebook(
    rule(
        "docks",
        {
            "any_allocation": {
                "not": {"field": "allocation.ship_to", "op": "in", "value": ["Dock A", "Dock B"]}
            }
        },
        asks(HEAD),
    )
)


def test_one_allocation_to_a_home_address_needs_the_head_of_the_unit():
    at_home = world.allocation(5_000, ship_to="Home")
    split = line(2, "100", allocations=(world.allocation(5_000), at_home))
    assert shown(make_plan([DOCKS], facts(purchase(line(1, "10"), split)))) == [["rashid"]]
    assert shown(make_plan([DOCKS], facts(purchase(line(1, "10"))))) == "free"


def test_the_same_as_a_limit():
    own = limit(ship_tos=frozenset({"Dock A", "Dock B"}))
    at_home = line(1, "10", allocations=(world.allocation(1_000, ship_to="Home"),))
    plan = make_plan([NO_RULES], limited(facts(purchase(at_home)), own))
    assert shown(plan) == [["rashid"]]
    assert sentences(plan) == ["Home is not one of your ship-tos"]


# ── Budget ──────────────────────────────────────────────────────────────────────────────────────


def test_the_budget_owner_hears_how_much_is_over():
    plan = make_plan([NO_RULES], facts("5000", budgets=(icu_budget(),)))
    assert shown(plan) == [["rashid"]]
    assert sentences(plan) == [
        "500.00 EUR over in ICU consumables Q4; before it 4500.00 EUR was left"
    ]
    effect = plan.budgets[0]
    assert (effect.left_before_minor, effect.this_minor, effect.over_minor) == (
        450_000,
        500_000,
        50_000,
    )


# ── Household ───────────────────────────────────────────────────────────────────────────────────

HOUSEHOLD = rulebook(
    rule(
        "children",
        {"field": "requester.roles", "op": "in", "value": ["child"]},
        asks({"select": "permission", "permission": "order.approve"}),
    )
)


def at_home(role: str) -> Facts:
    known = facts("12.00")
    requester = Requester(known.requester.person, frozenset({role}), frozenset(), UNRESTRICTED, ())
    return known._replace(requester=requester)


def test_a_parent_approves_what_a_child_orders_and_orders_freely():
    assert shown(make_plan([HOUSEHOLD], at_home("child"))) == [["rashid", "helena"]]
    assert shown(make_plan([HOUSEHOLD], at_home("parent"))) == "free"


# ── Currency ────────────────────────────────────────────────────────────────────────────────────


def test_a_purchase_without_a_rate_is_blocked():
    over = rulebook(rule("over-500", amount(">", "500"), asks(HEAD)))
    bought = purchase(line(1, "1.00"), currency="PLN")
    plan = make_plan([over], facts(bought))
    assert shown(plan) == "blocked"
    assert [sentence(blocked.reason) for blocked in plan.blocked] == ["No rate for PLN"]
