"""Rates that the merchant keeps, owners of categories, and ways out, as programs meet them."""

from __future__ import annotations

import pytest

from placet.catalog.models import Category
from tests.api.caller import Caller
from tests.api.road import fill_cart
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_merchant_states_a_rate_and_reads_it_again(norden: Caller, lena: Caller) -> None:
    made = norden.post("/exchange_rates", {"source": "PLN", "target": "EUR", "rate": "0.2345"})
    assert made.status == 201
    assert made.json["rate"] == "0.2345"
    assert norden.get("/exchange_rates").json["data"] == [made.json]
    assert lena.get("/exchange_rates").status == 403


def test_a_rate_may_begin_later(norden: Caller) -> None:
    body = {"source": "PLN", "target": "EUR", "rate": "0.25", "starts_at": "2030-01-01T00:00:00Z"}
    made = norden.post("/exchange_rates", body)
    assert (made.status, made.json["starts_at"]) == (201, "2030-01-01T00:00:00Z")
    past = norden.post("/exchange_rates", {**body, "starts_at": "2020-01-01T00:00:00Z"})
    assert (past.status, past.json["errors"][0]["code"]) == (422, "past")


@pytest.mark.parametrize(
    "wrong",
    [
        *({"rate": "-1"}, {"rate": "0"}, {"rate": "1e3"}, {"rate": 4}, {"rate": "٤"}),
        *({"target": "PLN"}, {"source": "pln"}, {"starts_at": "2020-01-01T00:00:00Z"}),
        *({"starts_at": "2030-01-01T00:00:00"}, {"starts_at": "9999-12-31T23:59:59-12:00"}),
    ],
)
def test_what_is_no_rate_is_a_problem_with_its_place(norden: Caller, wrong: dict[str, str]) -> None:
    body = {"source": "PLN", "target": "EUR", "rate": "0.2345", **wrong}
    said = norden.post("/exchange_rates", body)
    assert said.status == 422
    assert said.json["errors"][0]["pointer"] == f"/{next(iter(wrong))}"


def test_an_admin_names_an_owner_and_takes_them_away(
    ines: Caller, lena: Caller, cast: Cast
) -> None:
    devices = Category.objects.get(path="medical-devices/")
    wish = {"category": devices.pk, "member": cast.member["helena"]}
    assert lena.post("/category_owners", wish).status == 403
    (owner,) = ines.post("/category_owners", wish).json["data"]
    assert (owner["path"], owner["owner"]["member"]) == ("medical-devices/", cast.member["helena"])
    assert lena.get("/category_owners").json["data"] == [owner]
    assert ines.post("/category_owners", {**wish, "member": cast.member["jan"]}).status == 404
    assert ines.post("/category_owners", {**wish, "category": "cat_none"}).status == 404
    assert ines.post("/category_owners", {**wish, "member": None}).json["data"] == []


def test_a_way_out_can_be_taken_by_a_program(lena: Caller, cast: Cast) -> None:
    cart = fill_cart(lena, cast)
    plan = lena.get(f"/carts/{cart}/plan").json
    assert plan["outcome"] == "approval"
    way = next(way for way in plan["ways_out"] if way["kind"] == "cost_centre")
    assert way["approvals"] < len(plan["steps"])
    before = lena.get(f"/carts/{cart}")
    changed = lena.patch(
        f"/carts/{cart}", {"cost_center": way["cost_center"]}, if_match=before.headers["ETag"]
    )
    assert changed.status == 200
    after = lena.get(f"/carts/{cart}/plan").json
    assert len(after["steps"]) == way["approvals"]
    assert after["hash"] != plan["hash"]
