"""The page of a product: variants together, all or none; its number; comparing; files."""

from __future__ import annotations

import pytest

from placet.carts.models import Cart
from placet.catalog.actions import AssortmentValues, Naming, create_assortment
from placet.catalog.actions.part_numbers import set_part_number
from placet.catalog.models import PartNumber, Product
from placet.companies.models import Company
from tests.cast import Cast
from tests.requisitions.road import fill_cart
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> None:
    """The gloves are one family."""
    for sku in ("GLV-S", "GLV-M", "GLV-L"):
        Product.objects.filter(sku=sku).update(
            family="Nitrile gloves", variant=sku[-1], attributes={"Size": sku[-1]}
        )


def test_several_variants_go_into_the_cart_together(cast: Cast, family: None) -> None:
    shown = page(cast.lena, "catalog/GLV-M/")
    assert "All variants" in shown
    assert all(f"quantity:GLV-{size}" in shown for size in "SML")
    cart = fill_cart(cast)
    sent = {"quantity:GLV-S": "2", "quantity:GLV-M": "", "quantity:GLV-L": "3", "cart": cart.pk}
    answer = as_actor(cast.lena).post("/c/meridian/catalog/GLV-M/", sent)
    assert answer["Location"] == f"/c/meridian/carts/{cart.pk}/"
    assert dict(cart.lines.values_list("product__sku", "quantity")) == {"GLV-S": 2, "GLV-L": 3}


def test_one_wrong_quantity_adds_none_and_keeps_what_was_typed(cast: Cast, family: None) -> None:
    Product.objects.filter(sku="GLV-L").update(minimum_quantity=10, step_quantity=5)
    sent = {"quantity:GLV-S": "2", "quantity:GLV-M": "x", "quantity:GLV-L": "", "cart": ""}
    for wrong in ({}, {"quantity:GLV-M": "", "quantity:GLV-L": "7"}):
        answer = as_actor(cast.lena).post("/c/meridian/catalog/GLV-M/", sent | wrong)
        assert answer.status_code == 422
        assert 'value="2"' in answer.content.decode()
        assert not Cart.objects.exists()
    nothing = dict.fromkeys(sent, "")
    assert as_actor(cast.lena).post("/c/meridian/catalog/GLV-M/", nothing).status_code == 422


def test_substitutes_are_told_both_ways(cast: Cast) -> None:
    assert "Nitrile gloves, M takes its place." in page(cast.lena, "catalog/GLV-OLD/")
    assert "/catalog/GLV-OLD/" in page(cast.lena, "catalog/GLV-M/")


def test_what_is_held_back_is_not_told_as_a_substitute(cast: Cast) -> None:
    one = Product.objects.get(sku="PEN-B")
    Product.objects.filter(sku="GLV-M").update(substitute=one)
    assert "Ballpoint pen" in page(cast.lena, "catalog/GLV-M/")
    deny = AssortmentValues("No pens", "deny", Naming(products=["PEN-B", "GLV-OLD"]))
    meridian = Company.objects.get(pk=cast.lena.company_id)
    create_assortment(meridian, values=deny, actor=cast.mira, now=cast.now)
    shown = page(cast.lena, "catalog/GLV-M/")
    assert "Ballpoint pen" not in shown
    assert "GLV-OLD" not in shown


def test_who_keeps_the_data_names_a_product_and_everybody_sees_it(cast: Cast) -> None:
    admin, buyer = as_actor(cast.ines), as_actor(cast.lena)
    address = "/c/meridian/part-numbers/GLV-M/"
    assert address not in page(cast.lena, "catalog/GLV-M/")
    assert buyer.post(address, {"number": "MAT-1"}).status_code == 403
    assert buyer.post(address, {"number": ""}).status_code == 403
    assert admin.post(address, {"number": "MAT-1"}).status_code == 302
    assert "MAT-1" in page(cast.lena, "catalog/?q=mat1")
    assert "MAT-1" not in page(cast.minjun, "catalog/GLV-M/")
    assert admin.post("/c/meridian/part-numbers/PEN-B/", {"number": "mat 1"}).status_code == 409
    assert admin.post(address, {"number": "x" * 70}).status_code == 422
    assert admin.post(address, {"number": ""}).status_code == 302
    assert not PartNumber.objects.exists()


def test_a_chip_says_who_is_asked_and_the_page_why(cast: Cast) -> None:
    assert "needs approval: Biomedical engineering" in page(cast.lena, "catalog/?q=inf-pump")
    shown = page(cast.lena, "catalog/INF-PUMP/")
    assert "Line 1 is in Medical devices" in shown


def test_up_to_four_are_compared_and_what_differs_is_marked(cast: Cast, family: None) -> None:
    shown = page(cast.lena, "compare/?sku=GLV-S&sku=GLV-M&sku=NOPE")
    assert shown.count('class="differs"') == 2  # variant and size
    assert "There is no product NOPE for your company." in shown
    five = page(cast.lena, "compare/?sku=GLV-S&sku=GLV-M&sku=GLV-L&sku=PEN-B&sku=PPR-A4")
    assert "/catalog/PEN-B/" in five
    assert "/catalog/PPR-A4/" not in five
    assert "Nothing to compare yet" in page(cast.lena, "compare/")
    assert "/catalog/INF-SET/" not in page(cast.ola, "compare/?sku=INF-SET")


def test_filters_are_links_that_can_be_taken_away(cast: Cast) -> None:
    Product.objects.filter(sku="PEN-B").update(brand="Żuk")
    assert "?brand=%C5%BBuk" in page(cast.lena, "catalog/")
    shown = page(cast.lena, "catalog/?brand=%C5%BBuk&view=list&sort=price")
    assert "Brand: Żuk" in shown
    assert "1 product" in shown
    assert "Copy paper" not in shown
    assert 'href="?view=list&amp;sort=price"' in shown


def test_odd_addresses_are_pages_too(cast: Cast) -> None:
    for odd in ("sort=x", "stock=9", "attr=a", "attr=:", "attr=%22:%5C", "view=z", "q=%25&brand="):
        page(cast.lena, f"catalog/?{odd}")
        page(cast.lena, f"catalog-export/?{odd}")


def test_what_is_shown_leaves_as_a_file(cast: Cast) -> None:
    pen = Product.objects.get(sku="PEN-B")
    set_part_number(pen, number="=1+1", actor=cast.ines, now=cast.now)
    Product.objects.filter(pk=pen.pk).update(name="=cmd()")
    told = page(cast.lena, "catalog-export/?category=office/&sort=price")
    lines = told.strip().splitlines()
    assert len(lines) == 5
    assert "'=cmd()" in lines[1]
    assert "'=1+1" in lines[1]
    assert ",0.99,1,EUR" in lines[1]
    sheet = as_actor(cast.lena).get("/c/meridian/catalog-export/?format=xlsx")
    assert sheet.content[:2] == b"PK"


def test_the_same_queries_for_every_length_of_the_list(cast: Cast, family: None) -> None:
    words = {queries_of(cast.lena, f"catalog/?q={text}") for text in ("inf-pump", "inf")}
    assert len(words) == 1
    assert words.pop() <= 52
    assert queries_of(cast.lena, "catalog/GLV-M/") <= 60
    assert queries_of(cast.lena, "compare/?sku=GLV-M&sku=GLV-S") <= 50
