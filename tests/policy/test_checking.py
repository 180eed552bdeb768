"""What the checks say before a rulebook is published, each with a purchase that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from placet.policy.checking.building import facts_of
from placet.policy.checking.findings import CheckFinding
from placet.policy.facts import UNLIMITED
from placet.policy.money import Money, Rate
from tests.policy import world
from tests.policy.checking_world import codes, findings, ground, role
from tests.policy.world import BIOMED, EVERY, HEAD, amount, asks, named, rule

CENTRE: dict[str, Any] = {"field": "allocation.cost_centre", "op": "=", "value": "4410"}
DEVICES: dict[str, Any] = {"field": "line.category", "op": "within", "value": "devices"}
INFUSION: dict[str, Any] = {"field": "line.category", "op": "=", "value": "devices/infusion"}


def only(found: list[CheckFinding], code: str) -> CheckFinding:
    """The one finding with this code."""
    chosen = [each for each in found if each.code == code]
    assert len(chosen) == 1, codes(found)
    return chosen[0]


def test_a_sound_rulebook_has_no_findings() -> None:
    assert findings(
        rule("devices", {"any_line": DEVICES}, asks(role("biomed"))),
        rule("large", amount(">", "500"), asks({"select": "head", "levels_up": 1})),
    ) == []  # fmt: skip


# ── Who ─────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_who_left_is_named() -> None:
    found = only(findings(rule("gloves", EVERY, asks(named("anika", "gone")))), "unknown_member")
    assert (found.severity, found.value("name")) == ("block", "Gregor")
    assert found.pointer == "/rules/0/then/steps/0/approvers/0/members/1"


def test_a_member_of_another_company_is_unknown() -> None:
    found = only(findings(rule("gloves", EVERY, asks(named("anika", "tim")))), "unknown_member")
    assert found.value("name") == ""


def test_a_role_that_does_not_exist() -> None:
    found = only(findings(rule("gloves", EVERY, asks(role("hygiene"), HEAD))), "unknown_role")
    assert (found.severity, found.pointer) == ("block", "/rules/0/then/steps/0/approvers/0/role")


def test_an_empty_role_says_who_is_asked_instead() -> None:
    found = only(findings(rule("gloves", amount(">", "500"), asks(role("auditor")))), "fallback")
    assert (found.severity, found.value("people")) == ("warn", "Helena")
    assert found.purchase is not None
    assert found.purchase.purchase["purchase.amount", ""] == Money(500_01, "EUR")


def test_an_empty_role_without_any_way_out_is_refused() -> None:
    units = {path: unit._replace(head=None) for path, unit in ground().units.items()}
    at = ground(units=units, admins=())
    found = only(findings(rule("gloves", EVERY, asks(role("auditor"))), at=at), "nobody")
    assert found.severity == "block"


def test_a_step_that_only_its_requester_could_take() -> None:
    """Rashid heads ICU: Lena's orders go to him, his own to the head above."""
    found = only(findings(rule("all", EVERY, asks(HEAD))), "only_requester")
    assert (found.severity, found.value("requester")) == ("warn", "Rashid")
    assert found.value("people") == "Helena"


def test_a_requester_whom_the_condition_leaves_out_is_no_problem() -> None:
    """Whoever may approve is never asked by this rule, so nobody waits for themselves."""
    may = {"field": "requester.permissions", "op": "in", "value": ["order.approve"]}
    assert findings(rule("all", {"not": may}, asks(HEAD))) == []


def test_two_memberships_of_one_human_are_one() -> None:
    people = dict(ground().people)
    people["ben"] = people["ben"]._replace(user="user-ada")
    found = findings(rule("all", EVERY, asks(named("ben"))), at=ground(people=people))
    assert only(found, "only_requester").value("requester") == "Ada"


def test_a_quorum_larger_than_its_members() -> None:
    found = only(
        findings(rule("devices", EVERY, asks(role("biomed"), quorum=9))), "quorum_too_large"
    )
    assert (found.severity, found.value("needed"), found.value("has")) == ("block", 9, 3)


def test_a_quorum_that_the_way_out_fills_is_a_warning() -> None:
    found = only(
        findings(rule("devices", EVERY, asks(role("biomed"), quorum=4))), "quorum_too_large"
    )
    assert found.severity == "warn"


