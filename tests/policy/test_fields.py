"""Fields that need more facts than the purchase, in the company's zone and currency."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from placet.policy.facts import History, MissingFact, PeriodUse, QuoteTerms
from placet.policy.planning import make_plan
from placet.policy.rulebook import compile_rulebook
from tests.policy.world import (
    eur,
    facts,
    line,
    money,
    of,
    purchase,
    rule,
    rulebook,
)

HISTORY = History(
    totals={
        ("similar_orders", 7): 2,
        ("spend_requester", 30): 40_000,
        ("spend_unit", 30): 90_000,
    },
    by_key={
        ("spend_category", 30): {"Consumables/Gloves": 20_000, "Office": 0},
        ("spend_ship_to", 30): {"Dock B": 50_000},
    },
    first_categories=frozenset({"Office"}),
    first_ship_tos=frozenset({"Home"}),
)
BOUGHT = purchase(
    line(1, "100.00", price_quantity=100, unit_price_minor=1_250, last_price_minor=1_000),
    line(2, "50.00", "Office", list_price_minor=10_000, unit_price_minor=9_000),
)


def matches(condition, **changes):
    known = facts(BOUGHT, history=HISTORY)._replace(**changes)
    side = "merchant" if "margin" in str(condition) else "buyer"
    book = rulebook(rule("r", condition, {"effect": "warn"}), side=side)
    books = [book] if side == "buyer" else [rulebook(), book]
    return bool(make_plan(books, known).warnings)


def at(field, operator, value, **parameters):
    return {"field": field, "op": operator, "value": value, **parameters}


EXACT = [
    ("history.similar_orders", 2, {"days": 7}),
    ("history.requester_spend", money("550"), {"days": 30}),
    ("history.unit_spend", money("1050"), {"days": 30}),
    ("company.earlier_orders", 12, {}),
    ("company.customer_for_days", 2_155, {}),
    ("purchase.line_count", 2, {}),
    ("purchase.requested_in_days", 3, {}),
    ("purchase.weekday", 2, {}),
    ("purchase.hour", 10, {}),
]


@pytest.mark.parametrize(("field", "value", "parameters"), EXACT)
def test_fields_of_the_purchase(field, value, parameters):
    assert matches(at(field, "=", value, **parameters))
    assert not matches(at(field, ">", value, **parameters))


ON_LINES = [
    at("line.above_last_price", "=", 2_500),
    at("line.above_list_price", "=", -1_000),
    at("line.unit_price", "between", [money("0.12"), money("0.13")]),
    at("line.first_of_category", "=", True),
    at("line.category_spend", "=", money("300"), days=30),
]


@pytest.mark.parametrize("condition", ON_LINES)
def test_fields_of_a_line(condition):
    assert matches({"any_line": condition})
    assert not matches({"all_lines": condition})


def test_fields_of_an_allocation():
    spend = at("allocation.ship_to_spend", "=", money("650"), days=30)
    assert matches({"all_allocations": spend})
    assert not matches({"any_allocation": at("allocation.first_to_ship_to", "=", True)})
    assert matches({"all_allocations": {"field": "allocation.need_by_in_days", "op": "is empty"}})


def test_an_absent_value_meets_no_comparison_and_its_negation():
    margin = at("quote.margin", "<", 10_000)
    assert not matches(margin)
    assert matches({"not": margin})
    quoted = BOUGHT._replace(quote=QuoteTerms(500, 1_200, None))
    assert matches(margin, purchase=quoted)


def test_day_and_hour_are_those_of_the_companys_zone():
    late_monday_in_utc = datetime(2025, 11, 24, 23, 30, tzinfo=UTC)
    assert matches(at("purchase.weekday", "=", 2), now=late_monday_in_utc)
    assert matches(at("purchase.hour", "=", 0), now=late_monday_in_utc)


def test_spend_and_orders_of_a_period_include_this_purchase():
    known = facts(of("100"))
    used = known.requester._replace(uses=(PeriodUse("month", eur("250"), 4),))
    for condition in (
        at("requester.spend", "=", money("350"), period="month"),
        at("requester.orders", "=", 5, period="month"),
    ):
        book = rulebook(rule("r", condition, {"effect": "warn"}))
        assert make_plan([book], known._replace(requester=used)).warnings


def test_a_window_that_was_not_loaded_is_a_missing_fact():
    with pytest.raises(MissingFact):
        matches(at("history.similar_orders", ">", 1, days=8))
    with pytest.raises(MissingFact):
        matches({"any_line": at("line.category_spend", ">", money("1"), days=8)})


def test_a_rulebook_says_what_it_reads():
    condition = {
        "all": [
            at("history.similar_orders", ">", 1, days=7),
            at("requester.orders", ">", 2, period="week"),
            {"any_line": at("line.category_spend", ">", money("1", "PLN"), days=30)},
        ]
    }
    steps = [
        {
            "approvers": [
                {"select": "role", "role": "biomed", "where": "nearest"},
                {"select": "manager", "levels_up": 2},
            ],
            "otherwise": [{"select": "members", "members": ["ada"]}],
        }
    ]
    reads = compile_rulebook(
        {
            "format": 1,
            "side": "buyer",
            "default": "free",
            "rules": [rule("r", condition, {"effect": "require", "steps": steps})],
        }
    ).reads
    assert reads.windows == {("similar_orders", 7), ("spend_category", 30)}
    assert reads.periods == {"week"}
    assert (reads.roles, reads.members) == ({"biomed"}, {"ada"})
    assert (reads.manager_levels, reads.authority) == (2, False)
    assert reads.currencies == {"PLN"}
    assert "history.totals" in reads.facts


def test_dates_are_days_and_not_hours():
    tomorrow = BOUGHT._replace(requested_on=date(2025, 11, 26))
    assert matches(at("purchase.requested_in_days", "=", 1), purchase=tomorrow)
