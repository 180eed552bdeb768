"""Examples beside rules, and the short form in which purchases are written."""

from __future__ import annotations

from typing import Any

import pytest

from placet.policy.checking.building import facts_of
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.ground import Held
from placet.policy.checking.requesters import alike
from placet.policy.checking.sketches import read_sketch, write_sketch
from placet.policy.checking.witnesses import is_true
from placet.policy.planning import make_plan
from tests.policy import world
from tests.policy.checking_world import codes, findings, ground
from tests.policy.world import BIOMED, EVERY, HEAD, amount, asks, rule


def only(found: list[CheckFinding], code: str) -> CheckFinding:
    """The one finding with this code."""
    chosen = [each for each in found if each.code == code]
    assert len(chosen) == 1, codes(found)
    return chosen[0]


# ── Examples ────────────────────────────────────────────────────────────────────────────────────


def example(expect: str, text: str, **more: Any) -> dict[str, Any]:
    """An example of an amount."""
    return {"purchase": {"purchase.amount": world.money(text)}, "expect": expect, **more}


def test_examples_that_hold_say_nothing() -> None:
    large = rule("large", amount(">", "500"), asks(BIOMED))
    examples = [
        example("matches", "500.01", rule="large"),
        example("does_not_match", "500", rule="large"),
        example("approval", "900"),
        example("free", "20"),
    ]
    assert findings(large, examples=examples) == []


def test_an_example_that_does_not_hold_refuses() -> None:
    large = rule("large", amount(">", "500"), asks(BIOMED))
    shown = example("matches", "500", rule="large", name="Exactly five hundred")
    found = only(findings(large, examples=[shown]), "example_failed")
    assert (found.severity, found.pointer) == ("block", "/examples/0")
    assert found.value("example") == "Exactly five hundred"
    assert (found.value("expected"), found.value("actual")) == ("matches", "does_not_match")


def test_an_example_whose_sums_contradict_is_no_pass() -> None:
    odd = {
        "purchase": {
            "purchase.amount": world.money("5"),
            "lines": [{"line.total": world.money("9")}],
        },
        "expect": "free",
    }
    assert only(findings(examples=[odd]), "example_failed").value("actual") == "does_not_add_up"


def test_an_example_names_its_requester() -> None:
    """Rashid's own order may not wait for Rashid: the head above is asked."""
    book = world.rulebook(rule("all", EVERY, asks(HEAD)))
    sketch = read_sketch({"requester.member": "rashid"}, "")
    plan = make_plan([book], facts_of(sketch, book, ground()))
    assert world.asked(plan) == [["helena"]]


# ── Sketches ────────────────────────────────────────────────────────────────────────────────────

GIVEN: list[tuple[str, Any, dict[str, Any]]] = [
    ("purchase.amount", world.money("12.34"), {}),
    ("purchase.shipping", world.money("3"), {}),
    ("purchase.tax", world.money("3"), {}),
    ("purchase.total", world.money("70"), {}),
    ("purchase.line_count", 3, {}),
    ("purchase.currency", "PLN", {}),
    ("purchase.bill_to", "adr_1", {}),
    ("purchase.terms", "net30", {}),
    ("purchase.reference", "PR-1", {"key": "po"}),
    ("purchase.justification", "we need it", {}),
    ("purchase.source", "api", {}),
    ("purchase.requested_in_days", 4, {}),
    ("purchase.weekday", 6, {}),
    ("purchase.hour", 22, {}),
    ("quote.discount", 150, {}),
    ("quote.margin", -20, {}),
    ("quote.target_price", world.money("99"), {}),
    ("requester.member", "lena", {}),
    ("requester.unit", world.HOSPITAL, {}),
    ("requester.orders", 3, {"period": "week"}),
    ("requester.spend", world.money("4000"), {"period": "month"}),
    ("beneficiary.differs", True, {}),
    ("beneficiary.member", "ada", {}),
    ("company.earlier_orders", 7, {}),
    ("company.customer_for_days", 30, {}),
    ("company.open_balance", world.money("10"), {}),
    ("company.overdue", world.money("11"), {}),
    ("history.similar_orders", 2, {"days": 7}),
    ("history.requester_spend", world.money("5000"), {"days": 30}),
    ("history.unit_spend", world.money("6000"), {"days": 30}),
]
ON_LINES: list[tuple[str, Any, dict[str, Any]]] = [
    ("line.sku", "X-1", {}),
    ("line.name", "Infusion set", {}),
    ("line.category", "devices/infusion", {}),
    ("line.brand", "Norden", {}),
    ("line.supplier", "Someone", {}),
    ("line.quantity", 12, {}),
    ("line.unit_price", world.money("7"), {}),
    ("line.total", world.money("70"), {}),
    ("line.restricted", True, {}),
    ("line.first_time", True, {}),
    ("line.above_last_price", 1_000, {}),
    ("line.above_list_price", 2_500, {}),
    ("line.first_of_category", True, {}),
    ("line.category_spend", world.money("900"), {"days": 30}),
    ("allocation.ship_to", "adr_9", {}),
    ("allocation.cost_centre", "4410", {}),
    ("allocation.quantity", 4, {}),
    ("allocation.amount", world.money("70"), {}),
    ("allocation.need_by_in_days", 9, {}),
    ("allocation.first_to_ship_to", True, {}),
    ("allocation.ship_to_spend", world.money("800"), {"days": 30}),
]


@pytest.mark.parametrize(("field", "value", "more"), [*GIVEN, *ON_LINES])
def test_every_field_that_is_given_is_what_the_engine_reads(
    field: str, value: Any, more: dict[str, Any]
) -> None:
    compared = {"field": field, "op": "=", "value": value, **more}
    scope = field.partition(".")[0]
    when = {f"any_{scope}": compared} if scope in ("line", "allocation") else compared
    side = "merchant" if field == "quote.margin" else "buyer"
    book = world.rulebook(rule("one", when, {"effect": "warn"}), side=side)
    sketch = read_sketch({field: value}, "")
    assert is_true(book.content.rules[0].when, facts_of(sketch, book, ground()), "goods")
    assert read_sketch(write_sketch(sketch), "") == sketch


def test_roles_are_given_as_a_list() -> None:
    when = {"field": "requester.roles", "op": "in", "value": ["child"]}
    book = world.rulebook(rule("one", when, {"effect": "warn"}))
    sketch = read_sketch({"requester.roles": ["child", "buyer"]}, "")
    assert is_true(book.content.rules[0].when, facts_of(sketch, book, ground()), "goods")


def test_alike_people_are_looked_at_once() -> None:
    """Two hundred buyers of one ward cost as much as one."""
    people = dict(ground().people)
    held = list(ground().held)
    for number in range(200):
        person = world.person(f"b{number}")
        people[person.member] = person
        held.append(Held("buyer", frozenset({"order.submit"}), person.member, ""))
    at = ground(people=people, names={n: p.name for n, p in people.items()}, held=tuple(held))
    assert codes(findings(rule("all", EVERY, asks(HEAD)), at=at)) == [
        ("only_requester", "warn", "all")
    ]
    assert len(alike(world.rulebook(), at)) <= len(alike(world.rulebook(), ground())) + 1
