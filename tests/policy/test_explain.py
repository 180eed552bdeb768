"""Sentences in English and Polish, as people read them."""

from __future__ import annotations

from types import ModuleType

import pytest

from placet.policy import words_en, words_pl
from placet.policy.conditions import read_condition
from placet.policy.explain import Speaker, sentence, step_label
from placet.policy.facts import PeriodUse
from placet.policy.fields import FIELDS, OPERATORS, SUMS
from placet.policy.hint import near_misses
from placet.policy.planning import make_plan
from tests.policy.world import (
    BIOMED,
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
    orders_a_week,
    purchase,
    rule,
    rulebook,
)

BOUGHT = purchase(
    line(1, "40.00", "Consumables/Gloves", last_price_minor=3_500),
    line(2, "625.00", "Medical devices/Infusion", quantity=10, restricted=True),
    line(3, "100.00", "Medical devices", tags=frozenset({"controlled drug"}), first_time=True),
)

CONDITIONS = [
    (
        amount(">", "500"),
        "Order over 500.00 EUR",
        "Zamówienie powyżej 500.00 EUR",
    ),
    (
        amount(">=", "500"),
        "Order from 500.00 EUR",
        "Zamówienie od 500.00 EUR",
    ),
    (
        amount("<", "1000"),
        "235.00 EUR below the minimum of 1000.00 EUR",
        "235.00 EUR poniżej minimum 1000.00 EUR",
    ),
    (
        {"field": "purchase.amount", "op": "between", "value": [money("500"), money("900")]},
        "Order between 500.00 EUR and 900.00 EUR",
        "Zamówienie od 500.00 EUR do 900.00 EUR",
    ),
    (
        {
            "allocation_total": {"field": "allocation.cost_centre", "op": "=", "value": "4410"},
            "op": ">",
            "value": money("500"),
        },
        "Order over 500.00 EUR on cost centre 4410",
        "Zamówienie powyżej 500.00 EUR na centrum kosztów 4410",
    ),
    (
        {"any_line": {"field": "line.category", "op": "within", "value": "Medical devices"}},
        "Lines 2 and 3 are in Medical devices",
        "Pozycje 2 i 3 są w dziale Medical devices",
    ),
    (
        {"any_line": {"field": "line.restricted", "op": "=", "value": True}},
        "Line 2 is restricted",
        "Pozycja 2: towar zastrzeżony",
    ),
    (
        {"any_line": {"field": "line.tags", "op": "in", "value": ["controlled drug", "cold"]}},
        "Line 3 is tagged controlled drug or cold",
        "Pozycja 3 jest z etykietą controlled drug lub cold",
    ),
    (
        {"any_line": {"field": "line.above_last_price", "op": ">", "value": 1_000}},
        "Line 1 is 14.29 % above the last price paid, over 10 %",
        "Pozycja 1: 14.29 % powyżej ostatniej ceny, ponad 10 %",
    ),
    (
        {"any_line": {"field": "line.quantity", "op": ">=", "value": 10}},
        "Line 2: quantity from 10",
        "Pozycja 2: ilość od 10",
    ),
    (
        {"no_line": {"field": "line.category", "op": "within", "value": "Office"}},
        "Every line is not in Office",
        "Każda pozycja jest poza działem Office",
    ),
    (
        {"not": {"field": "purchase.reference", "key": "po", "op": "is empty"}},
        "Reference po is given",
        "Numer po: podano",
    ),
    ({"all": []}, "Every order", "Każde zamówienie"),
    (
        {"any_allocation": {"field": "allocation.cost_centre", "op": "in", "value": ["4410", "9"]}},
        "Order on cost centre 4410 or 9",
        "Zamówienie na centrum kosztów 4410 lub 9",
    ),
    (
        {
            "all": [
                {"any_allocation": {"field": "allocation.cost_centre", "op": "=", "value": "4410"}},
                amount(">", "500"),
            ]
        },
        "Order on cost centre 4410 and order over 500.00 EUR",
        "Zamówienie na centrum kosztów 4410 i zamówienie powyżej 500.00 EUR",
    ),
]


@pytest.mark.parametrize(("when", "english", "polish"), CONDITIONS)
def test_conditions_are_said(when, english, polish):
    plan = make_plan([rulebook(rule("r", when, asks(HEAD)))], facts(BOUGHT))
    (reason,) = plan.steps[0].reasons
    assert sentence(reason, "en") == english
    assert sentence(reason, "pl") == polish


SPENT = 22_900_00
"""Ordered of the 25,000.00 of ICU, while 2,100.00 wait."""

