"""How effects combine: blocks, allowances, defaults per side, inheritance, warnings, currencies."""

from __future__ import annotations

from fractions import Fraction

import pytest

from placet.policy.explain import sentence
from placet.policy.facts import Credit, MissingFact, PeriodBound
from placet.policy.money import Money, Rate
from placet.policy.planning import make_plan, near_misses
from placet.policy.rulebook import compile_rulebook
from placet.policy.starters import simple_organisation
from tests.policy.world import (
    EVERY,
    HEAD,
    HOSPITAL,
    ICU,
    ROOT,
    UNITS,
    allocation,
    amount,
    asked,
    asks,
    eur,
    facts,
    icu_budget,
    limit,
    limited,
    line,
    money,
    named,
    organisation,
    purchase,
    rule,
    rulebook,
    shown,
)

ALLOW = {"effect": "auto_approve"}
BLOCK = {"effect": "block", "ways_out": ["choose_ship_to"]}
ASK = asks(HEAD)


def test_a_block_always_wins_and_says_the_ways_out():
    book = rulebook(
        rule("allow", EVERY, ALLOW),
        rule("ask", EVERY, ASK),
        rule("stop", EVERY, BLOCK, message={"en": "Not from here"}),
    )
    plan = make_plan([book], facts())
    assert (plan.outcome, plan.steps) == ("blocked", ())
    assert plan.blocked[0].ways_out == ("choose_ship_to",)
    assert dict(plan.blocked[0].message) == {"en": "Not from here"}


def test_an_allowance_sets_aside_and_is_recorded():
    book = rulebook(rule("small", amount("<=", "300"), ALLOW), rule("ask", EVERY, ASK))
    plan = make_plan([book], facts("300.00"))
    assert plan.outcome == "free"
    assert [(a.reason.rule, a.by.rule) for a in plan.set_aside] == [("ask", "small")]
    assert shown(make_plan([book], facts("300.01"))) == [["rashid"]]


def test_an_allowance_sets_aside_its_sides_default():
    book = rulebook(rule("small", amount("<=", "300"), ALLOW), default="block")
    plan = make_plan([book], facts("300"))
    assert plan.outcome == "free"
    assert plan.set_aside[0].default
    assert make_plan([book], facts("301")).outcome == "blocked"


def test_a_limit_a_budget_and_the_other_side_are_never_set_aside():
    allow = rulebook(rule("allow", EVERY, ALLOW))
    store = rulebook(
        rule("store", EVERY, asks({"select": "merchant_role", "role": "store_manager"})),
        side="merchant",
    )
    known = limited(
        facts("5000", budgets=(icu_budget(owner="ada"),)), limit(order_maximum=eur("500"))
    )
    assert asked(make_plan([allow, store], known)) == [["rashid"], ["ada"], ["tom"]]


def test_an_allowance_of_a_unit_never_sets_aside_an_ancestors_rule():
    above = rulebook(rule("above", EVERY, ASK), rulebook="company", default="free")
    unit = rulebook(
        rule("allow", EVERY, ALLOW),
        rule("own", EVERY, asks(named("ada"))),
        unit_path=HOSPITAL,
        default="inherit",
    )
    below = rulebook(rule("below", EVERY, asks(named("ben"))), unit_path=ICU, default="inherit")
    plan = make_plan([above, unit, below], facts())
    assert asked(plan) == [["rashid"]]
    assert {aside.reason.rule for aside in plan.set_aside} == {"own", "below"}


def test_the_default_is_that_of_the_nearest_rulebook_that_states_one():
    above = rulebook(default="block")
    assert make_plan([above, rulebook(unit_path=ICU, default="free")], facts()).outcome == "free"
    inheriting = rulebook(unit_path=ICU, default="inherit")
    assert make_plan([inheriting, above], facts()).outcome == "blocked"
    asking = rulebook(default={"effect": "require", "steps": [{"approvers": [named("ada")]}]})
    assert asked(make_plan([asking], facts())) == [["ada"]]


