"""A key of the company acts for many and decides for nobody; one's own key decides."""

from __future__ import annotations

from typing import Any

import pytest

from placet.carts.models import CartAuthor
from placet.companies.actions import create_personal_key, revoke_api_key
from placet.companies.models import ApiKey, Member
from placet.core.errors import Forbidden, InvalidInput
from placet.orders.models import Order
from tests.api.caller import Caller, key_of, own_key_of
from tests.cast import NOW, Cast
from tests.requisitions.road import DRESSING, fill_cart, submit

pytestmark = pytest.mark.django_db


def asked(caller: Caller) -> tuple[str, dict[str, Any]]:
    """The address of the first step in the caller's inbox, and an approval of its content."""
    step = caller.get("/steps").json["data"][0]
    found = caller.get(f"/requisitions/{step['requisition']}").json
    said = {"decision": "approve", "revision_hash": found["content_hash"]}
    return f"/steps/{step['id']}/decisions", said


def test_a_company_key_that_acts_for_rashid_cannot_approve(cast: Cast) -> None:
    """Else whoever manages keys could approve their own purchase."""
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    for_rashid = key_of("meridian").acting_for(cast.member["rashid"])
    address, said = asked(for_rashid)
    answer = for_rashid.post(address, said)
    assert (answer.status, answer.json["code"]) == (403, "forbidden")
    assert not Order.objects.exists()


def test_his_own_key_approves(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    rashid = own_key_of(cast.rashid)
    address, said = asked(rashid)
    assert rashid.post(address, said).status == 201
    assert Order.objects.count() == 1


def test_it_has_only_the_rights_that_are_both_his_and_its_scopes(cast: Cast) -> None:
    _key, secret = create_personal_key(
        "Read only", scopes=["budget.view", "rule.manage"], actor=cast.rashid, now=NOW
    )
    shown = Caller(secret).get("/me").json
    assert {one["permission"] for one in shown["permissions"]} == {"budget.view"}


def test_it_is_refused_once_its_member_has_left(cast: Cast) -> None:
    rashid = own_key_of(cast.rashid)
    Member.objects.filter(pk=cast.member["rashid"]).update(status="deactivated")
    assert rashid.get("/me").status == 401


def test_everybody_ends_their_own_and_nobody_elses(cast: Cast) -> None:
    own_key_of(cast.rashid)
    key = ApiKey.objects.get(member_id=cast.member["rashid"])
    for stranger in (cast.lena, cast.mei):
        with pytest.raises(Forbidden):
            revoke_api_key(key, actor=stranger, now=NOW)
    revoke_api_key(key, actor=cast.rashid, now=NOW)


def test_scopes_that_do_not_exist_are_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        create_personal_key("Too much", scopes=["act_for"], actor=cast.rashid, now=NOW)


def test_whoever_made_the_companys_key_cannot_approve_what_it_submitted(cast: Cast) -> None:
    """Else an approver with a key could fill a cart as Lena and approve it as themselves."""
    keyed = key_of("meridian").acting_for(cast.member["lena"])
    ApiKey.objects.filter(company_id=cast.company["meridian"], member=None).update(
        created_by_id=cast.member["rashid"]
    )
    made = keyed.post("/carts", {"name": "Through the shop"}).json
    keyed.post(f"/carts/{made['id']}/lines", {"sku": DRESSING, "quantity": 50})
    assert CartAuthor.objects.filter(cart_id=made["id"], member_id=cast.member["rashid"]).exists()
    planned = keyed.get(f"/carts/{made['id']}/plan").json
    asked = {one["member"] for step in planned["steps"] for one in step["approvers"]}
    assert cast.member["rashid"] not in asked