BUILT_IN = [
    (
        limited(facts("10"), orders_a_week(2), PeriodUse("week", eur("0"), 2)),
        "3rd order this week, 2 allowed",
        "3. zamówienie w okresie (tydzień), dozwolone 2",
    ),
    (
        limited(facts("600"), limit(order_maximum=eur("500"))),
        "100.00 EUR over your limit",
        "100.00 EUR ponad Twój limit",
    ),
    (
        facts("5000", budgets=(icu_budget(),)),
        "500.00 EUR over in ICU consumables Q4; before it 4500.00 EUR was left",
        "500.00 EUR ponad budżet ICU consumables Q4; przedtem zostawało 4500.00 EUR",
    ),
    (
        facts("80", budgets=(icu_budget(committed_minor=SPENT),)),
        "80.00 EUR over in ICU consumables Q4; before it nothing was left",
        "80.00 EUR ponad budżet ICU consumables Q4; przedtem nie zostawało nic",
    ),
    (
        facts("100", budgets=(icu_budget(committed_minor=SPENT + 748_20),)),
        "848.20 EUR over in ICU consumables Q4, 748.20 EUR of it before this order",
        "848.20 EUR ponad budżet ICU consumables Q4, w tym 748.20 EUR przed tym zamówieniem",
    ),
]


@pytest.mark.parametrize(("known", "english", "polish"), BUILT_IN)
def test_built_in_rules_explain_themselves(known, english, polish):
    (reason,) = make_plan([rulebook()], known).steps[0].reasons
    assert sentence(reason, "en") == english
    assert sentence(reason, "pl") == polish


def test_steps_are_called_as_people_call_them():
    book = rulebook(
        rule("head", amount(">", "1"), asks(HEAD)),
        rule("biomed", amount(">", "1"), asks(BIOMED, label={"en": "Biomed", "pl": "Biomedycy"})),
    )
    head, biomed = make_plan([book], facts("2")).steps
    assert (step_label(head), step_label(head, "pl")) == ("head of ICU", "kierownik: ICU")
    assert (step_label(biomed), step_label(biomed, "pl")) == ("Biomed", "Biomedycy")


def test_a_near_miss_names_who_would_be_asked():
    book = rulebook(rule("f", amount(">", "5000"), asks(BIOMED, label="Finance")))
    (miss,) = near_misses([book], facts("3240"))
    assert Speaker("en").near_miss(miss) == "Finance: order over 5000.00 EUR"
    assert miss.gap_money == eur("1760")


def test_money_and_names_are_those_of_the_reader():
    def comma(minor: int, currency: str, language: str) -> str:
        return f"{minor // 100},{minor % 100:02d} {currency} ({language})"

    when = {"any_allocation": {"field": "allocation.ship_to", "op": "=", "value": "adr_1"}}
    book = rulebook(rule("r", {"all": [amount(">", "500"), when]}, asks(HEAD)))
    part = line(1, "765").allocations[0]._replace(ship_to="adr_1")
    plan = make_plan([book], facts(purchase(line(1, "765", allocations=(part,)))))
    said = sentence(plan.steps[0].reasons[0], "pl", names={"adr_1": "Rampa B"}, money=comma)
    assert said == "Zamówienie powyżej 500,00 EUR (pl) i do Rampa B"


def test_an_unknown_language_is_english():
    (reason,) = make_plan([rulebook(rule("r", {"all": []}, asks(HEAD)))], facts()).steps[0].reasons
    assert sentence(reason, "xx") == "Every order"


TABLES = ("FIELDS", "OPERATORS", "FINDINGS", "REASONS", "LABELS", "WAYS_OUT", "PERIODS")


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_say_the_same_things(table):
    assert getattr(words_en, table).keys() == getattr(words_pl, table).keys()


@pytest.mark.parametrize("words", [words_en, words_pl])
def test_every_field_and_operator_has_words(words: ModuleType):
    assert words.FIELDS.keys() == FIELDS.keys() | SUMS.keys()
    operators = {operator for kind in OPERATORS.values() for operator in kind}
    assert words.OPERATORS.keys() == operators | {f"not {operator}" for operator in operators}


def test_the_tree_that_is_said_is_the_tree_that_is_stored():
    for when, _, _ in CONDITIONS:
        assert read_condition(when, "/when")


@pytest.mark.parametrize(
    ("orders", "days", "english", "polish"),
    [
        (
            *(1, 7, "1 similar order in the last 7 days"),
            "1 podobne zamówienie w ciągu ostatnich 7 dni",
        ),
        (
            *(3, 2, "3 similar orders in the last 2 days"),
            "3 podobne zamówienia w ciągu ostatnich 2 dni",
        ),
        (
            *(12, 30, "12 similar orders in the last 30 days"),
            "12 podobnych zamówień w ciągu ostatnich 30 dni",
        ),
        (
            *(22, 30, "22 similar orders in the last 30 days"),
            "22 podobne zamówienia w ciągu ostatnich 30 dni",
        ),
    ],
)
def test_numbers_take_the_form_of_their_noun(orders, days, english, polish):
    when = {"field": "history.similar_orders", "days": days, "op": ">=", "value": 1}
    known = facts("10")
    known = known._replace(
        history=known.history._replace(totals={("similar_orders", days): orders})
    )
    (reason,) = make_plan([rulebook(rule("r", when, asks(HEAD)))], known).steps[0].reasons
    assert sentence(reason, "en") == english
    assert sentence(reason, "pl") == polish
