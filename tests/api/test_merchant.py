"""What the merchant may see of a customer: lines, ship-to, PO number, names and times; no more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from placet.budgets.models import Budget
from placet.events.actions import place_events
from placet.rulebooks.actions import create_rulebook, publish_rulebook
from tests.api.caller import Caller, own_key_of
from tests.api.road import decide, fill_cart, order_of, submit
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CANARY = "canary-7c1f"


@pytest.fixture
def requisition(lena: Caller, rashid: Caller, cast: Cast) -> Any:
    """A purchase whose every private word is a canary."""
    Budget.objects.update(name=f"{CANARY} budget")
    cart_id = fill_cart(lena, cast)
    lena.post(f"/carts/{cart_id}/comments", {"text": f"{CANARY} comment"})
    changed = lena.patch(f"/carts/{cart_id}", {"justification": f"{CANARY} why"}, if_match="*")
    assert changed.status == 200
    made = submit(lena, cart_id)
    decide(rashid, made, reason=f"{CANARY} approval note")
    return made


def everything(merchant: Caller, *paths: str) -> str:
    """All that the merchant reads at these addresses, as one text."""
    answers = [merchant.get(path) for path in paths]
    assert {one.status for one in answers} == {200}
    return json.dumps([one.json for one in answers], ensure_ascii=False)


def test_before_the_order_the_merchant_sees_what_it_will_deliver(
    requisition: Any, norden: Caller, cast: Cast
) -> None:
    address = f"/requisitions/{requisition['id']}"
    shown = norden.get(address).json
    assert shown["po_number"] == "PR-88121"
    assert shown["content_hash"] == requisition["content_hash"]
    assert [line["sku"] for line in shown["current"]["content"]["lines"]] == ["GLV-M", "INF-SET"]
    assert shown["current"]["content"]["ship_tos"][0]["name"] == "ICU dock"
    answered = [one for step in shown["steps"] for one in step["decisions"]]
    assert [(one["member"]["name"], one["decision"]) for one in answered] == [
        ("Rashid Haddad", "approve")
    ]
    assert answered[0]["effective_at"]


def test_and_nothing_that_is_the_companys_own(
    requisition: Any, lena: Caller, jonas: Caller, norden: Caller, cast: Cast
) -> None:
    address = f"/requisitions/{requisition['id']}"
    awaiting = everything(
        norden, "/requisitions", address, f"{address}/revisions", f"{address}/revisions/1",
        f"{address}/decisions",
    )  # fmt: skip
    decide(jonas, requisition)
    place_events()
    order = order_of(lena, requisition)
    ordered = everything(norden, "/orders", f"/orders/{order['id']}", "/events?limit=200")
    for text in (awaiting, ordered):
        assert "Rashid" in text or "ORD-" in text
        for private in (CANARY, "4410", "ICU consumables", "500.00", "Biomedical engineering"):
            assert private not in text, private
        assert cast.cost_center["meridian/4410"] not in text
        assert "budget" not in text.casefold()


def test_the_company_sees_its_own_words(requisition: Any, lena: Caller) -> None:
    """So that the canaries above are known to sing where they may."""
    address = f"/requisitions/{requisition['id']}"
    cart = lena.get("/carts?status=submitted").json["data"][0]
    text = everything(
        lena, address, f"{address}/decisions", f"{address}/evidence", "/budgets",
        f"/carts/{cart['id']}/comments",
    )  # fmt: skip
    for private in ("budget", "comment", "why", "approval note"):
        assert f"{CANARY} {private}" in text
    assert "4410" in text


def test_the_evidence_is_the_companys_own(requisition: Any, norden: Caller) -> None:
    assert norden.get(f"/requisitions/{requisition['id']}/evidence").status == 403


def test_what_changed_is_told_to_the_merchant_without_the_cost_centre(
    lena: Caller, norden: Caller, cast: Cast
) -> None:
    requisition = submit(lena, fill_cart(lena, cast))
    address = f"/requisitions/{requisition['id']}"
    cart = lena.post(f"{address}/edits", {}).json
    moved = {"cost_center": cast.cost_center["meridian/9000"], "justification": f"{CANARY} why"}
    assert lena.patch(f"/carts/{cart['id']}", moved, if_match="*").status == 200
    line = f"/carts/{cart['id']}/lines/{cart['lines'][0]['id']}"
    assert lena.patch(line, {"quantity": 30}, if_match="*").status == 200
    look = lena.post(f"{address}/revisions", {"dry_run": True}).json
    made = lena.post(f"{address}/revisions", {"plan_hash": look["plan_hash"]})
    assert made.status == 201, made.json
    changed = f"{address}/revisions/2/difference"
    own, told = lena.get(changed).json, norden.get(changed).json
    for private in ("cost_center", "4410", "9000", CANARY):
        assert private in json.dumps(own)
        assert private not in json.dumps(told)
    assert [(one["sku"], one["quantity"]) for one in told["lines"]] == [("GLV-M", 30)]


def test_the_suppliers_people_keep_their_names_towards_the_customer(
    lena: Caller, cast: Cast
) -> None:
    step = {"approvers": [{"select": "merchant_role", "role": "store_manager"}], "rank": 10}
    anything = {"amount_minor": 0, "currency": "EUR"}
    every = {
        "id": "look",
        "name": {"en": "Look"},
        "when": {"field": "purchase.goods", "op": ">", "value": anything},
        "then": {"effect": "require", "steps": [step]},
    }
    rules = create_rulebook(name="Norden's rules", side="merchant", actor=cast.odd, now=cast.now)
    document = {"format": 1, "side": "merchant", "default": "free", "rules": [every]}
    publish_rulebook(rules, document=document, actor=cast.odd, now=cast.now)
    made = submit(lena, fill_cart(lena, cast, "GLV-M 10\n"))
    mira = own_key_of(cast.mira)
    said = decide(mira, made)
    assert said["member"] == {"member": cast.member["mira"], "name": cast.mira.name}
    address = f"/requisitions/{made['id']}"
    paths = (address, f"{address}/decisions", f"{address}/evidence", f"/decisions/{said['id']}")
    assert cast.mira.name not in everything(lena, *paths)
    shown = lena.get(address).json["steps"][0]["decisions"][0]
    assert (shown["decision"], shown["member"]) == (
        "approve",
        {"member": "", "name": "Norden Supply"},
    )


def test_why_an_order_failed_stays_with_the_merchant(
    requisition: Any, lena: Caller, jonas: Caller, norden: Caller
) -> None:
    decide(jonas, requisition)
    order = order_of(lena, requisition)
    address = f"/orders/{order['id']}"
    failed = norden.post(f"{address}/failures", {"reason": "No such customer in the ERP"})
    assert (failed.status, failed.json["export_state"]) == (201, "failed")
    assert norden.get("/orders?export_state=failed").json["data"][0]["failure"]
    assert lena.get(address).json["failure"] == ""
    again = norden.post(f"{address}/retries")
    assert (again.status, again.json["export_state"]) == (201, "pending")
    assert norden.post(f"{address}/retries").status == 409
