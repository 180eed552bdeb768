"""A shop states discounts: they are planned, frozen, shown and ordered like promotions of ours."""

from __future__ import annotations

from typing import Any

import pytest

from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.api.caller import Caller, own_key_of
from tests.api.shop import PROBE, SCREWS, ask, purchase, send, sent
from tests.cast import Cast
from tests.web.pages import page

pytestmark = pytest.mark.django_db
VOUCHER = {"name": "Voucher AUTUMN", "amount_minor": 4_00}
# 250 screws at 9.99 a hundred are 24.98; 2.98 and then 4.00 are taken off.
CHEAPER = {**SCREWS, "discount_minor": 2_98, "promotion": "Ten bags, one free"}
GOODS, SHIPPING, TAX = 18_00, 12_50, 5_80
TOTAL = GOODS + SHIPPING + TAX


def body_of(cast: Cast, **more: Any) -> dict[str, Any]:
    return purchase(cast, CHEAPER, discounts=[VOUCHER], total_minor=TOTAL, **more)


def test_it_is_ordered_at_what_the_buyer_saw(shop: Caller, cast: Cast) -> None:
    told = ask(shop, body_of(cast))
    sums = {name: told[name]["amount_minor"] for name in ("goods", "shipping", "tax", "total")}
    assert sums == {"goods": GOODS, "shipping": SHIPPING, "tax": TAX, "total": TOTAL}
    made = sent(shop, body_of(cast))
    assert made["status"] == "ordered"
    content = read_content(bytes(Order.objects.get().content))
    assert content.discount_minor == 6_98
    assert [(one.name, one.kind, one.amount_minor) for one in content.discounts] == [
        ("Ten bags, one free", "line_amount", 2_98),
        ("Voucher AUTUMN", "order_amount", 4_00),
    ]
    assert (content.lines[0].total_minor, content.lines[0].gross_minor) == (GOODS, 24_98)
    assert verify() == []
    shown = page(cast.lena, f"requisitions/{made['number']}/")
    for words in ("Ten bags, one free", "Voucher AUTUMN"):
        assert words in shown


def test_another_total_is_refused_with_the_one_that_is_right(shop: Caller, cast: Cast) -> None:
    body = {**body_of(cast), "total_minor": TOTAL + 1}
    said = shop.post("/requisitions?dry_run=true", body)
    assert (said.status, said.json["errors"][0]["code"]) == (422, "totals_differ")
    assert said.json["total_minor"] == TOTAL


def test_a_discount_is_a_part_of_what_is_confirmed(shop: Caller, cast: Cast) -> None:
    body = body_of(cast)
    confirmed = ask(shop, body)["plan_hash"]
    for other in (
        {**body, "discounts": [{**VOUCHER, "name": "Another voucher"}]},
        {**body, "discounts": [{**VOUCHER, "amount_minor": 3_00}], "total_minor": None},
    ):
        said = shop.post("/requisitions", {**other, "plan_hash": confirmed})
        assert (said.status, said.json["code"]) == (409, "plan_changed"), said.json
    assert not Requisition.objects.exists()


def test_a_discount_brings_it_below_the_limit_of_a_rule(shop: Caller, cast: Cast) -> None:
    dear = purchase(cast, {**PROBE, "category": "hardware"})
    assert ask(shop, dear)["verdict"] == "approval"
    nearly_free = {"name": "Trade-in", "amount_minor": 2_400_00}
    assert ask(shop, {**dear, "discounts": [nearly_free]})["verdict"] == "free"


@pytest.mark.parametrize(
    ("more", "pointer", "code"),
    [
        ({"discounts": [{"name": "V", "amount_minor": 25_00}]}, "/discounts/0/amount_minor", ""),
        ({"discounts": [{"name": "", "amount_minor": 1}]}, "/discounts/0/name", ""),
        ({"discounts": [{"name": "V", "amount_minor": -1}]}, "/discounts/0/amount_minor", ""),
        ({"lines": [{**CHEAPER, "promotion": ""}]}, "/lines/0/promotion", "required"),
        ({"lines": [{**CHEAPER, "discount_minor": 24_99}]}, "/lines/0/discount_minor", "too_large"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    shop: Caller, cast: Cast, more: dict[str, Any], pointer: str, code: str
) -> None:
    said = shop.post("/requisitions?dry_run=true", {**purchase(cast, SCREWS), **more})
    (error,) = said.json["errors"]
    assert (said.status, error["pointer"]) == (422, pointer), said.json
    assert error["code"] == code or not code


def test_a_customer_takes_nothing_off(cast: Cast) -> None:
    own = own_key_of(cast.lena)
    body = {
        "currency": "EUR",
        "lines": [{"sku": "GLV-M", "quantity": 20}],
        "ship_to": cast.address["ICU dock"],
    }
    said = own.post("/requisitions?dry_run=true", {**body, "discounts": [VOUCHER]})
    (error,) = said.json["errors"]
    assert (said.status, error["code"]) == (422, "price_by_supplier")
    assert error["pointer"] == "/discounts"


def test_the_shop_gives_another_discount_by_a_revision(shop: Caller, cast: Cast) -> None:
    made = sent(shop, purchase(cast, PROBE))
    again = {**purchase(cast, PROBE), "discounts": [{"name": "Trade-in", "amount_minor": 50_00}]}
    del again["member"], again["external_id"]
    address = f"/requisitions/{made['id']}/revisions"
    told = shop.post(f"{address}?dry_run=true", again)
    assert told.json["goods"]["amount_minor"] == 2_450_00
    revised = shop.post(address, {**again, "plan_hash": told.json["plan_hash"]})
    assert revised.status == 201, revised.json
    revision = Requisition.objects.get().revision
    assert revision is not None
    assert read_content(bytes(revision.content)).discount_minor == 50_00
    assert verify() == []
    assert send(shop, purchase(cast, PROBE)).status == 409
