"""Malformed rulebooks are refused with the pointer to the fault, quickly and never with a crash."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.conditions import MAX_DEPTH, MAX_NODES
from placet.policy.patterns import BadPattern, compile_pattern, matches
from placet.policy.planning import make_plan
from placet.policy.rulebook import InvalidRulebook, UnreadableRulebook, compile_rulebook
from placet.policy.starters import simple_organisation
from tests.policy.strategies import Draw
from tests.policy.world import EVERY, HEAD, amount, asks, facts, money, named, rule

BLOCK = {"effect": "block"}


def faults(document):
    with pytest.raises(InvalidRulebook) as refused:
        compile_rulebook(document)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def book(*rules, **changes):
    return {"format": 1, "side": "buyer", "default": "free", "rules": list(rules), **changes}


def when(condition):
    return book(rule("r", condition, BLOCK))


def nested(depth):
    condition = EVERY
    for _ in range(depth):
        condition = {"not": condition}
    return condition


CONDITIONS = [
    ({"field": "purchase.colour", "op": "=", "value": "red"}, "/field", "unknown_field"),
    ({**amount(">", "1"), "op": "~"}, "/op", "unknown_choice"),
    ({**amount(">", "1"), "op": "within"}, "/op", "unknown_choice"),
    ({"field": "purchase.amount", "value": money("1")}, "/op", "unknown_choice"),
    ({"field": "purchase.amount", "op": ">"}, "/value", "missing"),
    ({"field": "purchase.amount", "op": ">", "value": 500}, "/value", "no_currency"),
    ({"field": "purchase.amount", "op": ">", "value": "500 EUR"}, "/value", "no_currency"),
    (
        {"field": "purchase.amount", "op": ">", "value": {**money("1"), "currency": "eur"}},
        "/value/currency",
        "no_currency",
    ),
    (
        {"field": "purchase.amount", "op": ">", "value": {"amount_minor": 1.5, "currency": "EUR"}},
        "/value/amount_minor",
        "wrong_type",
    ),
    (
        {"field": "purchase.amount", "op": ">", "value": {"amount_minor": True, "currency": "EUR"}},
        "/value/amount_minor",
        "wrong_type",
    ),
    (
        {
            "field": "purchase.amount",
            "op": ">",
            "value": {"amount_minor": 10**16, "currency": "EUR"},
        },
        "/value/amount_minor",
        "out_of_range",
    ),
    (
        {"field": "purchase.amount", "op": "between", "value": [money("2"), money("1")]},
        "/value",
        "out_of_range",
    ),
    (
        {"field": "purchase.amount", "op": "between", "value": [money("1"), money("2", "PLN")]},
        "/value",
        "mixed_currencies",
    ),
    ({"field": "purchase.line_count", "op": ">", "value": 10**20}, "/value", "out_of_range"),
    ({"field": "requester.orders", "op": ">", "value": 2}, "/period", "missing"),
    (
        {"field": "requester.orders", "op": ">", "value": 2, "period": "fortnight"},
        "/period",
        "unknown_choice",
    ),
    (
        {"field": "history.similar_orders", "op": ">", "value": 1, "days": 0},
        "/days",
        "out_of_range",
    ),
    ({**amount(">", "1"), "surprise": 1}, "/surprise", "unexpected"),
    ({"field": "line.total", "op": ">", "value": money("1")}, "/field", "wrong_scope"),
    ({"any_line": amount(">", "1")}, "/any_line/field", "wrong_scope"),
    ({"any_line": {"any_line": EVERY}}, "/any_line", "wrong_scope"),
    (
        {"any_line": {"field": "line.quantity", "op": ">", "value": "NaN"}},
        "/any_line/value",
        "out_of_range",
    ),
    (
        {"any_line": {"field": "line.quantity", "op": ">", "value": "1e5"}},
        "/any_line/value",
        "out_of_range",
    ),
    (
        {"any_line": {"field": "line.quantity", "op": ">", "value": 0.5}},
        "/any_line/value",
        "wrong_type",
    ),
    ({"field": "purchase.source", "op": "=", "value": "theft"}, "/value", "unknown_choice"),
    ({"field": "purchase.source", "op": "in", "value": []}, "/value", "out_of_range"),
    ({"field": "purchase.terms", "op": "=", "value": " "}, "/value", "out_of_range"),
    ({"field": "purchase.terms", "op": "matches", "value": "(a+)+"}, "/value", "bad_pattern"),
    ({"all": [EVERY, {"either": []}]}, "/all/1", "unknown_condition"),
    ({"all": [], "any": []}, "", "unknown_condition"),
    ({"all": EVERY}, "/all", "wrong_type"),
    ("always", "", "wrong_type"),
    (None, "", "wrong_type"),
]


@pytest.mark.parametrize(("condition", "pointer", "code"), CONDITIONS)
def test_a_bad_condition_is_pointed_at(condition, pointer, code):
    assert faults(when(condition)) == [(f"/rules/0/when{pointer}", code)]


def test_depth_and_size_have_limits():
    assert compile_rulebook(when(nested(MAX_DEPTH - 1)))
    deep = "/rules/0/when" + "/not" * MAX_DEPTH
    assert faults(when(nested(MAX_DEPTH))) == [(deep, "too_deep")]
    assert faults(when({"all": [EVERY] * MAX_NODES}))[0][1] in ("too_large", "out_of_range")


def test_a_tree_of_depth_one_hundred_thousand_is_refused():
    assert faults(when(nested(100_000))) == [("", "not_json")]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("1")])
def test_numbers_that_are_not_json_are_refused(number):
    condition = {"field": "purchase.line_count", "op": ">", "value": number}
    assert faults(when(condition)) == [("", "not_json")]


EFFECTS = [
    ({"effect": "explode"}, "/effect", "unknown_choice"),
    ({"effect": "require"}, "", "missing"),
    ({"effect": "require", "steps": []}, "/steps", "out_of_range"),
    ({"effect": "require", "steps": [{}]}, "/steps/0/approvers", "missing"),
    (asks(), "/steps/0/approvers", "out_of_range"),
    (asks(HEAD, quorum=0), "/steps/0/quorum", "out_of_range"),
    (asks(HEAD, quorum="most"), "/steps/0/quorum", "unknown_choice"),
    (asks(HEAD, rank=-1), "/steps/0/rank", "out_of_range"),
    (asks(HEAD, label=""), "/steps/0/label", "out_of_range"),
    (asks({"select": "head"}), "/steps/0/approvers/0/levels_up", "missing"),
    (
        asks({"select": "head", "levels_up": 99}),
        "/steps/0/approvers/0/levels_up",
        "out_of_range",
    ),
    (asks({"select": "mayor"}), "/steps/0/approvers/0/select", "unknown_choice"),
    (
        asks({"select": "merchant_role", "role": "owner"}),
        "/steps/0/approvers/0/select",
        "wrong_side",
    ),
    (
        {
            "effect": "require",
            "tiers": {
                "mode": "final",
                "tiers": [
                    {"from": money("2"), "approvers": [HEAD]},
                    {"from": money("2"), "approvers": [HEAD]},
                ],
            },
        },
        "/tiers/tiers/1/from",
        "out_of_range",
    ),
    (
        {
            "effect": "require",
            "tiers": {
                "mode": "final",
                "tiers": [
                    {"from": money("2"), "approvers": [HEAD]},
                    {"from": money("3", "PLN"), "approvers": [HEAD]},
                ],
            },
        },
        "/tiers/tiers/1/from",
        "mixed_currencies",
    ),
    ({**BLOCK, "steps": []}, "/steps", "unexpected"),
]


@pytest.mark.parametrize(("then", "pointer", "code"), EFFECTS)
def test_a_bad_effect_is_pointed_at(then, pointer, code):
    assert faults(book(rule("r", EVERY, then))) == [(f"/rules/0/then{pointer}", code)]


BOOKS = [
    ([], "", "wrong_type"),
    (book(format=2), "/format", "unknown_format"),
    (book(side="both"), "/side", "unknown_choice"),
    (book(default="maybe"), "/default", "unknown_choice"),
    (book(amount_basis="net"), "/amount_basis", "unknown_choice"),
    (book(may_approve=["requester"]), "/may_approve/0", "unknown_choice"),
    (book(rules={}), "/rules", "wrong_type"),
    (book(colour="red"), "/colour", "unexpected"),
    ({"format": 1, "side": "buyer", "rules": []}, "/default", "missing"),
    (book(rule("r", EVERY, BLOCK), rule("r", EVERY, BLOCK)), "/rules/1/id", "not_unique"),
    (book({"id": "r", "when": EVERY}), "/rules/0/then", "missing"),
    (book(rule("", EVERY, BLOCK)), "/rules/0/id", "out_of_range"),
    (
        book(rule("r", EVERY, {"effect": "require", "management_chain": {}}), side="merchant"),
        "/rules/0/then/management_chain/through",
        "missing",
    ),
    (
        book(rule("r", EVERY, asks(named("ada"))), side="merchant"),
        "/rules/0/then/steps/0/approvers/0/select",
        "wrong_side",
    ),
]


@pytest.mark.parametrize(("document", "pointer", "code"), BOOKS)
def test_a_bad_rulebook_is_pointed_at(document, pointer, code):
    assert faults(document) == [(pointer, code)]


def test_rolling_windows_over_units_and_ship_tos_never_block():
    window = {"field": "history.unit_spend", "days": 30, "op": ">", "value": money("1")}
    assert faults(when(window)) == [("/rules/0/then", "rolling_window")]
    assert compile_rulebook(book(rule("r", window, asks(HEAD))))
    own = {**window, "field": "history.requester_spend"}
    assert compile_rulebook(when(own))


def test_the_margin_is_for_the_merchants_rules_only():
    margin = {"field": "quote.margin", "op": "<", "value": 1_000}
    assert faults(when(margin)) == [("/rules/0/when", "wrong_side")]
    assert compile_rulebook(book(rule("r", margin, BLOCK), side="merchant"))


def test_every_broken_rule_is_reported_at_once():
    broken = rule("r", {"either": []}, BLOCK)
    pointers = [pointer for pointer, _ in faults(book(broken, rule("ok", EVERY, BLOCK), broken))]
    assert pointers == ["/rules/0/when", "/rules/2/when"]


def test_pointers_escape_slashes_and_tildes():
    assert faults(book(**{"a/b~c": 1})) == [("/a~1b~0c", "unexpected")]


def test_a_rulebook_that_cannot_be_read_any_more_blocks():
    plan = make_plan([UnreadableRulebook("rlb_1", 3, "buyer")], facts())
    assert plan.outcome == "blocked"
    assert plan.blocked[0].reason.code == "unreadable_rulebook"


@given(st.integers(0, 10**6), st.data())
def test_a_document_with_one_part_replaced_is_read_or_refused(seed, data):
    """Nothing but `InvalidRulebook` ever comes out, whatever stands anywhere in the document."""
    document = Draw(seed).rulebook("buyer") if seed % 5 else simple_organisation()
    text = json.loads(json.dumps(document))
    place, key = text, None
    while isinstance(place, (dict, list)) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        parent, key = place, data.draw(st.sampled_from(keys))
        place = parent[key]
        if data.draw(st.booleans()):
            break
    parent[key] = data.draw(
        st.sampled_from([None, True, -1, 1.5, 10**30, "", "x", "\0", [], {}, [[]], {"all": 1}])
    )
    found: tuple[object, ...] = ("read",)
    try:
        compile_rulebook(text)
    except InvalidRulebook as refused:
        found = refused.faults
    assert found


# ── Patterns ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        (r"PR-\d{5}", ["PR-88121"], ["PR-8812", "PR-881210", "xPR-88121", "PR-8812a", ""]),
        (r"[A-Z]{2,3}\.?\w*", ["AB", "ABC.", "AB.x_1"], ["A", "ab", "AB!"]),
        (r"a+b?|c", ["a", "aab", "c"], ["b", "", "cc"]),
        (r"[^0-9]{2,}", ["ab", "abc"], ["a", "a1"]),
        (r".", ["x", "ż", "|"], ["", "xy"]),
        (r"\|\.", ["|."], ["||"]),
        (r"\d", ["7"], ["٧"]),
    ],
)
def test_patterns_match_whole_texts(pattern, fits, fits_not):
    assert all(matches(pattern, text) for text in fits)
    assert not any(matches(pattern, text) for text in fits_not)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a)",
        "a**",
        "*",
        "[",
        "[]",
        "[z-a]",
        "a{3",
        "a{4,2}",
        "a{101}",
        "a{x}",
        "\\",
        r"\1",
        "x" * 201,
    ],
)
def test_patterns_beyond_the_small_language_are_refused(pattern):
    with pytest.raises(BadPattern):
        compile_pattern(pattern)


def test_patterns_that_blow_up_elsewhere_are_bounded():
    """Each would take a backtracking engine longer than the universe has."""
    assert not matches("a*" * 60 + "b", "a" * 1_000)
    assert not matches("[ab]*" * 40, "ab" * 499 + "c")
    assert not matches("a*", "a" * 1_001)
