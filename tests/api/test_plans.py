"""Plans of purchases that do not exist: for oneself, for others, under a draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.carts.models import Cart
from placet.requisitions.models import Requisition
from placet.rulebooks.actions import save_draft
from tests.api.caller import Caller, key_of, own_key_of
from tests.api.road import fill_cart
from tests.cast import Cast
from tests.rulebooks.rules import book, euro, meridian, over, rule

pytestmark = pytest.mark.django_db

HEAD_ABOVE = {"select": "head", "levels_up": 1}


def asked(plan: Any) -> list[str]:
    """Who is asked, step by step."""
    return [step["who"] for step in plan["steps"]]


def test_an_amount_for_oneself(lena: Caller) -> None:
    found = lena.post("/plans", {"amount": euro(600_000), "category": "office"})
    assert (found.status, asked(found.json)) == (200, ["Sofia Lindqvist"])
    assert found.json["rules"] is None
    assert found.json["member"]["name"] == "Lena Vogt"
    assert not Requisition.objects.exists()
    assert not Cart.objects.exists()


def test_near_misses_have_their_gap(lena: Caller) -> None:
    near = lena.post("/plans", {"amount": euro(400_000)}).json["near_misses"]
    assert near[0]["gap"] == euro(100_000)


def test_for_others_with_every_rule_true_or_false(ines: Caller, cast: Cast) -> None:
    wish = {
        "member": cast.member["lena"],
        "lines": [
            {"sku": "INF-SET", "quantity": 10},
            {"amount": euro(60_000), "category": "office"},
        ],
        "cost_center": cast.cost_center["meridian/4410"],
        "requested_on": "2026-12-24",
    }
    found = ines.post("/plans", wish).json
    assert {one["rule"]: one["holds"] for one in found["rules"]} == {
        "icu-over-500": True,
        "medical-devices": True,
        "finance": False,
    }
    devices = found["rules"][1]["condition"]
    assert (devices["kind"], devices["lines"]) == ("is", [1])
    assert found["rules"][2]["condition"]["found"].startswith("1,790.00")


def test_a_cart_and_a_draft(ines: Caller, lena: Caller, cast: Cast) -> None:
    cart = fill_cart(lena, cast)
    assert asked(lena.post("/plans", {"cart": cart}).json)
    mine = meridian(cast)
    tight = book(rule("tight", over(10_00), HEAD_ABOVE))
    wish = {"member": cast.member["lena"], "amount": euro(2_000), "rulebook": mine.pk}
    assert ines.post("/plans", wish).status == 404
    sent = ines.post("/plans", {**wish, "document": tight}).json
    save_draft(mine, document=tight, version=None, actor=cast.ines, now=cast.now)
    drafted = ines.post("/plans", wish).json
    assert asked(sent) == asked(drafted) == ["Rashid Haddad"]
    refused = lena.post("/plans", {"amount": euro(2_000), "rulebook": mine.pk})
    assert refused.status == 403


def test_budgets_are_for_those_who_may_see_them(lena: Caller, cast: Cast) -> None:
    wish = {"amount": euro(1_000), "cost_center": cast.cost_center["meridian/4410"]}
    assert lena.post("/plans", wish).json["budgets"]
    blind = key_of("meridian", "rule.manage")
    assert blind.post("/plans", {**wish, "member": cast.member["lena"]}).json["budgets"] == []


def test_a_company_key_names_the_member(cast: Cast) -> None:
    erp = key_of("meridian")
    refused = erp.post("/plans", {"amount": euro(1)})
    assert refused.json["errors"][0]["pointer"] == "/member"
    assert erp.post("/plans", {"amount": euro(1), "member": cast.member["lena"]}).status == 200
    weak = key_of("meridian", "audit.view")
    assert weak.post("/plans", {"amount": euro(1), "member": cast.member["lena"]}).status == 403


def test_others_and_strangers(lena: Caller, cast: Cast) -> None:
    wish = {"amount": euro(1), "member": cast.member["rashid"]}
    assert lena.post("/plans", wish).status == 403
    assert own_key_of(cast.odd).post("/plans", wish).status == 404
    assert own_key_of(cast.tomas).post("/plans", wish).status == 404


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        ({}, "/lines"),
        ({"lines": []}, "/lines"),
        ({"lines": [{"sku": "NO-SUCH"}]}, "/lines/0/sku"),
        ({"lines": [{"category": "office"}]}, "/lines/0/amount"),
        ({"lines": [{"amount": euro(1), "category": "no/such"}]}, "/lines/0/category"),
        ({"lines": [{"amount": euro(1), "ship_to": "adr_x"}]}, "/lines/0/ship_to"),
        ({"amount": euro(1), "cost_center": "cc_x"}, "/cost_center"),
        ({"amount": euro(1), "source": "telepathy"}, "/source"),
        ({"amount": euro(1), "currency": "PLN"}, "/lines/0/amount"),
        ({"amount": euro(1), "document": {}}, "/rulebook"),
        ({"amount": {"amount_minor": -1, "currency": "EUR"}}, "/amount/amount_minor"),
        ({"amount": euro(1), "requested_on": "soon"}, "/requested_on"),
        ({"lines": [{"sku": "GLV-M", "quantity": 0}]}, "/lines/0/quantity"),
    ],
)
def test_what_cannot_be_planned_says_where(
    lena: Caller, wish: dict[str, Any], pointer: str
) -> None:
    answer = lena.post("/plans", wish)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_somebody_who_left_orders_nothing(ines: Caller, cast: Cast) -> None:
    answer = ines.post("/plans", {"amount": euro(1), "member": cast.member["gone"]})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/member")


def test_the_statements_do_not_grow_with_the_lines(ines: Caller, cast: Cast) -> None:
    counts = set()
    for lines in (1, 60):
        wish = {
            "member": cast.member["lena"],
            "lines": [{"amount": euro(100), "category": "office"}] * lines,
        }
        ines.post("/plans", wish)
        with CaptureQueriesContext(connection) as captured:
            ines.post("/plans", wish)
        counts.add(len(captured))
    assert len(counts) == 1
