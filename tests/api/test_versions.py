"""ETag and If-Match: nobody overwrites what they did not see."""

from __future__ import annotations

import pytest

from tests.api.caller import Caller
from tests.api.road import fill_cart
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_change_without_a_version_is_asked_for_one(lena: Caller, cast: Cast) -> None:
    cart_id = fill_cart(lena, cast)
    line = lena.get(f"/carts/{cart_id}").json["lines"][0]
    address = f"/carts/{cart_id}/lines/{line['id']}"
    for answer in (
        lena.patch(f"/carts/{cart_id}", {"name": "x"}),
        lena.patch(address, {"quantity": 1}),
        lena.delete(address),
    ):
        assert (answer.status, answer.json["code"]) == (428, "version_required")


def test_the_version_that_was_seen_may_be_changed_once(lena: Caller) -> None:
    made = lena.post("/carts", {"name": "Week 48"})
    seen = made.headers["ETag"]
    address = f"/carts/{made.json['id']}"
    assert lena.get(address).headers["ETag"] == seen
    changed = lena.patch(address, {"name": "Week 49"}, if_match=seen)
    assert (changed.status, changed.json["name"]) == (200, "Week 49")
    assert changed.headers["ETag"] == f'"{changed.json["version"]}"' != seen
    stale = lena.patch(address, {"name": "Week 50"}, if_match=seen)
    assert (stale.status, stale.json["code"]) == (412, "version_mismatch")
    assert stale.json["version"] == changed.json["version"]
    assert lena.get(address).json["name"] == "Week 49"


def test_lines_have_versions_of_their_own(lena: Caller, cast: Cast) -> None:
    cart_id = fill_cart(lena, cast)
    first, second = lena.get(f"/carts/{cart_id}").json["lines"][:2]
    address = f"/carts/{cart_id}/lines/{first['id']}"
    changed = lena.patch(address, {"quantity": 30}, if_match=f'"{first["version"]}"')
    assert (changed.status, changed.json["quantity"]) == (200, 30)
    other = f"/carts/{cart_id}/lines/{second['id']}"
    assert lena.delete(other, if_match=f'"{second["version"]}"').status == 204
    assert lena.delete(address, if_match=f'"{first["version"]}"').status == 412
    assert lena.delete(address, if_match=changed.headers["ETag"]).status == 204
    assert lena.delete(address, if_match="*").status == 404


def test_a_line_is_split_over_places(lena: Caller, cast: Cast) -> None:
    cart_id = fill_cart(lena, cast, "GLV-M 20")
    line = lena.get(f"/carts/{cart_id}").json["lines"][0]
    address = f"/carts/{cart_id}/lines/{line['id']}"
    parts = [
        {"quantity": 15},
        {"quantity": 5, "ship_to": cast.address["Main store"], "need_by_on": "2026-12-01"},
    ]
    split = lena.patch(address, {"allocations": parts}, if_match=f'"{line["version"]}"')
    assert [one["quantity"] for one in split.json["allocations"]] == [15, 5]
    assert split.json["allocations"][1]["need_by_on"] == "2026-12-01"
    wrong = lena.patch(address, {"allocations": parts[:1]}, if_match="*")
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/allocations")
    whole = lena.patch(address, {"allocations": []}, if_match="*")
    assert [one["quantity"] for one in whole.json["allocations"]] == [20]


def test_an_empty_text_takes_a_value_away(lena: Caller, cast: Cast) -> None:
    cart_id = fill_cart(lena, cast)
    address = f"/carts/{cart_id}"
    changed = lena.patch(
        address, {"po_number": "", "bill_to": None, "requested_on": "2026-12-24"}, if_match="*"
    )
    assert (changed.json["po_number"], changed.json["bill_to"]) == ("", None)
    assert changed.json["requested_on"] == "2026-12-24"
    assert lena.patch(address, {"requested_on": None}, if_match="*").json["requested_on"] is None
    wrong = lena.patch(address, {"requested_on": "2026-02-30"}, if_match="*")
    assert wrong.json["errors"][0]["pointer"] == "/requested_on"
