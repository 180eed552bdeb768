"""The golden path through the API: from a pasted list to an order that the ERP took over."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from placet.events.actions import place_events
from placet.requisitions.actions import apply_due_decisions
from placet.requisitions.models import Requisition
from tests.api.caller import Caller
from tests.api.road import decide, fill_cart, order_of, submit
from tests.cast import Cast
from tests.requisitions.road import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def requisition(lena: Caller, cast: Cast) -> Any:
    """Lena's purchase on its way to Rashid."""
    return submit(lena, fill_cart(lena, cast))


def test_what_is_pasted_is_reported_row_by_row(lena: Caller, cast: Cast) -> None:
    cart = lena.post("/carts", {"name": "Week 48"}).json
    report = lena.post(f"/carts/{cart['id']}/pastes", {"text": "GLV-M 5\nGLV-OLD 2\nNO-SUCH 1"})
    assert report.status == 201
    assert [row["outcome"] for row in report.json["rows"]] == ["ok", "substituted", "unknown"]
    assert (report.json["found"], report.json["substituted"], report.json["failed"]) == (1, 1, 1)
    lines = lena.get(f"/carts/{cart['id']}").json["lines"]
    assert [(line["sku"], line["quantity"]) for line in lines] == [("GLV-M", 7)]
    assert lines[0]["unit_price"] == {"amount_minor": 800, "currency": "EUR", "price_quantity": 1}


def test_the_plan_says_who_and_why_before_submitting(lena: Caller, cast: Cast) -> None:
    plan = lena.get(f"/carts/{fill_cart(lena, cast)}/plan").json
    assert plan["outcome"] == "approval"
    assert plan["headline"] == "Needs 2 approvals"
    assert [step["who"] for step in plan["steps"]] == ["Rashid Haddad", "Biomedical engineering"]
    assert plan["steps"][0]["quorum"] == {"any": 1}
    assert "500.00" in plan["steps"][0]["reasons"][0]["sentence"]
    assert plan["steps"][0]["reasons"][0]["facts"][0]["wanted"] == 50000
    assert [miss["who"] for miss in plan["near_misses"]] == ["Finance"]
    assert plan["near_misses"][0]["gap"]["amount_minor"] == 500_000 - plan["total"]["amount_minor"]
    assert plan["budgets"][0]["this"] == plan["total"]


def test_lenas_order_needs_rashid_and_then_biomed_and_exists_once(
    lena: Caller, rashid: Caller, jonas: Caller, norden: Caller, requisition: Any
) -> None:
    assert requisition["number"].startswith("REQ-")
    assert requisition["sentence"].startswith("Waiting for Rashid Haddad")
    assert norden.get("/orders").json["data"] == []
    assert [one["id"] for one in norden.get("/requisitions").json["data"]] == [requisition["id"]]
    assert decide(rashid, requisition)["outcome"] == "applied"
    assert order_count(norden) == 0
    decide(jonas, requisition)
    order = order_of(lena, requisition)
    assert order["content_hash"] == requisition["content_hash"]
    assert order["content"] == requisition["current"]["content"]
    assert order_count(norden) == 1
    assert norden.get("/requisitions").json["data"] == []


def test_the_erp_pulls_acknowledges_and_lena_sees_its_number(
    lena: Caller, rashid: Caller, jonas: Caller, norden: Caller, requisition: Any
) -> None:
    for approver in (rashid, jonas):
        decide(approver, requisition)
    pending = norden.get("/orders?export_state=pending").json["data"]
    assert [one["requisition"] for one in pending] == [requisition["id"]]
    address = f"/orders/{pending[0]['id']}/acknowledgements"
    taken = norden.post(address, {"erp_number": "SO-4711"})
    assert (taken.status, taken.json["export_state"]) == (201, "acknowledged")
    assert norden.post(address, {"erp_number": "SO-4711"}).status == 201
    other = norden.post(address, {"erp_number": "SO-4712"})
    assert (other.status, other.json["code"]) == (409, "already_acknowledged")
    assert norden.get("/orders?export_state=pending").json["data"] == []
    assert order_of(lena, requisition)["erp_number"] == "SO-4711"


def test_one_address_holds_the_evidence(
    lena: Caller, rashid: Caller, jonas: Caller, requisition: Any
) -> None:
    for approver in (rashid, jonas):
        decide(approver, requisition)
    proof = lena.get(f"/requisitions/{requisition['id']}/evidence").json
    assert proof["is_intact"] is True
    assert [one["channel"] for one in proof["decisions"]] == ["api", "api"]
    assert {one["content_hash"] for one in proof["decisions"]} == {requisition["content_hash"]}
    assert proof["order"]["content_hash"] == requisition["content_hash"]
    assert proof["revisions"][0]["rules"][0]["version"] == 1
    assert [one["type"] for one in proof["events"]][:1] == ["requisition.submitted"]


