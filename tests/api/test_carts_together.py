"""Carts of several people through the API: grants, owners, copies, merges, put away and back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.caller import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def new_cart(caller: Caller, *lines: tuple[str, int], name: str = "Week 48") -> str:
    cart: str = caller.post("/carts", {"name": name}).json["id"]
    for sku, quantity in lines:
        assert caller.post(f"/carts/{cart}/lines", {"sku": sku, "quantity": quantity}).status == 201
    return cart


def lines_of(document: Any) -> dict[str, int]:
    return {line["sku"]: line["quantity"] for line in document["lines"]}


def test_a_unit_is_let_in_and_out_again(lena: Caller, rashid: Caller, cast: Cast) -> None:
    cart = new_cart(lena, ("GLV-M", 10))
    assert rashid.get(f"/carts/{cart}").status == 404
    grant = lena.post(f"/carts/{cart}/grants", {"unit": cast.unit["icu"], "level": "view"})
    assert (grant.status, grant.json["unit"]["name"], grant.json["member"]) == (
        201,
        "Intensive care",
        None,
    )
    seen = rashid.get(f"/carts/{cart}").json
    closed = {one["action"]: one["code"] for one in seen["closed_actions"]}
    assert (closed["edit"], closed["give"]) == ("needs_edit", "owner_only")
    assert [one["id"] for one in rashid.get("/carts?whose=unit").json["data"]] == [cart]
    assert len(lena.get(f"/carts/{cart}/grants").json["data"]) == 1
    gone = lena.send("DELETE", f"/carts/{cart}/grants/{cast.unit['icu']}", None, if_match="*")
    assert gone.status == 204
    assert rashid.get(f"/carts/{cart}").status == 404


def test_a_grant_names_one(lena: Caller, cast: Cast) -> None:
    cart = new_cart(lena)
    both = {"unit": cast.unit["icu"], "member": cast.member["pavel"], "level": "view"}
    for body in (both, {"level": "view"}, {"member": cast.member["pavel"], "level": "own"}):
        assert lena.post(f"/carts/{cart}/grants", body).status == 422
    foreign = {"member": cast.member["ola"], "level": "view"}
    assert lena.post(f"/carts/{cart}/grants", foreign).status == 404


def test_copy_merge_and_replace(lena: Caller, cast: Cast) -> None:
    cart = new_cart(lena, ("GLV-M", 10))
    copy = lena.post(f"/carts/{cart}/copies", {}).json
    assert copy["name"] == "Week 48, copy"
    assert lines_of(copy) == {"GLV-M": 10}
    merged = lena.post(f"/carts/{cart}/merges", {"cart": copy["id"]})
    assert (merged.status, lines_of(merged.json)) == (201, {"GLV-M": 20})
    assert lena.get(f"/carts/{copy['id']}").json["status"] == "archived"
    other = new_cart(lena, ("DRS-10", 1))
    replaced = lena.post(f"/carts/{cart}/merges", {"cart": other, "how": "replace"})
    assert lines_of(replaced.json) == {"DRS-10": 1}
    away = lena.get("/carts?status=archived").json["data"]
    assert {one["name"] for one in away} == {"Week 48, copy", "Week 48, before"}


def test_put_away_brought_back_and_thrown_away(lena: Caller, cast: Cast) -> None:
    cart = new_cart(lena, ("GLV-M", 10))
    assert lena.post(f"/carts/{cart}/archivals", {}).json["status"] == "archived"
    assert lena.post(f"/carts/{cart}/lines", {"sku": "GLV-M", "quantity": 1}).status == 409
    assert lena.post(f"/carts/{cart}/restorations", {}).json["status"] == "open"
    assert lena.send("DELETE", f"/carts/{cart}", None, if_match="*").status == 409
    empty = new_cart(lena)
    assert lena.send("DELETE", f"/carts/{empty}", None).status == 428
    assert lena.send("DELETE", f"/carts/{empty}", None, if_match="*").status == 204
    assert lena.get(f"/carts/{empty}").status == 404


def test_another_owner_takes_over_before_anybody_else_submits(
    lena: Caller, rashid: Caller, cast: Cast
) -> None:
    cart = new_cart(lena, ("GLV-M", 10))
    given = lena.post(f"/carts/{cart}/ownerships", {"member": cast.member["rashid"]})
    assert given.status == 201, given.json
    assert given.json["given_by"] == cast.member["lena"]
    closed = {
        one["action"]: one["code"] for one in lena.get(f"/carts/{cart}").json["closed_actions"]
    }
    assert closed["submit"] == "not_taken"
    assert lena.post(f"/carts/{cart}/takeovers", {}).status == 403
    taken = rashid.post(f"/carts/{cart}/takeovers", {})
    assert (taken.status, taken.json["given_by"]) == (201, None)
    assert "submit" in lena.get(f"/carts/{cart}").json["allowed_actions"]


def test_it_moves_only_where_its_owner_orders(lena: Caller, cast: Cast) -> None:
    cart = new_cart(lena)
    refused = lena.post(f"/carts/{cart}/moves", {"unit": cast.unit["biomed"]})
    assert refused.status == 403
    assert lena.post(f"/carts/{cart}/moves", {"unit": cast.unit["warsaw"]}).status == 404
