"""Placet as another shop's approval service: the shop's own lines, prices and cart."""

from __future__ import annotations

import json
from typing import Any

import pytest

from placet.budgets.models import Reservation
from placet.companies.models import Address, CostCenter, Member
from placet.jobs.verify import verify
from placet.orders.content import adds_up, read_content
from placet.orders.models import Order
from placet.requisitions.models import Requisition, Revision, StepAssignment
from placet.requisitions.own_matters import sentence_own_matter
from tests.api.caller import Caller, key_of
from tests.api.road import decide
from tests.api.shop import PROBE, SCREWS, SHOP_URL, ask, purchase, revised, send, sent
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_needs_no_approval_is_an_order_at_once_for_the_erp(shop: Caller, cast: Cast) -> None:
    body = purchase(cast)
    told = ask(shop, body)
    assert (told["verdict"], told["approvals"], told["plan_hash"] != "") == ("free", 0, True)
    # 250 screws at 9.99 the hundred, delivery, and 19 % on both: rounded once.
    assert told["goods"]["amount_minor"] == 24_98
    assert told["tax"]["amount_minor"] == 7_12
    assert told["total"]["amount_minor"] == 44_60
    assert not Requisition.objects.exists()
    assert not Reservation.objects.exists()
    made = sent(shop, {**body, "total_minor": 44_60})
    assert (made["status"], made["external_id"]) == ("ordered", "CART-88")
    erp = key_of("norden", "order.process")
    pending = erp.get("/orders?export_state=pending").json["data"]
    assert [order["requisition"] for order in pending] == [made["id"]]
    line = erp.get(f"/orders/{pending[0]['id']}").json["content"]["lines"][0]
    assert (line["sku"], line["name"], line["quantity"]) == ("SHOP-SCREW", "Screw M4 × 20", 250)
    taken = erp.post(f"/orders/{pending[0]['id']}/acknowledgements", {"erp_number": "SO-1"})
    assert taken.status == 201
    assert list(verify()) == []


def test_what_leaves_is_what_was_hashed_and_stands_in_no_catalog(shop: Caller, cast: Cast) -> None:
    made = sent(shop, purchase(cast, SCREWS, PROBE))
    row = Requisition.objects.get(pk=made["id"])
    content = read_content(row.revision.content)
    assert adds_up(content)
    assert {line.product for line in content.lines} == {""}
    assert content.source == "api"
    assert content.prices_held_until == ""
    assert (row.is_from_shop, row.shop_url, row.cart_id) == (True, SHOP_URL, "")
    assert row.requester_id == cast.member["lena"]
    assert list(verify()) == []


def test_rules_read_the_shops_categories_and_the_same_people_decide(
    shop: Caller, rashid: Caller, jonas: Caller, cast: Cast
) -> None:
    body = purchase(cast, {**PROBE, "quantity": 1, "unit_price_minor": 900_00})
    told = ask(shop, body)
    assert (told["verdict"], told["approvals"]) == ("approval", 2)
    made = sent(shop, body)
    assert made["status"] == "pending"
    decide(rashid, made)
    decide(jonas, made)
    row = Requisition.objects.get(pk=made["id"])
    assert row.status == "ordered"
    order = Order.objects.get(requisition_id=row.pk)
    assert bytes(order.content) == bytes(row.revision.content)
    assert list(verify()) == []


def test_the_shop_is_told_nothing_of_the_customers_own(shop: Caller, cast: Cast) -> None:
    body = purchase(cast, PROBE)
    told = ask(shop, body)
    made = sent(shop, body)
    seen = shop.get(f"/requisitions/{made['id']}").json
    for text in (json.dumps(told), json.dumps(made), json.dumps(seen)):
        for private in ("icu-over-500", "500.00", "Biomedical", "ICU consumables", "4410"):
            assert private not in text, private


