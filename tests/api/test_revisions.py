"""Revising through the API: the cart again, a look first, the next revision, the difference."""

from __future__ import annotations

from typing import Any

import pytest

from placet.carts.models import Cart
from tests.api.caller import Caller, own_key_of
from tests.api.road import decide, fill_cart, submit
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LINES = "DRS-15 60\nGLV-M 20\n"


@pytest.fixture
def lena(cast: Cast) -> Caller:
    return own_key_of(cast.lena)


@pytest.fixture
def rashid(cast: Cast) -> Caller:
    return own_key_of(cast.rashid)


@pytest.fixture
def waiting(lena: Caller, cast: Cast) -> Any:
    return submit(lena, fill_cart(lena, cast, LINES))


def edit(lena: Caller, requisition: Any, quantity: int) -> Any:
    """The open cart with another quantity of dressings."""
    cart = lena.post(f"/requisitions/{requisition['id']}/edits", {})
    assert cart.status == 201, cart.json
    line = next(one for one in cart.json["lines"] if one["sku"] == "DRS-15")
    changed = lena.patch(
        f"/carts/{cart.json['id']}/lines/{line['id']}",
        {"quantity": quantity},
        if_match="*",
    )
    assert changed.status == 200, changed.json
    return cart.json


def look(lena: Caller, requisition: Any) -> Any:
    shown = lena.post(f"/requisitions/{requisition['id']}/revisions", {"dry_run": True})
    assert shown.status == 200, shown.json
    return shown.json


def resubmit(lena: Caller, requisition: Any, plan_hash: str) -> Any:
    return lena.post(f"/requisitions/{requisition['id']}/revisions", {"plan_hash": plan_hash})


def test_a_look_tells_kept_reset_and_new_and_then_it_is_so(lena: Caller, waiting: Any) -> None:
    edit(lena, waiting, 70)
    shown = look(lena, waiting)
    assert shown["total"]["amount_minor"] > shown["total_before"]["amount_minor"]
    made = resubmit(lena, waiting, shown["plan_hash"])
    assert made.status == 201, made.json
    revisions = lena.get(f"/requisitions/{waiting['id']}/revisions").json["data"]
    assert [one["number"] for one in revisions] == [1, 2]


def test_the_plan_of_the_cart_names_the_same_hash(lena: Caller, waiting: Any) -> None:
    cart = edit(lena, waiting, 70)
    assert lena.get(f"/carts/{cart['id']}/plan").json["hash"] == look(lena, waiting)["plan_hash"]


def test_another_hash_is_a_conflict_with_both_and_the_plan(lena: Caller, waiting: Any) -> None:
    edit(lena, waiting, 70)
    refused = resubmit(lena, waiting, "0" * 64)
    assert refused.status == 409
    assert refused.json["code"] == "plan_changed"
    assert refused.json["seen"] == "0" * 64
    assert refused.json["plan_hash"] == look(lena, waiting)["plan_hash"]
    assert refused.json["plan"]["outcome"] == "approval"


def test_a_stale_decision_carries_both_hashes_and_where_the_difference_is(
    lena: Caller, rashid: Caller, waiting: Any
) -> None:
    seen = rashid.get(f"/requisitions/{waiting['id']}").json
    edit(lena, waiting, 70)
    resubmit(lena, waiting, look(lena, waiting)["plan_hash"])
    step = seen["steps"][0]
    seen_hash = waiting["content_hash"] if "content_hash" in waiting else step["revision_hash"]
    refused = rashid.post(
        f"/steps/{step['id']}/decisions",
        {"decision": "approve", "revision_hash": seen_hash},
    )
    assert refused.status == 409
    assert refused.json["seen"] == seen_hash
    assert refused.json["current"] != seen_hash
    changed = rashid.get(refused.json["difference"].removeprefix("/api/v1"))
    assert changed.status == 200, changed.json
    line = changed.json["lines"][0]
    assert (line["kind"], line["sku"]) == ("changed", "DRS-15")
    assert (line["quantity_before"], line["quantity"]) == (60, 70)


def test_a_step_names_the_approval_of_an_earlier_revision_that_still_counts(
    lena: Caller, rashid: Caller, cast: Cast
) -> None:
    made = submit(lena, fill_cart(lena, cast))
    given = decide(rashid, made)
    cart = lena.post(f"/requisitions/{made['id']}/edits", {}).json
    line = f"/carts/{cart['id']}/lines/{cart['lines'][0]['id']}"
    assert lena.patch(line, {"quantity": 10}, if_match="*").status == 200
    shown = look(lena, made)
    assert [one["decision"] for one in shown["kept"]] == [given["id"]]
    after = resubmit(lena, made, shown["plan_hash"]).json
    first, second = after["steps"]
    assert (first["status"], first["decisions"]) == ("approved", [])
    assert first["carried_decisions"] == [given["id"]]
    assert (second["status"], second["carried_decisions"]) == ("pending", [])


def test_an_edit_is_let_go(lena: Caller, waiting: Any) -> None:
    edit(lena, waiting, 70)
    assert lena.delete(f"/requisitions/{waiting['id']}/edits").status == 200
    assert not Cart.objects.exclude(revises="").exists()
    assert lena.delete(f"/requisitions/{waiting['id']}/edits").status == 409


def test_a_rejected_purchase_is_rebuilt(lena: Caller, rashid: Caller, waiting: Any) -> None:
    assert lena.post(f"/requisitions/{waiting['id']}/rebuilds", {}).status == 409
    decide(rashid, waiting, "reject", reason="Not now.")
    cart = lena.post(f"/requisitions/{waiting['id']}/rebuilds", {})
    assert cart.status == 201
    assert [one["quantity"] for one in cart.json["lines"]] == [60, 20]


def test_an_admin_plans_again_after_a_look(cast: Cast, lena: Caller, waiting: Any) -> None:
    ines = own_key_of(cast.ines)
    address = f"/requisitions/{waiting['id']}/replans"
    assert lena.post(address, {"reason": "Please.", "dry_run": True}).status == 403
    shown = ines.post(address, {"dry_run": True})
    assert shown.status == 200, shown.json
    assert ines.post(address, {"plan_hash": shown.json["plan_hash"]}).status == 422
    wish = {"reason": "New rules.", "plan_hash": shown.json["plan_hash"]}
    assert ines.post(address, wish).status == 201
    assert len(ines.get(f"/requisitions/{waiting['id']}/revisions").json["data"]) == 2


def test_what_belongs_into_the_cart_is_not_lost_beside_it(lena: Caller, waiting: Any) -> None:
    edit(lena, waiting, 70)
    address = f"/requisitions/{waiting['id']}/revisions"
    for said in ({"po_number": "PR-2"}, {"justification": "More beds"}, {"total_minor": 1}):
        refused = lena.post(address, {**said, "plan_hash": look(lena, waiting)["plan_hash"]})
        assert refused.status == 422, refused.json
        (fault,) = refused.json["errors"]
        assert (fault["pointer"], fault["code"]) == (f"/{next(iter(said))}", "in_the_cart")
    assert len(lena.get(address).json["data"]) == 1