def test_warnings_and_notices_never_count_for_the_default():
    book = rulebook(
        rule("warn", EVERY, {"effect": "warn"}, message="Are you sure?"),
        rule("tell", EVERY, {"effect": "notify", "watchers": [named("ada", "lena", "gone")]}),
        default="block",
    )
    plan = make_plan([book], facts())
    assert plan.outcome == "blocked"
    assert [warned.reason.rule for warned in plan.warnings] == ["warn"]
    assert [w.member for w in plan.notifications[0].watchers] == ["ada", "lena"]


def test_a_unit_with_its_own_rules_does_not_inherit():
    above = rulebook(rule("above", EVERY, ASK), rulebook="company")
    own = rulebook(rule("own", EVERY, asks(named("ada"))), unit_path=HOSPITAL)
    units = (UNITS[0], UNITS[1]._replace(inherits_rules=False), UNITS[2])
    known = facts(organisation=organisation(units=units))
    assert asked(make_plan([above, own], known)) == [["ada"]]
    assert asked(make_plan([above, own], facts())) == [["rashid"], ["ada"]]


def test_a_rulebook_of_another_unit_does_not_apply():
    other = rulebook(rule("other", EVERY, ASK), unit_path=f"{ROOT}/other")
    assert make_plan([rulebook(), other], facts()).outcome == "free"


def test_without_a_rulebook_nothing_is_assumed():
    with pytest.raises(MissingFact):
        make_plan([], facts())


def test_a_missing_fact_is_an_error_and_never_no_limit():
    week = {"field": "requester.orders", "period": "week", "op": ">", "value": 2}
    for book, known in (
        (rulebook(rule("r", week, ASK)), facts()),
        (rulebook(), limited(facts(), limit(order_maximum=None))),
        (rulebook(), limited(facts(), limit(periods=(PeriodBound("week", eur("1"), 1),)))),
    ):
        with pytest.raises(MissingFact):
            make_plan([book], known)


def test_zero_means_zero():
    assert shown(
        make_plan([rulebook()], limited(facts("0.01"), limit(order_maximum=eur("0"))))
    ) == [["rashid"]]


def test_a_justification_may_be_demanded():
    book = rulebook(rule("r", EVERY, {**ASK, "justification": True}))
    assert make_plan([book], facts()).justification_required


# ── Amounts ─────────────────────────────────────────────────────────────────────────────────────

WITH_EVERYTHING = purchase(
    line(1, "480", allocations=(allocation(48_000, shipping_minor=2_000, tax_minor=11_500),)),
    shipping_minor=2_000,
    tax_minor=11_500,
    total_minor=61_500,
)


@pytest.mark.parametrize(
    ("basis", "threshold", "outcome"),
    [
        ("goods", "479.99", "approval"),
        ("goods", "480", "free"),
        ("with_shipping", "499.99", "approval"),
        ("with_shipping", "500", "free"),
        ("gross", "614.99", "approval"),
        ("gross", "615", "free"),
    ],
)
def test_the_amount_basis_is_the_rulebooks(basis, threshold, outcome):
    in_4410 = {
        "allocation_total": {"field": "allocation.cost_centre", "op": "=", "value": "4410"},
        "op": ">",
        "value": money(threshold),
    }
    for when in (amount(">", threshold), in_4410):
        book = rulebook(rule("r", when, ASK), amount_basis=basis)
        assert make_plan([book], facts(WITH_EVERYTHING)).outcome == outcome
    own = limit(order_maximum=eur(threshold))
    known = limited(facts(WITH_EVERYTHING), own)
    assert make_plan([rulebook(amount_basis=basis)], known).outcome == outcome


def test_a_budget_never_ignores_shipping():
    left = icu_budget(amount_minor=2_050_000 + 48_000)
    (effect,) = make_plan([rulebook()], facts(WITH_EVERYTHING, budgets=(left,))).budgets
    assert (effect.this_minor, effect.over_minor) == (50_000, 2_000)


