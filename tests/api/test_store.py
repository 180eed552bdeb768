"""Assortments, price lists, promotions, tax classes and terms, as programs keep them."""

from __future__ import annotations

from typing import Any

import pytest

from placet.catalog.models import Assortment, CompanyPriceList, Price, PriceList
from tests.api.caller import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def put(caller: Caller, path: str, body: Any, version: int | str = "*") -> Any:
    """Under the version that was seen."""
    return caller.send("PUT", path, body, if_match=f'"{version}"' if version != "*" else "*")


def test_an_admin_keeps_an_assortment(ines: Caller, lena: Caller, cast: Cast) -> None:
    wish = {"name": "Office", "effect": "deny", "categories": ["office/"], "products": ["GLV-L"]}
    made = ines.post("/assortments", {**wish, "unit": cast.unit["icu"]})
    assert made.status == 201
    assert (made.json["side"], made.json["unit"]["name"]) == ("buyer", "Intensive care")
    assert (made.json["categories"], made.json["products"]) == (["office/"], ["GLV-L"])
    assert lena.get("/products/PEN-B").status == 404
    assert ines.get("/products/PEN-B").status == 200
    address = f"/assortments/{made.json['id']}"
    changed = put(ines, address, {**wish, "effect": "allow"}, 1)
    assert (changed.json["effect"], changed.json["unit"]) == ("allow", None)
    assert put(ines, address, wish, 1).status == 412
    assert ines.send("PUT", address, wish).status == 428
    assert ines.get("/assortments").json["data"] == [changed.json]
    assert ines.post(f"{address}/closings").json["closed_at"]
    assert ines.post(f"{address}/closings").status == 409
    assert lena.get(address).status == 403


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"effect": "hide"}, 422),
        ({"categories": ["nowhere/"]}, 422),
        ({"products": ["NOPE"]}, 422),
        ({"unit": "unt_none"}, 404),
        ({"name": ""}, 422),
        ({"categories": [], "products": []}, 422),
    ],
)
def test_what_cannot_be_is_a_problem(ines: Caller, wrong: dict[str, Any], status: int) -> None:
    body = {"name": "X", "effect": "deny", "categories": ["office/"], **wrong}
    assert ines.post("/assortments", body).status == status
    assert not Assortment.objects.exists()


def test_the_merchant_keeps_one_for_a_customer(norden: Caller, ines: Caller, cast: Cast) -> None:
    meridian = cast.company["meridian"]
    wish = {"name": "Office", "effect": "deny", "categories": ["office/"], "company": meridian}
    made = norden.post("/assortments", wish)
    assert (made.status, made.json["side"]) == (201, "merchant")
    assert norden.get(f"/assortments?company={meridian}").json["data"] == [made.json]
    assert ines.get("/assortments").json["data"] == []
    assert ines.get(f"/assortments/{made.json['id']}").status == 404
    assert ines.get("/products/PEN-B").status == 404


def test_price_lists_and_who_pays_by_them(norden: Caller, lena: Caller, cast: Cast) -> None:
    wish = {"key": "winter", "name": "Winter", "currency": "EUR", "valid_from": "2026-11-01"}
    made = norden.post("/price_lists", wish)
    assert made.status == 201
    address = f"/price_lists/{made.json['id']}"
    prices = [
        {"sku": "GLV-M", "unit_price_minor": 500},
        {"sku": "GLV-M", "unit_price_minor": 450, "from_quantity": 50},
        {"sku": "PEN-B", "unit_price_minor": 80},
    ]
    assert (
        put(norden, f"{address}/prices", {"prices": prices, "removed": ["PEN-B"]}, 1).status == 200
    )
    assert Price.objects.filter(price_list__key="winter").count() == 2
    shown = norden.get(f"{address}/prices?sku=GLV-M").json["data"]
    assert [(row["from_quantity"], row["unit_price_minor"]) for row in shown] == [
        (1, 500),
        (50, 450),
    ]
    assert put(norden, f"{address}/prices", {"prices": [prices[0], prices[0]]}).status == 422
    customer = f"/companies/{cast.company['meridian']}/price_lists"
    contract = PriceList.objects.get(key="meridian").pk
    agreed = put(norden, customer, {"price_lists": [made.json["id"], contract]})
    assert [one["key"] for one in agreed.json["data"]] == ["winter", "meridian"]
    assert CompanyPriceList.objects.count() == 2
    tier = lena.get("/products/GLV-M").json["prices"][0]
    assert tier["unit_price"]["amount_minor"] == 500
    changed = put(norden, address, {"name": "Winter", "valid_from": "2026-12-01"})
    assert changed.json["valid_from"] == "2026-12-01"
    assert lena.get("/products/GLV-M").json["prices"][0]["unit_price"]["amount_minor"] == 800
    assert put(norden, address, {"name": "W", "valid_from": "2"}).status == 422
    assert lena.get("/price_lists").status == 404


def test_promotions_tax_classes_and_terms(norden: Caller, lena: Caller) -> None:
    wish = {"name": "Gloves", "kind": "line_percent", "currency": "EUR", "basis_points": 1000}
    made = norden.post("/promotions", {**wish, "key": "gloves", "categories": ["office/"]})
    assert made.status == 201
    address = f"/promotions/{made.json['id']}"
    assert put(norden, address, {**wish, "from_quantity": 5}, 1).json["from_quantity"] == 5
    assert put(norden, address, {**wish, "kind": "gift"}).status == 422
    assert norden.post(f"{address}/endings").json["ended_at"]
    assert norden.post(f"{address}/endings").status == 409
    rates = {"*": 500, "DE": 700}
    made = norden.post("/tax_classes", {"key": "low", "name": "Low", "rates": rates})
    assert (made.status, made.json["rates"]) == (201, rates)
    address = f"/tax_classes/{made.json['id']}"
    assert put(norden, address, {"name": "Low", "rates": {"DE": 700}}).status == 422
    assert put(norden, address, {"name": "Low", "rates": {"*": 0}}, 1).json["rates"] == {"*": 0}
    said = put(norden, "/store_terms/EUR", {"minimum_order_minor": 100})
    assert (said.json["minimum_order_minor"], said.json["price_hold_days"]) == (100, 14)
    assert put(norden, "/store_terms/euro", {}).status == 422
    for path in ("/promotions", "/tax_classes", "/store_terms"):
        assert lena.get(path).status == 404