def test_another_plan_or_content_than_was_shown_is_a_conflict_with_the_new_one(
    shop: Caller, cast: Cast
) -> None:
    body = purchase(cast)
    told = ask(shop, body)
    for change in (
        {"lines": [{**SCREWS, "quantity": 300}]},
        {"lines": [{**SCREWS, "name": "Screws of gold"}]},
        {"lines": [{**SCREWS, "tax_basis_points": 700}]},
        {"lines": [PROBE]},
    ):
        refused = shop.post("/requisitions", {**body, **change, "plan_hash": told["plan_hash"]})
        assert (refused.status, refused.json["code"]) == (409, "plan_changed")
        assert refused.json["plan"]["plan_hash"] not in ("", told["plan_hash"])
    assert not Requisition.objects.exists()


def test_a_purchase_is_posted_once(shop: Caller, cast: Cast) -> None:
    body = purchase(cast)
    told = ask(shop, body)
    body["plan_hash"] = told["plan_hash"]
    first = shop.post("/requisitions", body, idempotency_key="cart-88")
    again = shop.post("/requisitions", body, idempotency_key="cart-88")
    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    other = shop.post("/requisitions", body, idempotency_key="cart-88-again")
    assert (other.status, other.json["code"]) == (409, "external_id_taken")
    assert other.json["requisition"] == first.json["id"]
    assert Requisition.objects.count() == 1


def test_without_a_key_nothing_is_submitted(shop: Caller, cast: Cast) -> None:
    said = shop.send("POST", "/requisitions", purchase(cast))
    assert (said.status, said.json["code"]) == (400, "idempotency_key_required")


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"total_minor": 44_61}, "/total_minor", "totals_differ"),
        ({"currency": "euro"}, "/currency", "string_too_long"),
        ({"currency": "EU1"}, "/currency", "unknown"),
        ({"lines": []}, "/lines", "empty"),
        ({"lines": [SCREWS, SCREWS]}, "/lines/1/sku", "twice"),
        ({"lines": [{"sku": "X", "quantity": 1}]}, "/lines/0/unit_price_minor", "required"),
        ({"lines": [{**SCREWS, "name": " "}]}, "/lines/0/name", "required"),
        ({"lines": [{**SCREWS, "quantity": 0}]}, "/lines/0/quantity", "greater_than_equal"),
        ({"lines": [{**SCREWS, "price_quantity": 0}]}, "/lines/0/price_quantity", None),
        ({"lines": [{**SCREWS, "ship_to": "adr_no"}]}, "/lines/0/ship_to", "unknown"),
        ({"lines": [{**SCREWS, "parts": [{"quantity": 9}]}]}, "/lines/0/parts", "parts_differ"),
        ({"lines": [{**SCREWS, "references": {"x": "y"}}]}, "/lines/0/references/x", "unknown"),
        ({"cost_center": "9999"}, "/cost_center", "unknown"),
        ({"external_id": ""}, "/external_id", "required"),
        ({"shop_url": "http://shop.example/"}, "/shop_url", "address"),
        ({"shop_url": "https://a@shop.example/"}, "/shop_url", "address"),
        ({"shop_url": "https://:b@shop.example/"}, "/shop_url", "address"),
        ({"shop_url": 'https://shop.example/"onclick'}, "/shop_url", "address"),
        ({"shipping": [{"amount_minor": 1, "ship_to": "adr_no"}]}, "/shipping/0/ship_to", None),
        ({"terms": "net_365"}, "/terms", "not_offered"),
        ({"references": {"x": "y"}}, "/references/x", "unknown"),
        ({"member": ""}, "/member", "required"),
    ],
)
def test_what_does_not_fit_is_pointed_at(
    shop: Caller, cast: Cast, change: dict[str, Any], pointer: str, code: str | None
) -> None:
    body = {**purchase(cast), "plan_hash": "x", **change}
    said = shop.post("/requisitions", body)
    assert said.status == 422, said.json
    assert said.json["errors"][0]["pointer"] == pointer
    assert code in (None, said.json["errors"][0]["code"])
    assert not Requisition.objects.exists()


