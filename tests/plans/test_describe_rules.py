"""A rule says itself in one sentence, made from what the engine reads."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.plans.describe_rules import describe_rulebook
from placet.plans.rule_conditions import CLOSE, OPEN, Names, clause, cut, mark
from placet.plans.rule_words import NOUNS, SAID
from placet.policy.conditions import read_condition
from placet.policy.fields import FIELDS, OPERATORS
from placet.policy.rulebook import read_rulebook
from tests.cast import Cast

NOBODY = Names({}, "en")
EURO = {"amount_minor": 500_00, "currency": "EUR"}


def said(when: dict[str, Any], then: dict[str, Any], cast: Cast) -> str:
    """The sentence of the only rule of a rulebook of Meridian's."""
    rules = [{"id": "one", "when": when, "then": then}]
    document = {"format": 1, "side": "buyer", "default": "free", "rules": rules}
    rulebook = read_rulebook(document)
    described = describe_rulebook(rulebook, company_id=cast.company["meridian"], language="en")
    return described.rules[0].sentence.replace("\N{NO-BREAK SPACE}", " ")


def of(condition: dict[str, Any], *, holds: bool = True) -> str:
    """A condition as a clause."""
    text = clause(read_condition(condition, ""), NOBODY, holds=holds)
    plain = "".join(piece.text for piece in cut(text))
    return plain.replace("\N{NO-BREAK SPACE}", " ")


def over(field: str = "purchase.amount") -> dict[str, Any]:
    """More than 500.00 EUR."""
    return {"field": field, "op": ">", "value": EURO}


BLOCK = {"effect": "block"}
HEAD = {"effect": "require", "steps": [{"approvers": [{"select": "head", "levels_up": 0}]}]}
FINANCE = {
    "effect": "require",
    "steps": [{"approvers": [{"select": "role", "role": "finance", "where": "company"}]}],
}


def test_the_golden_rules(db: None, cast: Cast) -> None:
    on_4410 = {"field": "allocation.cost_centre", "op": "=", "value": "4410"}
    assert said({"allocation_total": on_4410, "op": ">", "value": EURO}, HEAD, cast) == (
        "When what is on cost centre 4410 adds up to more than 500.00 EUR, "
        "then the head of the unit must approve."
    )
    assert said(over(), FINANCE, cast) == (
        "When the order is over 500.00 EUR, then Finance (any one) must approve."
    )


def test_ids_are_named_and_what_the_company_chose_is_marked(db: None, cast: Cast) -> None:
    dock = cast.address["ICU dock"]
    elsewhere = {
        "any_allocation": {"not": {"field": "allocation.ship_to", "op": "in", "value": [dock]}}
    }
    assert said(elsewhere, BLOCK, cast) == (
        "When something does not go to ICU dock, then it cannot be ordered."
    )
    assert [piece.is_chosen for piece in cut(f"over {mark('500')} on")] == [False, True, False]


def test_names_of_other_companies_stay_unknown(db: None, cast: Cast) -> None:
    foreign = cast.address["Magazyn"]
    condition = {"any_allocation": {"field": "allocation.ship_to", "op": "=", "value": foreign}}
    assert "Magazyn" not in said(condition, BLOCK, cast)


def test_a_rule_for_every_order_and_tiers(db: None, cast: Cast) -> None:
    tiers = {
        "effect": "require",
        "tiers": {
            "mode": "cumulative",
            "tiers": [
                {"from": EURO, "approvers": [{"select": "head", "levels_up": 0}]},
                {
                    "from": {"amount_minor": 5_000_00, "currency": "EUR"},
                    "approvers": [{"select": "manager", "levels_up": 1}],
                },
            ],
        },
    }
    assert said({"all": []}, tiers, cast) == (
        "For every order, from 500.00 EUR the head of the unit must approve, "
        "from 5,000.00 EUR the requester’s manager too."
    )


def test_not_turns_the_sentence_round() -> None:
    both = {"all": [over(), {"field": "beneficiary.differs", "op": "=", "value": True}]}
    assert of(both) == "the order is over 500.00 EUR and the order is for somebody else"
    assert of({"not": both}) == (
        "the order is not over 500.00 EUR or the order is for the requester"
    )
    no_line = {"any_line": {"field": "line.restricted", "op": "=", "value": True}}
    assert of({"not": no_line}) == "no line is restricted"
    assert of({"not": {"not": over()}}) == of(over())


def test_groups_inside_groups_stand_in_brackets() -> None:
    either = {"any": [over(), over("purchase.total")]}
    assert of({"all": [over("purchase.goods"), either]}) == (
        "the order’s goods value is over 500.00 EUR and "
        "(the order is over 500.00 EUR or the total with tax is over 500.00 EUR)"
    )


@pytest.mark.parametrize("key", FIELDS)
def test_every_field_has_words_for_every_operator(key: str) -> None:
    field = FIELDS[key]
    for operator in OPERATORS[field.kind]:
        condition: dict[str, Any] = {"field": key, "op": operator}
        if operator != "is empty":
            condition["value"] = wanted(field.kind, operator, field.choices)
        if field.parameter:
            condition[field.parameter] = {"days": 30, "period": "week", "key": "project"}[
                field.parameter
            ]
        if field.scope != "purchase":
            condition = {f"any_{field.scope}": condition}
        text, opposite = of(condition), of(condition, holds=False)
        assert text != opposite
        assert "{" not in text + opposite


def wanted(kind: str, operator: str, choices: tuple[str, ...]) -> object:
    """A value that this comparison reads."""
    single = {
        "money": EURO, "count": 3, "quantity": 3, "basis_points": 1_000, "flag": True,
    }.get(kind, choices[0] if choices else "abc")  # fmt: skip
    if operator == "between":
        return [single, single]
    return [single] if operator in ("in", "within") else single


def test_what_people_write_themselves_stands_as_it_is() -> None:
    form = {"op": "matches", "value": "PR-[0-9]{5}|a_b/c"}
    assert "PR-[0-9]{5}|a_b/c" in of({"field": "purchase.reference", "key": "po", **form})
    assert "PR-[0-9]{5}|a_b/c" in of({"field": "purchase.source", **form})
    assert "GLV-S" in of({"any_line": {"field": "line.sku", "op": "=", "value": "GLV-S"}})


def test_no_field_is_left_without_a_noun_or_a_phrase() -> None:
    spoken = set(NOUNS) | {key.partition(" ")[0] for key in SAID}
    assert set(FIELDS) <= spoken


@given(st.text())
def test_marks_never_leak_whatever_a_company_calls_its_things(name: str) -> None:
    pieces = cut(f"to {mark(name)} or {mark('x')}")
    text = "".join(piece.text for piece in pieces)
    assert OPEN not in text
    assert CLOSE not in text
    assert text == f"to {name.replace(OPEN, '').replace(CLOSE, '')} or x"