def test_the_tier_that_has_nobody_is_shown_at_its_amount() -> None:
    tiers = [
        {"from": world.money("100"), "approvers": [BIOMED]},
        {"from": world.money("5000"), "approvers": [role("auditor")]},
    ]
    then = {"effect": "require", "tiers": {"mode": "final", "tiers": tiers}}
    found = only(findings(rule("tiers", EVERY, then)), "fallback")
    assert found.pointer == "/rules/0/then/tiers/tiers/1"
    assert found.purchase is not None
    assert found.purchase.purchase["purchase.amount", ""] == Money(5_000_00, "EUR")


def test_the_default_needs_people_too() -> None:
    found = only(findings(default=asks(role("auditor"))), "fallback")
    assert (found.pointer, found.rule) == ("/default/steps/0", "")


def test_on_the_merchants_side_the_owner_is_the_way_out() -> None:
    sales = {"select": "merchant_role", "role": "sales_rep"}
    found = only(findings(rule("first", EVERY, asks(sales)), side="merchant"), "fallback")
    assert found.value("people") == "Olga"


def test_a_units_rulebook_looks_at_its_people_only() -> None:
    found = findings(rule("all", EVERY, asks(HEAD)), unit_path="mhg/elsewhere")
    assert found == []


# ── Money ───────────────────────────────────────────────────────────────────────────────────────


def test_a_currency_without_a_rate_is_refused() -> None:
    found = only(findings(rule("large", amount(">", "500", "PLN"), asks(HEAD))), "no_rate")
    assert (found.severity, found.value("currency")) == ("block", "PLN")


def test_with_a_rate_it_is_not() -> None:
    rates = {("PLN", "EUR"): Rate("PLN", "EUR", 1, 4)}
    found = findings(rule("large", amount(">", "500", "PLN"), asks(BIOMED)), at=ground(rates=rates))
    assert "no_rate" not in [each.code for each in found]


def test_amounts_that_no_authority_reaches() -> None:
    people = dict(ground().people)
    people["rashid"] = people["rashid"]._replace(
        authority=world.limit(order_maximum=world.eur("1000"))
    )
    people["helena"] = people["helena"]._replace(
        authority=world.limit(order_maximum=world.eur("5000"))
    )
    chain = {"effect": "require", "management_chain": {}}
    found = findings(rule("large", amount(">", "500"), chain), at=ground(people=people))
    gap = only(found, "authority_gap")
    assert gap.severity == "warn"
    assert (gap.value("from_minor"), gap.value("to_minor")) == (5_000_01, "")
    people["helena"] = people["helena"]._replace(authority=world.limit(order_maximum=UNLIMITED))
    found = findings(rule("large", amount(">", "500"), chain), at=ground(people=people))
    assert found == []


def test_a_band_in_the_middle() -> None:
    """The store manager up to 80, the owner from 100: between them is nobody."""
    people = dict(ground().people)
    people["tom"] = people["tom"]._replace(authority=world.limit(order_maximum=world.eur("80")))
    people["olga"] = people["olga"]._replace(authority=world.limit(order_minimum=world.eur("100")))
    staff = [{"select": "merchant_role", "role": name} for name in ("store_manager", "owner")]
    chain = {"effect": "require", "management_chain": {"through": staff}}
    below = {"field": "purchase.goods", "op": "<", "value": world.money("1000")}
    found = findings(rule("small", below, chain), side="merchant", at=ground(people=people))
    gap = only(found, "authority_gap")
    assert (gap.value("from_minor"), gap.value("to_minor")) == (80_01, 99_99)


# ── Rules that never matter ─────────────────────────────────────────────────────────────────────

