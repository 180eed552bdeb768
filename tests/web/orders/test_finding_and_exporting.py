"""Purchases are found by what people write on them, and leave as sheets with all of it."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.carts.actions import describe_cart, describe_line
from placet.carts.models import Cart, CartLine
from placet.catalog.actions.part_numbers import set_part_number
from placet.catalog.models import Product
from placet.companies.actions.reference_fields import FieldShape, add_reference_field
from placet.companies.models import Company
from placet.orders.models import Order
from placet.orders.queries import find_order_of
from tests.carts.test_describe_line import ask_lines
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def written_on(cast: Cast, name: str = "Ward") -> Order:
    """An order with a project (for the supplier), a room on its line, and a part number."""
    company = Company.objects.get(pk=cast.company["meridian"])
    shape = FieldShape(name="Project", is_for_supplier=True)
    add_reference_field(company, key="project", shape=shape, actor=cast.ines, now=cast.now)
    ask_lines(cast)
    product = Product.objects.get(sku=GLOVES)
    set_part_number(product, number="M 47-11", actor=cast.ines, now=cast.now)
    cart = Cart.objects.get(pk=fill_cart(cast, (GLOVES, 20), name=name).pk)
    describe_cart(cart, references={"project": "=P-2031"}, actor=cast.lena, now=cast.now)
    line = CartLine.objects.select_related("cart__company").get(cart=cart)
    describe_line(line, references={"room": "R 12"}, note="Door", actor=cast.lena, now=cast.now)
    order = find_order_of(submit(cart, actor=cast.lena, now=cast.now).pk)
    assert order is not None
    return order


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("PR-88121", True),
        ("=P-2031", True),
        ("=p 2031", True),
        ("glv-m", True),
        ("R12", False),
        ("m4711", False),
        ("R 1", None),
    ],
)
def test_lists_are_searched_by_references_part_numbers_and_skus(
    cast: Cast, text: str, is_told: bool | None
) -> None:
    order = written_on(cast)
    query = f"?q={text.replace('=', '%3D').replace(' ', '+')}"
    found = is_told is not None
    assert (order.number in page(cast.lena, f"orders/{query}")) is found
    assert (order.requisition_number in page(cast.lena, f"requisitions/{query}")) is found
    assert (order.number in page(cast.tomas, f"orders/{query}")) is bool(is_told)
    assert order.number not in page(cast.ola, f"orders/{query}")


@pytest.mark.parametrize("most", [0, 1])
def test_more_finds_than_are_named_one_by_one_are_the_same_finds(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    order = written_on(cast)
    monkeypatch.setattr("placet.web.finding.MOST_READ", most)
    for who, text, found in (
        *(("lena", "glv-m", True), ("lena", "R12", True), ("lena", "nothing", False)),
        *(("tomas", "PR-88121", True), ("tomas", "R12", False), ("ola", "glv-m", False)),
    ):
        reader = getattr(cast, who)
        assert (order.number in page(reader, f"orders/?q={text}&sort=-total")) is found
        if who != "tomas":
            shown = page(reader, f"requisitions/?q={text}")
            assert (order.requisition_number in shown) is found


def test_nobody_of_a_searched_name_is_left_out_however_many_have_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = written_on(cast)
    for most in (0, 1, 1_000):
        monkeypatch.setattr("placet.web.finding.MOST_READ", most)
        for text in ("vogt", "meridian"):  # of the buyer, and of the company
            assert order.number in page(cast.tomas, f"orders/?q={text}"), (most, text)
        assert order.requisition_number in page(cast.lena, "requisitions/?q=vogt"), most


def sheet(cast: Cast, who: str, path: str) -> list[dict[str, str]]:
    answer = as_actor(getattr(cast, who)).get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_sheet_of_orders_holds_what_its_reader_may_read(cast: Cast) -> None:
    order = written_on(cast)
    (own,) = sheet(cast, "lena", "/c/meridian/orders/export/")
    assert own["References"] == "Project: =P-2031; Room: R 12"
    assert (own["Part number"], own["Note"], own["PO reference"]) == ("M 47-11", "Door", "PR-88121")
    (told,) = sheet(cast, "tomas", "/c/norden/orders/export/")
    assert told["References"] == "Project: =P-2031"
    assert (told["Part number"], told["Note"]) == ("", "")
    assert sheet(cast, "ola", "/c/kowalski/orders/export/") == []
    assert sheet(cast, "lena", "/c/meridian/orders/export/?status=failed") == []
    (picked,) = sheet(cast, "lena", f"/c/meridian/orders/export/?pick={order.number}&pick=ORD-9")
    assert picked["Order"] == order.number
    (bought,) = sheet(cast, "lena", "/c/meridian/requisitions/export/")
    assert (bought["Requisition"], bought["SKU"]) == (order.requisition_number, "GLV-M")
    packed = as_actor(cast.lena).get("/c/meridian/requisitions/export/?format=xlsx")
    assert packed.content.startswith(b"PK")


def test_more_purchases_cost_no_more_queries(cast: Cast) -> None:
    written_on(cast)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as counted:
            sheet(cast, "lena", "/c/meridian/orders/export/?q=r12")
        counts.append(len(counted))
        submit(fill_cart(cast, (GLOVES, 20), name=f"R12 {number}"), actor=cast.lena, now=cast.now)
    assert counts[0] == counts[1]
