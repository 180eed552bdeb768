"""The address that a dry run answers: the whole plan, for the buyer alone, signed in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils.html import escape

from placet.companies.models import Address, User
from placet.events.canonical import sha256
from placet.policy.codec import from_json, to_json
from placet.requisitions.models import Requisition, StepAssignment
from placet.requisitions.posting.showing import LIFETIME, SALT
from placet.requisitions.posting.values import (
    PostedLine,
    PostedPart,
    PostedProduct,
    PostedPurchase,
    PostedShipping,
)
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.api.caller import Caller, own_key_of
from tests.api.road import decide
from tests.api.shop import PROBE, SCREWS, SHOP_URL, ask, purchase, revised, sent
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN

pytestmark = pytest.mark.django_db


def test_the_buyer_sees_all_of_the_plan_signed_in_and_nobody_else_does(
    shop: Caller, cast: Cast
) -> None:
    told = ask(shop, purchase(cast, PROBE))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    lena = page_of("lena", cast, path)
    assert lena.status_code == 200
    text = lena.content.decode()
    for shown in ("Ultrasound probe C5", "Rashid Haddad", "Biomedical engineering"):
        assert shown in text, shown
    assert page_of("rashid", cast, path).status_code == 404
    assert page_of("lena", cast, path[:-9] + "x" + path[-8:]).status_code == 404
    assert Client().get(path).status_code == 302
    assert not Requisition.objects.exists()


def test_the_page_leads_back_to_the_shop_that_stated_it_and_names_its_host(
    shop: Caller, cast: Cast
) -> None:
    back = "https://till.norden.example:8443/carts/88?step=3&x=%22"
    for said, address, host in (
        ({}, SHOP_URL, "shop.norden.example"),
        ({"return_url": back}, back, "till.norden.example:8443"),
    ):
        told = ask(shop, purchase(cast, PROBE, **said))
        text = page_of("lena", cast, path_of(told)).content.decode()
        assert f'href="{escape(address)}" rel="noopener noreferrer nofollow"' in text
        assert f"Back to {host}" in text
    nowhere = page_of("lena", cast, path_of(ask(shop, purchase(cast, PROBE, shop_url=""))))
    assert (nowhere.status_code, "Back to" in nowhere.content.decode()) == (200, False)


@pytest.mark.parametrize(
    "address",
    [
        "http://shop.norden.example/",
        "//shop.norden.example/",
        "/c/meridian/",
        "javascript:alert(1)",
        "https://me:secret@shop.norden.example/",
        "https://shop.norden.example\\@evil.example/",
        'https://shop.norden.example/"><script>',
        "https://",
    ],
)
def test_no_other_address_is_a_way_back(shop: Caller, cast: Cast, address: str) -> None:
    body = purchase(cast, PROBE, return_url=address)
    said = shop.post("/requisitions?dry_run=true", body)
    assert (said.status, said.json["errors"][0]["pointer"]) == (422, "/return_url"), said.json


def test_a_program_of_the_customers_states_no_way_back(cast: Cast) -> None:
    own = own_key_of(cast.lena)
    body = {
        "currency": "EUR",
        "lines": [{"sku": "GLV-M", "quantity": 20}],
        "ship_to": cast.address["ICU dock"],
        "return_url": "https://evil.example/",
    }
    said = own.post("/requisitions?dry_run=true", body)
    assert (said.status, said.json["errors"][0]["pointer"]) == (422, "/return_url"), said.json


def test_an_address_of_the_version_before_opens_without_a_way_back(cast: Cast) -> None:
    line = PostedLine("SHOP-1", 1, PostedProduct("Wipes", 9_99))
    posted = PostedPurchase("EUR", (line,), ship_to=cast.address["ICU dock"], cost_center="4410")
    told = [cast.member["lena"], (cast.now + LIFETIME).isoformat(), to_json(posted)]
    token = signing.dumps(told, salt=SALT, compress=True)
    text = page_of("lena", cast, f"/c/meridian/shop-plan/{token}/").content.decode()
    assert ("Wipes" in text, "Back to" in text) == (True, False)


def test_a_plan_that_no_longer_fits_is_told_in_a_sentence(shop: Caller, cast: Cast) -> None:
    told = ask(shop, purchase(cast, PROBE))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    assert page_of("lena", cast, path).status_code == 200
    Address.objects.filter(pk=cast.address["ICU dock"]).update(closed_at=cast.now)
    gone = page_of("lena", cast, path)
    text = gone.content.decode()
    assert gone.status_code == 404
    assert "There is no such place or cost centre in reach of the buyer." in text
    assert "Your shop can show you the new one." in text


def test_a_plan_without_its_only_place_is_told_in_a_sentence(shop: Caller, cast: Cast) -> None:
    dock = cast.address["ICU dock"]
    Address.objects.filter(kind="ship_to").exclude(pk=dock).update(closed_at=cast.now)
    told = ask(shop, purchase(cast, PROBE, ship_to=""))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    assert page_of("lena", cast, path).status_code == 200
    Address.objects.filter(pk=dock).update(closed_at=cast.now)
    gone = page_of("lena", cast, path)
    assert gone.status_code == 404
    assert "Say where it should be delivered." in gone.content.decode()


def test_a_plan_without_rules_to_plan_by_is_told_in_a_sentence(shop: Caller, cast: Cast) -> None:
    told = ask(shop, purchase(cast, PROBE))
    path = "/c/meridian/shop-plan/" + told["plan_url"].partition("/shop-plan/")[2]
    Rulebook.objects.update(published=None)
    gone = page_of("lena", cast, path)
    assert (gone.status_code, "Your shop can show you" in gone.content.decode()) == (404, True)
    blocked = ask(shop, purchase(cast, PROBE))
    assert (blocked["verdict"], blocked["plan_hash"], blocked["plan_url"]) == ("blocked", "", None)


def test_what_stands_in_the_address_is_what_was_posted() -> None:
    product = PostedProduct("Wipes", 9_99, 100, 1900, tags=("wet", "blue"), is_restricted=True)
    parts = (PostedPart(1, ship_to="A", need_by_on=date(2026, 12, 1)), PostedPart(2))
    line = PostedLine("W", 3, product, parts=parts, references={"room": "12"})
    posted = PostedPurchase(
        "EUR",
        (line, PostedLine("X", 1, need_by_on=date(2026, 12, 2))),
        references={"ward": "ICU"},
        requested_on=date(2026, 12, 3),
        shipping=(PostedShipping(9_90, "A"),),
        total_minor=12,
    )
    assert from_json(PostedPurchase, json.loads(json.dumps(to_json(posted)))) == posted


def test_a_long_cart_has_no_address_and_is_planned_all_the_same(shop: Caller, cast: Cast) -> None:
    lines = [
        {**SCREWS, "sku": sha256(str(n).encode()), "name": sha256(f"{n}!".encode())}
        for n in range(80)
    ]
    told = ask(shop, purchase(cast, *lines))
    assert (told["plan_url"], told["verdict"]) == (None, "approval")


def test_a_refused_revision_tells_of_as_many_approvals_as_the_dry_run(
    shop: Caller, rashid: Caller, cast: Cast
) -> None:
    made = sent(shop, purchase(cast, PROBE))
    step = StepAssignment.objects.get(requisition_id=made["id"], is_open=True).step_id
    asked = {"member": cast.member["helena"], "note": "Look at the probe"}
    added = rashid.post(f"/steps/{step}/approvers", asked)
    assert added.status == 201, added.json
    again = {**purchase(cast, PROBE), "po_number": "PR-88122"}
    del again["member"], again["external_id"]
    address = f"/requisitions/{made['id']}/revisions"
    told = shop.post(f"{address}?dry_run=true", again).json
    refused = shop.post(address, {**again, "plan_hash": "x"})
    assert (refused.status, refused.json["code"]) == (409, "plan_changed")
    shown = refused.json["plan"]
    assert told["approvals"] == shown["approvals"] == len(made["steps"]) + 1
    assert told["plan_hash"] == shown["plan_hash"]


@pytest.mark.parametrize(("field", "kept"), [("purchase.total", 0), ("purchase.goods", 1)])
def test_tax_on_delivery_alone_is_approved_anew_where_the_rule_reads_it(
    shop: Caller, rashid: Caller, cast: Cast, field: str, kept: int
) -> None:
    over = {"field": field, "op": ">", "value": {"amount_minor": 5_00, "currency": "EUR"}}
    rule = {
        "id": "all-of-it",
        "name": {"en": "All of it"},
        "when": over,
        "then": {
            "effect": "require",
            "steps": [{"approvers": [{"select": "head", "levels_up": 1}], "rank": 10}],
        },
    }
    rulebook = Rulebook.objects.get(company_id=cast.company["meridian"])
    document = {**MERIDIAN, "rules": [rule, MERIDIAN["rules"][1]]}
    actor = system_of(rulebook.company)
    publish_rulebook(rulebook, document=document, actor=actor, now=cast.now)
    body = purchase(cast, PROBE, shipping_tax_basis_points=0)
    made = sent(shop, body)
    decide(rashid, made)
    dearer = revised(shop, made, {**body, "shipping_tax_basis_points": 10_000}).json
    assert len([one for one in dearer["steps"] if one["status"] == "approved"]) == kept
    assert dearer["status"] == "pending"


def path_of(told: Any) -> str:
    """The address of the page, on this host."""
    return "/c/meridian/shop-plan/" + str(told["plan_url"].partition("/shop-plan/")[2])


def page_of(who: str, cast: Cast, path: str) -> Any:
    """A page as somebody of the cast sees it."""
    client = Client()
    client.force_login(User.objects.get(pk=cast.user[who]))
    return client.get(path)