def test_a_name_that_two_places_have_names_neither(shop: Caller, cast: Cast) -> None:
    dock = Address.objects.get(pk=cast.address["ICU dock"])
    Address.objects.filter(pk=dock.pk).update(external_id="DOCK")
    assert ask(shop, purchase(cast, ship_to="DOCK"))["verdict"] == "free"
    other = Address.objects.filter(company=dock.company, kind="ship_to").exclude(pk=dock.pk)[0]
    Address.objects.filter(pk=other.pk).update(external_id="DOCK", unit=None, member=None)
    refused = shop.post("/requisitions?dry_run=true", purchase(cast, ship_to="DOCK"))
    assert refused.status == 422
    (fault,) = refused.json["errors"]
    assert (fault["pointer"], fault["code"]) == ("/ship_to", "ambiguous")
    assert ask(shop, purchase(cast))["verdict"] == "free"


def test_a_code_that_is_another_ones_external_id_names_neither(shop: Caller, cast: Cast) -> None:
    named = CostCenter.objects.get(company_id=cast.company["meridian"], code="4410")
    other = CostCenter.objects.filter(company=named.company).exclude(pk=named.pk)[0]
    CostCenter.objects.filter(pk=other.pk).update(external_id="4410", unit=None)
    refused = shop.post("/requisitions?dry_run=true", purchase(cast))
    (fault,) = refused.json["errors"]
    assert (fault["pointer"], fault["code"]) == ("/cost_center", "ambiguous")
    assert ask(shop, purchase(cast, cost_center=named.pk))["verdict"] == "free"


def test_only_the_store_says_what_something_costs(
    meridian: Caller, lena: Caller, shop: Caller, cast: Cast
) -> None:
    stated = purchase(cast)
    refused = lena.post("/requisitions", {**stated, "shop_url": "", "plan_hash": "x"})
    assert refused.status == 422
    assert refused.json["errors"][0]["code"] == "price_by_supplier"
    without = key_of("norden", "order.process", "order.on_behalf")
    assert without.post("/requisitions", {**stated, "plan_hash": "x"}).status == 403
    # Nor does it hear who is a member of a customer.
    for nobody in ("mem_nobody", "nobody@meridian.example"):
        said = without.post("/requisitions", {**stated, "member": nobody, "customer": "cmp_x"})
        assert said.status == 403
    assert meridian.post("/requisitions", {**stated, "plan_hash": "x"}).status == 403
    stranger = shop.post("/requisitions", {**stated, "member": cast.member["tomas"]})
    assert stranger.status == 404


def test_a_program_of_the_customers_orders_by_sku_at_the_catalogs_prices(
    lena: Caller, cast: Cast
) -> None:
    body = {
        "currency": "EUR",
        "ship_to": cast.address["ICU dock"],
        "cost_center": "4410",
        "lines": [{"sku": "GLV-M", "quantity": 20}],
    }
    plan = lena.post("/requisitions?dry_run=true", body)
    assert (plan.status, plan.json["object"], plan.json["outcome"]) == (200, "plan", "free")
    made = lena.post("/requisitions", {**body, "plan_hash": plan.json["hash"]})
    assert (made.status, made.json["status"]) == (201, "ordered")
    assert made.json["current"]["content"]["lines"][0]["product"]
    assert list(verify()) == []


def test_the_buyer_of_a_shop_is_named_as_the_shop_knows_them(shop: Caller, cast: Cast) -> None:
    company = Requisition._meta.get_field("company").related_model.objects.get(slug="meridian")
    body = purchase(cast, member="lena@meridian.example", customer=company.pk)
    found = shop.post("/requisitions?dry_run=true", body)
    assert found.status == 200, found.json
    other = shop.post("/requisitions?dry_run=true", {**body, "customer": "nobody"})
    assert other.status == 404
    alone = shop.post("/requisitions?dry_run=true", {**body, "customer": ""})
    assert alone.status == 404