NEVER = [
    {"all": [amount(">", "500"), amount("<=", "500")]},
    {"all": [amount(">", "5"), {"field": "purchase.goods", "op": "<", "value": world.money("5")}]},
    {"all": [{"any_line": INFUSION}, {"no_line": DEVICES}]},
    {"all": [{"any_allocation": {"all": [CENTRE, DEVICES]}}, {"all_lines": {"not": DEVICES}}]},
    {"all": [{"line_total": DEVICES, "op": ">", "value": world.money("5")}, {"no_line": DEVICES}]},
    {"field": "purchase.amount", "op": "is empty"},
    {"field": "purchase.weekday", "op": ">", "value": 7},
    {"all": [{"field": "company.earlier_orders", "op": "=", "value": n} for n in (0, 1)]},
    {"all": [{"field": "company.earlier_orders", "op": op, "value": 3} for op in (">", "<=")]},
    {"all": [{"field": "purchase.source", "op": "=", "value": n} for n in ("cart", "api")]},
    {"any": []},
    {
        "all": [
            {"field": "requester.roles", "op": "in", "value": ["buyer"]},
            {"not": {"field": "requester.roles", "op": "in", "value": ["buyer", "child"]}},
        ]
    },
    {"any_line": {"all": [{"field": "line.restricted", "op": "=", "value": n}
                          for n in (True, False)]}},
]  # fmt: skip


@pytest.mark.parametrize("when", NEVER, ids=range(len(NEVER)))
def test_a_rule_that_can_never_match(when: dict[str, Any]) -> None:
    found = findings(rule("odd", when, {"effect": "warn"}))
    assert codes(found) == [("never_matches", "warn", "odd")]


SOMETIMES = [
    {"all": [amount(">", "500"), amount("<=", "500.01")]},
    {"all": [{"any_line": INFUSION}, {"any_line": {"not": DEVICES}}]},
    {"not": {"field": "quote.discount", "op": ">", "value": 5}},
    {"all": [amount(">=", "500"), amount("<=", "500")]},
    {"any_line": {"field": "line.above_last_price", "op": "between", "value": [-50, 50]}},
    {"field": "purchase.reference", "key": "po", "op": "matches", "value": ".*"},
    {"all": [{"field": "purchase.justification", "op": "is empty"},
             {"field": "purchase.reference", "key": "po", "op": "is empty"}]},
]  # fmt: skip


@pytest.mark.parametrize("when", SOMETIMES, ids=range(len(SOMETIMES)))
def test_what_is_only_rare_is_not_called_impossible(when: dict[str, Any]) -> None:
    assert findings(rule("rare", when, {"effect": "warn"})) == []


def test_a_rule_that_another_always_covers() -> None:
    found = findings(
        rule("narrow", {"all": [amount(">", "900"), {"any_line": INFUSION}]}, asks(BIOMED)),
        rule("wide", {"any_line": DEVICES}, asks(BIOMED)),
    )
    covered = only(found, "covered")
    assert (covered.rule, covered.value("other")) == ("narrow", "wide")
    assert covered.purchase is not None
    book = world.rulebook(rule("wide", {"any_line": DEVICES}, asks(BIOMED)))
    facts = facts_of(covered.purchase, book, ground())
    assert book.evaluator(facts).evaluate(facts).matched == [0]


def test_a_rule_that_asks_somebody_else_is_not_covered() -> None:
    found = findings(
        rule("narrow", amount(">", "900"), asks(role("biomed"))),
        rule("wide", amount(">", "500"), asks({"select": "head", "levels_up": 1})),
    )
    assert found == []


def test_of_two_equal_rules_the_later_one_is_superfluous() -> None:
    found = findings(
        rule("first", {"any_line": DEVICES}, asks(BIOMED)),
        rule("second", {"any_line": DEVICES}, asks(BIOMED)),
    )
    assert [(each.rule, each.value("other")) for each in found] == [("second", "first")]


def test_what_is_blocked_anyway_need_not_be_told() -> None:
    elsewhere = {"not": {"field": "allocation.ship_to", "op": "in", "value": ["a", "b"]}}
    first = {"field": "allocation.first_to_ship_to", "op": "=", "value": True}
    found = findings(
        rule("ours", {"any_allocation": elsewhere}, {"effect": "block"}),
        rule(
            "told",
            {"any_allocation": {"all": [first, elsewhere]}},
            {"effect": "notify", "watchers": [{"select": "admins"}]},
        ),
    )
    assert codes(found) == [("never_counts", "warn", "told")]


def test_a_condition_of_very_many_ways_is_left_alone() -> None:
    """Soundness before completeness: what is too large to look at is not judged."""
    ways = {
        "all": [
            {"any": [{"field": "purchase.line_count", "op": "=", "value": n} for n in range(1, 9)]}
            for _ in range(8)
        ]
    }
    assert findings(rule("wide", ways, {"effect": "warn"})) == []
