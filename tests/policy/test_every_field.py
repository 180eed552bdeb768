"""Every registered field is read from complete facts, and a rule on what it is matches."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from placet.policy.facts import History, PeriodUse, QuoteTerms
from placet.policy.fields import FIELDS
from placet.policy.money import Money
from placet.policy.planning import make_plan
from placet.policy.readers import Context
from tests.policy.world import LENA, allocation, facts, limited, line, of, purchase, rule, rulebook

DAYS, KEY, PERIOD = 30, "po", "month"
EARLIER = History(
    totals={("similar_orders", DAYS): 2, ("spend_requester", DAYS): 1, ("spend_unit", DAYS): 3},
    by_key={
        ("spend_category", DAYS): {"Office": 20_000},
        ("spend_ship_to", DAYS): {"Dock B": 50_000},
    },
    first_categories=frozenset({"Office"}),
    first_ship_tos=frozenset(),
)


def complete():
    """Facts in which no field is absent."""
    part = allocation(5_000, need_by_on=date(2025, 12, 1))
    only = line(1, "50.00", "Office", tags=frozenset({"cold"}), allocations=(part,))
    only = only._replace(last_price_minor=1_000, list_price_minor=900, brand="B", supplier="S")
    bought = purchase(only)._replace(
        references={KEY: "PR-88121"},
        quote=QuoteTerms(500, 1_200, 4_000),
        requested_on=date(2025, 11, 28),
        justification="Broken pump",
        bill_to="HQ",
        terms="net30",
    )
    known = facts(bought, history=EARLIER, beneficiary=LENA._replace(user="u2", member="m2"))
    known = limited(known, known.requester.limit, PeriodUse(PERIOD, Money(7, "EUR"), 1))
    asking = known.requester._replace(roles=frozenset({"nurse"}), permissions=frozenset({"p.q"}))
    return known._replace(requester=asking)


def actual_of(field, known):
    """What the field's reader answers for the purchase, its line, or its allocation."""
    context = Context(known, "goods")
    parameters = {"days": (DAYS,), "key": (KEY,), "period": (PERIOD,), "": ()}[field.parameter]
    bought = known.purchase.lines[0]
    rows = {"purchase": (), "line": (bought,), "allocation": (bought.allocations[0],)}
    return field.read(*rows[field.scope], context, *parameters)


def comparison(field, value):
    """The condition that the field is this value."""
    written = value
    operator = "in" if field.kind == "texts" else "="
    if field.kind == "money":
        written = {"amount_minor": int(value), "currency": "EUR"}
    elif field.kind == "texts":
        written = sorted(value)
    elif isinstance(value, Decimal):
        written = str(value)
    own = {"days": DAYS, "key": KEY, "period": PERIOD}
    parameters = {field.parameter: own[field.parameter]} if field.parameter else {}
    leaf = {"field": field.key, "op": operator, "value": written, **parameters}
    return leaf if field.scope == "purchase" else {f"any_{field.scope}": leaf}


def another(field, value):
    """A value of the same kind that the field does not have."""
    if field.kind == "flag":
        return not value
    if field.kind == "texts":
        return frozenset({"something else"})
    if field.choices:
        return next(choice for choice in field.choices if choice != value)
    return f"{value} else" if isinstance(value, str) else value + 1


def holds(field, value, known):
    side = "merchant" if field.key == "quote.margin" else "buyer"
    book = rulebook(rule("r", comparison(field, value), {"effect": "warn"}), side=side)
    books = [book] if side == "buyer" else [rulebook(), book]
    return bool(make_plan(books, known).warnings)


@pytest.mark.parametrize("key", FIELDS)
def test_a_rule_on_what_a_field_is_matches_and_on_anything_else_does_not(key):
    field, known = FIELDS[key], complete()
    value = actual_of(field, known)
    assert value is not None, "the facts are complete"
    assert not isinstance(value, Fraction), "and whole, so that a rule can name them"
    assert holds(field, value, known)
    assert not holds(field, another(field, value), known)


def in_all_forms(key, leaf):
    """The comparison alone, beside others on the same rows, and what does not hold beside it."""
    scope = FIELDS[key].scope
    if scope == "purchase":
        return [leaf, {"any": [{"not": leaf}, leaf]}, {"all": [leaf, {"not": {"not": leaf}}]}]
    any_row, every_row, no_row = f"any_{scope}", f"all_{scope}s", f"no_{scope}"
    of_row = leaf[any_row]
    parts = (of_row, {"any": [{"not": of_row}, of_row]}, {"all": [of_row, {"any": [of_row]}]})
    some = {"op": ">", "value": "0"}
    if scope == "allocation":
        some["value"] = {"amount_minor": 0, "currency": "EUR"}
    weight = "line_quantity" if scope == "line" else "allocation_total"
    forms = [{quantifier: part} for quantifier in (any_row, every_row) for part in parts]
    return [*forms, *[{weight: part, **some} for part in parts], {"any": [{no_row: of_row}, leaf]}]


@pytest.mark.parametrize("key", FIELDS)
def test_why_a_rule_matched_is_stated_without_the_facts(key):
    field, known = FIELDS[key], complete()
    forms = in_all_forms(key, comparison(field, actual_of(field, known)))
    side = "merchant" if key == "quote.margin" else "buyer"
    rules = [rule(f"r{place}", form, {"effect": "warn"}) for place, form in enumerate(forms)]
    book = rulebook(*rules, side=side)
    evaluation = book.evaluator(known).evaluate(known)
    assert evaluation.matched == list(range(len(forms)))
    assert not any(isinstance(value, Context) for value in evaluation.columns)
    for place in evaluation.matched:
        assert evaluation.findings(place)


ISSUE = {
    "last price paid": "line.above_last_price",
    "list price deviation": "line.above_list_price",
    "first order of a category": "line.first_of_category",
    "first order to a ship-to": "allocation.first_to_ship_to",
    "first order of a new customer": "company.earlier_orders",
    "similar order within N days": "history.similar_orders",
    "rolling spend by requester": "history.requester_spend",
    "rolling spend by unit": "history.unit_spend",
    "rolling spend by category": "line.category_spend",
    "rolling spend by ship-to": "allocation.ship_to_spend",
    "PO reference": "purchase.reference",
    "requested date": "purchase.requested_in_days",
    "day": "purchase.weekday",
    "hour": "purchase.hour",
    "source": "purchase.source",
    "tags": "line.tags",
    "restricted items": "line.restricted",
    "justification": "purchase.justification",
}


def test_everything_that_rules_are_asked_to_know_is_registered():
    assert set(ISSUE.values()) <= set(FIELDS)


@pytest.mark.parametrize(
    ("number", "matches"), [("", True), ("PR-88121", False), ("PR-8812", True), ("88121", True)]
)
def test_an_empty_or_malformed_reference_is_a_rule(number, matches):
    field = {"field": "purchase.reference", "key": "po"}
    malformed = {"not": {**field, "op": "matches", "value": "PR-[0-9]{5}"}}
    book = rulebook(
        rule("r", {"any": [{**field, "op": "is empty"}, malformed]}, {"effect": "warn"})
    )
    bought = of("10.00")._replace(references={"po": number})
    assert bool(make_plan([book], facts(bought)).warnings) is matches