@pytest.mark.parametrize(("mode", "outcome"), [("warn", "free"), ("block", "blocked")])
def test_budget_modes(mode, outcome):
    plan = make_plan([rulebook()], facts("5000", budgets=(icu_budget(mode=mode),)))
    assert plan.outcome == outcome
    assert len(plan.warnings) == (mode == "warn")


def test_a_budget_of_a_category_counts_its_lines_only():
    devices = icu_budget(kind="category", key="Medical devices")
    bought = purchase(line(1, "100"), line(2, "30", "Medical devices/Pumps"))
    (effect,) = make_plan([rulebook()], facts(bought, budgets=(devices,))).budgets
    assert effect.this_minor == 3_000


def test_credit_asks_the_merchant():
    known = facts("100")
    company = known.company._replace(credit=Credit(eur("500"), 40_001, 0, "approve"))
    plan = make_plan([rulebook()], known._replace(company=company))
    assert asked(plan) == [["olga"]]
    assert sentence(plan.steps[0].reasons[0]) == "0.01 EUR over the credit limit of 500.00 EUR"


# ── Currencies ──────────────────────────────────────────────────────────────────────────────────

RATES = {("PLN", "EUR"): Rate("PLN", "EUR", 1, 4)}


@pytest.mark.parametrize(("zloty", "outcome"), [("2000", "free"), ("2000.01", "approval")])
def test_another_currency_is_converted_at_the_rate_of_the_facts(zloty, outcome):
    book = rulebook(rule("r", amount(">", "500"), ASK))
    bought = purchase(line(1, zloty), currency="PLN")
    plan = make_plan([book], facts(bought, rates=RATES))
    assert plan.outcome == outcome
    for step in plan.steps:
        assert sentence(step.reasons[0]) == "Order over 500.00 EUR"


def test_a_near_miss_in_another_currency():
    book = rulebook(rule("r", amount(">", "500"), ASK))
    bought = purchase(line(1, "1600"), currency="PLN")
    (miss,) = near_misses([book], facts(bought, rates=RATES))
    assert miss.gap_money == Money(10_000, "EUR")
    assert miss.change == 40_001


def test_a_rate_counts_both_ways_and_limits_without_a_rate_block():
    book = rulebook(rule("r", amount(">", "500", "PLN"), ASK))
    assert make_plan([book], facts("125.01", rates=RATES)).outcome == "approval"
    assert make_plan([book], facts("125.00", rates=RATES)).outcome == "free"
    bought = purchase(line(1, "1"), currency="PLN")
    own = limit(order_maximum=eur("500"))
    assert make_plan([rulebook()], limited(facts(bought), own)).outcome == "blocked"


def test_decimals_differ_between_currencies():
    yen = {("JPY", "EUR"): Rate("JPY", "EUR", 1, 2)}  # one yen is half a cent
    book = rulebook(rule("r", amount(">", "5"), ASK))
    for price, outcome in ((1_000, "free"), (1_001, "approval")):
        each = line(1, "0", total_minor=price)
        bought = purchase(each, currency="JPY")
        assert make_plan([book], facts(bought, rates=yen)).outcome == outcome
    assert Fraction(1, 2) == Fraction(*yen["JPY", "EUR"][2:])


# ── The hash ────────────────────────────────────────────────────────────────────────────────────


def test_the_hash_changes_with_what_is_asked_and_not_with_running_sums():
    book = rulebook(rule("r", amount(">", "50"), ASK))
    plan = make_plan([book], facts("100", budgets=(icu_budget(),)))
    moved = make_plan([book], facts("100", budgets=(icu_budget(reserved_minor=220_000),)))
    assert moved.hash == plan.hash
    assert make_plan([book], facts("101", budgets=(icu_budget(),))).hash != plan.hash
    other = rulebook(rule("r", amount(">", "50"), asks(named("ada"))))
    assert make_plan([other], facts("100", budgets=(icu_budget(),))).hash != plan.hash


def test_the_same_content_is_compiled_once():
    assert compile_rulebook(simple_organisation()) is compile_rulebook(simple_organisation())