def test_the_shop_posts_it_again_after_changes_were_asked_for(
    shop: Caller, rashid: Caller, lena: Caller, cast: Cast
) -> None:
    body = purchase(cast, {**SCREWS, "quantity": 10_000})
    made = sent(shop, body)
    decide(rashid, made, "request_changes", reason="Half of it will do.")
    assert shop.get(f"/requisitions/{made['id']}").json["status"] == "changes_requested"
    assert lena.post(f"/requisitions/{made['id']}/edits").status == 403
    said = revised(shop, made, purchase(cast, {**SCREWS, "quantity": 6_000}))
    assert said.status == 201, said.json
    assert said.json["status"] == "pending"
    row = Requisition.objects.get(pk=made["id"])
    assert Revision.objects.filter(requisition=row).count() == 2
    decide(rashid, {"id": row.pk})
    assert Order.objects.get(requisition_id=row.pk).goods_minor == 599_40
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "Bottle of wine"}, ("name", PROBE["name"], "Bottle of wine")),
        ({"pack": "case"}, ("pack", "piece", "case")),
        (
            {"category": "medical-devices/wine"},
            ("category", "medical-devices/imaging", "medical-devices/wine"),
        ),
        ({"tax_basis_points": 2500}, ("tax_rate", "19 %", "25 %")),
    ],
)
def test_another_thing_under_the_same_sku_is_approved_anew_and_shown(
    shop: Caller, rashid: Caller, lena: Caller, cast: Cast, change: Any, told: tuple[str, str, str]
) -> None:
    probe = {**PROBE, "quantity": 1, "unit_price_minor": 900_00}
    made = sent(shop, purchase(cast, probe))
    decide(rashid, made)
    same = revised(shop, made, purchase(cast, {**probe, "unit_price_minor": 899_00}))
    assert len([one for one in same.json["steps"] if one["status"] == "approved"]) == 1
    other = revised(shop, made, purchase(cast, {**probe, **change, "unit_price_minor": 899_00}))
    assert other.status == 201, other.json
    assert not [one for one in other.json["steps"] if one["status"] == "approved"]
    seen = lena.get(f"/requisitions/{made['id']}/revisions/3/difference").json
    (fields,) = [line["fields"] for line in seen["lines"]]
    assert told in [(one["field"], one["before"], one["after"]) for one in fields]
    assert list(verify()) == []


def test_the_ids_of_a_shop_and_of_the_companys_own_programs_are_two_worlds(
    shop: Caller, lena: Caller, cast: Cast
) -> None:
    own = {
        "external_id": "CART-88",
        "currency": "EUR",
        "ship_to": cast.address["ICU dock"],
        "cost_center": "4410",
        "lines": [{"sku": "GLV-M", "quantity": 20}],
    }
    plan = lena.post("/requisitions?dry_run=true", own)
    mine = lena.post("/requisitions", {**own, "plan_hash": plan.json["hash"]})
    assert mine.status == 201, mine.json
    theirs = sent(shop, purchase(cast))
    assert (theirs["external_id"], theirs["id"] != mine.json["id"]) == ("CART-88", True)
    again = send(shop, purchase(cast))
    assert (again.status, again.json["requisition"]) == (409, theirs["id"])
    assert mine.json["number"] not in again.json["detail"]


def test_what_became_an_order_is_changed_by_the_shop_and_approved_anew(
    shop: Caller, rashid: Caller, cast: Cast
) -> None:
    made = sent(shop, purchase(cast))
    said = revised(shop, made, purchase(cast, {**SCREWS, "quantity": 10_000}))
    assert (said.status, said.json["status"]) == (201, "pending")
    assert Order.objects.get().status == "changing"
    decide(rashid, made)
    order = Order.objects.get()
    assert (order.status, order.goods_minor) == ("unprocessed", 999_00)
    assert list(verify()) == []