def test_the_evidence_tells_what_may_be_undone_to_its_author_alone(
    lena: Caller, rashid: Caller, requisition: Any, cast: Cast
) -> None:
    found = Requisition.objects.get(pk=requisition["id"])
    held = answer(found, "approve", actor=cast.rashid, now=cast.now)
    address = f"/requisitions/{requisition['id']}/evidence"
    assert held.pk in json.dumps(rashid.get(address).json)
    assert held.pk not in json.dumps(lena.get(address).json)
    apply_due_decisions(now=cast.now + timedelta(seconds=11))
    assert held.pk in json.dumps(lena.get(address).json)


def test_both_sides_catch_up_on_events_by_position(
    lena: Caller, rashid: Caller, jonas: Caller, ines: Caller, norden: Caller, requisition: Any
) -> None:
    for approver in (rashid, jonas):
        decide(approver, requisition)
    place_events()
    seen: list[str] = []
    position = 0
    while True:
        page = norden.get(f"/events?after={position}&limit=2").json
        seen += [one["type"] for one in page["data"] if one["data"]["company"] != norden_id(norden)]
        position = page["next_position"]
        if not page["has_more"]:
            break
    assert seen == [
        "requisition.submitted",
        "requisition.approved",
        "order.created",
        "requisition.ordered",
    ]
    own = ines.get("/events?limit=200").json["data"]
    assert {"cart.created", "decision.applied", "order.created"} <= {one["type"] for one in own}
    assert lena.get("/events").status == 403


def test_rejecting_needs_a_reason_and_ends_it(
    lena: Caller, rashid: Caller, requisition: Any
) -> None:
    step = rashid.get("/steps").json["data"][0]
    said = {"decision": "reject", "revision_hash": step["revision_hash"]}
    refused = rashid.post(f"/steps/{step['id']}/decisions", said)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/reason")
    decide(rashid, requisition, "reject", reason="We have enough.")
    shown = lena.get(f"/requisitions/{requisition['id']}").json
    assert shown["status"] == "rejected"
    assert "We have enough." in shown["sentence"]
    assert shown["allowed_actions"] == []
    assert {one["action"]: one["code"] for one in shown["closed_actions"]}["withdraw"] == "ended"


def test_lena_withdraws_and_submits_again(lena: Caller, cast: Cast, requisition: Any) -> None:
    assert requisition["allowed_actions"] == ["withdraw"]
    gone = lena.post(f"/requisitions/{requisition['id']}/withdrawals")
    assert (gone.status, gone.json["status"]) == (201, "withdrawn")
    again = lena.post(f"/requisitions/{requisition['id']}/withdrawals")
    assert again.status == 409
    cart = lena.get("/carts").json["data"][0]
    assert submit(lena, cart["id"])["number"] != requisition["number"]


def test_the_question_on_a_line_is_answered_and_resolved(
    lena: Caller, meridian: Caller, cast: Cast
) -> None:
    cart_id = fill_cart(lena, cast)
    line = lena.get(f"/carts/{cart_id}").json["lines"][1]
    asked = lena.post(
        f"/carts/{cart_id}/comments", {"text": "@Pavel right connector?", "line": line["id"]}
    )
    assert asked.json["mentions"] == [cast.member["pavel"]]
    pavel = meridian.acting_for(cast.member["pavel"])
    pavel.post(f"/carts/{cart_id}/comments", {"text": "Yes, Luer lock.", "line": line["id"]})
    said = lena.get(f"/carts/{cart_id}/comments").json["data"]
    assert [one["author"]["name"] for one in said] == ["Lena Vogt", "Pavel Novák"]
    assert {one["line"] for one in said} == {line["id"]}
    assert lena.post(f"/carts/{cart_id}/resolutions", {"line": line["id"]}).status == 201
    assert lena.post(f"/carts/{cart_id}/resolutions", {"line": line["id"]}).status == 409


def order_count(merchant: Caller) -> int:
    """How many orders the merchant has to work on."""
    return len(merchant.get("/orders?export_state=pending").json["data"])


def norden_id(merchant: Caller) -> str:
    """The merchant's own id."""
    found: str = merchant.get("/me").json["company"]["id"]
    return found


@pytest.fixture(autouse=True)
def _the_promise_holds(db: None) -> Any:
    yield
    call_command("verify", verbosity=0)
