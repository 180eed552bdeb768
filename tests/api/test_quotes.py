"""A negotiation through the API: two programs take turns, and the buyer takes the last offer."""

from __future__ import annotations

import pytest

from tests.api.caller import Caller, key_of, own_key_of
from tests.api.road import fill_cart
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LINE = {"sku": "GLV-M", "quantity": 100}


@pytest.fixture
def mira(db: None, cast: Cast) -> Caller:
    """The merchant's store manager."""
    return own_key_of(cast.mira)


def offered(mira: Caller, quote: str, price: int, seen: int, **more: object) -> dict:  # type: ignore[type-arg]
    body = {"offer_number": seen, "lines": [{**LINE, "number": 1, "unit_price_minor": price}]}
    answer = mira.post(f"/quotes/{quote}/offers", {**body, **more})
    assert answer.status == 201, answer.json
    return dict(answer.json)


def test_rounds_and_an_order_at_the_agreed_price(lena: Caller, mira: Caller, cast: Cast) -> None:
    asked = lena.post("/quotes", {"name": "Gloves for the year", "lines": [LINE]})
    assert (asked.status, asked.json["status"], asked.json["turn"]) == (
        201,
        "requested",
        "merchant",
    )
    quote = asked.json["id"]
    shown = offered(mira, quote, 700, 1)
    assert shown["turn"] == "buyer"
    body = {"offer_number": 2, "lines": [{**LINE, "number": 1, "unit_price_minor": 600}]}
    assert lena.post(f"/quotes/{quote}/offers", body).json["status"] == "countered"
    offered(mira, quote, 640, 3, is_final=True)
    read = lena.get(f"/quotes/{quote}").json
    assert [
        one["lines"][0]["unit_price"] and one["lines"][0]["unit_price"]["amount_minor"]
        for one in read["offers"]
    ] == [None, 700, 600, 640]
    assert {one["by"] for one in read["offers"] if one["side"] == "merchant"} == {"Norden Supply"}
    assert "accept" in read["allowed_actions"]
    taken = lena.post(f"/quotes/{quote}/carts", {"offer_hash": read["offers"][-1]["hash"]})
    assert taken.status == 201, taken.json
    cart = taken.json["id"]
    place, center = next(iter(cast.address.values())), cast.cost_center["meridian/4410"]
    lena.patch(f"/carts/{cart}", {"ship_to": place, "cost_center": center}, if_match="*")
    plan = lena.get(f"/carts/{cart}/plan").json
    made = lena.post(f"/carts/{cart}/submissions", {"plan_hash": plan["hash"]})
    assert made.status == 201, made.json
    assert made.json["current"]["content"]["quote"]["offer_number"] == 4
    read = lena.get(f"/quotes/{quote}").json
    assert (read["status"], read["requisitions"]) == ("accepted", [made.json["id"]])


def test_an_answer_to_an_offer_that_was_not_seen_is_a_conflict(lena: Caller, mira: Caller) -> None:
    quote = lena.post("/quotes", {"name": "Gloves", "lines": [LINE]}).json["id"]
    offered(mira, quote, 700, 1)
    body = {"offer_number": 1, "lines": [{**LINE, "number": 1, "unit_price_minor": 1}]}
    refused = lena.post(f"/quotes/{quote}/offers", body)
    assert (refused.status, refused.json["code"], refused.json["offer_number"]) == (
        409,
        "quote_moved",
        2,
    )
    assert len(lena.get(f"/quotes/{quote}").json["offers"]) == 2


def test_a_cart_is_asked_about_and_stays(lena: Caller, cast: Cast) -> None:
    cart = fill_cart(lena, cast)
    made = lena.post(f"/carts/{cart}/quote_requests", {"is_draft": True})
    assert (made.status, made.json["status"], made.json["offers"]) == (201, "draft", [])
    assert len(lena.get(f"/carts/{cart}").json["lines"]) == 2
    gone = lena.delete(f"/quotes/{made.json['id']}", if_match="*")
    assert gone.status == 204


def test_who_does_not_take_part_finds_nothing(
    lena: Caller, ola: Caller, norden: Caller, cast: Cast
) -> None:
    quote = lena.post("/quotes", {"name": "Gloves", "lines": [LINE]}).json["id"]
    assert ola.get(f"/quotes/{quote}").status == 404
    assert ola.get("/quotes").json["data"] == []
    assert own_key_of(cast.tomas).get(f"/quotes/{quote}").status == 404
    body = {"offer_number": 1, "lines": [{**LINE, "number": 1, "unit_price_minor": 1}]}
    nobody = norden.post(f"/quotes/{quote}/offers", body)
    assert (nobody.status, nobody.json["reason"]) == (403, "members_only")
    assert key_of("kowalski").get(f"/quotes/{quote}").status == 404


def test_messages_and_a_decline(lena: Caller, mira: Caller) -> None:
    quote = lena.post("/quotes", {"name": "Gloves", "lines": [LINE]}).json["id"]
    said = mira.post(f"/quotes/{quote}/messages", {"text": "Powder-free?"})
    assert said.status == 201, said.json
    offered(mira, quote, 700, 1)
    no = lena.post(f"/quotes/{quote}/declines", {"offer_number": 2, "reason": "Too dear."})
    assert (no.status, no.json["status"], no.json["reason"]) == (201, "declined", "Too dear.")
    late = mira.post(f"/quotes/{quote}/declines", {"offer_number": 2, "reason": "No."})
    assert late.status == 403


@pytest.mark.parametrize(
    "line",
    [
        {"sku": "NO-SUCH", "quantity": 1},
        {"quantity": 1},
        {"sku": "GLV-M", "quantity": 10**12},
        {"sku": "GLV-M", "quantity": 1, "valid_until": "2026-02-30"},
        {"sku": "GLV-M", "quantity": 1, "unit_price_minor": -1},
        {"sku": "GLV-M", "quantity": 1, "minimum_quantity": 2},
        {"sku": "GLV-M", "quantity": 0.5},
    ],
)
def test_bad_lines_are_refused_with_their_place(lena: Caller, line: dict) -> None:  # type: ignore[type-arg]
    refused = lena.post("/quotes", {"name": "Gloves", "lines": [line]})
    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"].startswith("/lines/0")
    assert lena.get("/quotes").json["data"] == []