def test_nobody_but_the_shop_posts_it_again(
    shop: Caller, lena: Caller, rashid: Caller, cast: Cast
) -> None:
    made = sent(shop, purchase(cast, PROBE))
    body = {key: value for key, value in purchase(cast).items() if key != "member"}
    body.pop("external_id")
    for who in (lena, rashid):
        said = who.post(f"/requisitions/{made['id']}/revisions", {**body, "plan_hash": "x"})
        assert said.status == 403


def test_every_later_action_answers_in_words(
    shop: Caller, lena: Caller, rashid: Caller, cast: Cast
) -> None:
    made = sent(shop, purchase(cast, PROBE))
    address = f"/requisitions/{made['id']}"
    step = StepAssignment.objects.get(requisition_id=made["id"], is_open=True).step_id
    shown = next(one for one in rashid.get(address).json["steps"] if one["id"] == step)
    assert {"lower_lines", "suggest"} <= {one["action"] for one in shown["closed_actions"]}
    fewer = rashid.post(
        f"/steps/{step}/decisions",
        {
            "decision": "approve",
            "revision_hash": made["content_hash"],
            "reason": "One will do",
            "line_decisions": [{"line": 1, "quantity": 1}],
        },
    )
    assert (fewer.status, fewer.json["code"]) == (403, "forbidden")
    assert lena.get(f"{address}/evidence").status == 200
    assert lena.get(f"{address}/revisions").status == 200
    assert lena.post(f"{address}/comments", {"text": "When?", "line": 1}).status == 201
    assert lena.post(f"{address}/withdrawals").json["status"] == "withdrawn"
    again = lena.post(f"{address}/rebuilds")
    assert (again.status, "shop" in again.json["detail"]) == (403, True)
    assert lena.post(f"{address}/reorders", {}).status == 403
    assert shop.get(address).json["status"] == "withdrawn"
    assert not Reservation.objects.filter(status="open").exists()
    assert list(verify()) == []


def test_an_admin_plans_it_again_by_the_rules_of_today(
    shop: Caller, rashid: Caller, meridian: Caller, cast: Cast
) -> None:
    made = sent(shop, purchase(cast, {**PROBE, "tags": ["imaging"], "restricted": True}))
    admin = meridian.acting_for(cast.member["ines"])
    said = admin.post(f"/requisitions/{made['id']}/replans", {"reason": "New rules"})
    assert (said.status, said.json["status"]) == (201, "pending"), said.json
    assert said.json["content_hash"] == made["content_hash"]
    assert list(verify()) == []


def test_blocked_by_the_customers_own_rules_says_no_more_than_that(
    shop: Caller, cast: Cast
) -> None:
    body = purchase(cast, PROBE)
    shown = ask(shop, body)
    Member.objects.filter(company_id=cast.company["meridian"]).exclude(
        pk=cast.member["lena"]
    ).update(status=Member.Status.DEACTIVATED)
    told = ask(shop, body)
    assert (told["verdict"], told["plan_hash"], told["approvals"]) == ("blocked", "", 0)
    assert told["reasons"] == []
    assert told["sentence"] == sentence_own_matter()
    for plan_hash in (shown["plan_hash"], told["plan_hash"]):
        refused = shop.post("/requisitions", {**body, "plan_hash": plan_hash})
        assert (refused.status, refused.json["code"]) == (409, "plan_changed")
        assert refused.json["plan"]["verdict"] == "blocked"
        assert refused.json["plan_hash"] == refused.json["plan"]["plan_hash"] == ""
        for private in ("Nobody", "500.00", "4410", "Rashid", "Biomedical"):
            assert private not in json.dumps(refused.json), private
    assert not Requisition.objects.exists()
    assert not Reservation.objects.exists()
