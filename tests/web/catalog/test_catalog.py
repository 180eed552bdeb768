"""The catalog at the company's own prices, and the way into a cart."""

from __future__ import annotations

import pytest

from placet.carts.models import Cart
from tests.cast import Cast
from tests.requisitions.road import fill_cart
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def test_every_company_sees_its_own_prices_and_products(cast: Cast) -> None:
    assert "8.00" in page(cast.lena, "catalog/?q=glv-m")
    assert "8.90" in page(cast.minjun, "catalog/?q=glv-m")
    assert "39,00" in page(cast.ola, "catalog/?q=glv-m")
    page(cast.ola, "catalog/INF-SET/", status=404)


def test_a_product_tells_its_tiers_steps_and_substitute(cast: Cast) -> None:
    shown = page(cast.lena, "catalog/GLV-M/")
    assert "from 10" in shown
    assert "7.50" in shown
    assert "from 10, in steps of 5" in page(cast.lena, "catalog/BOX-50/")
    gone = page(cast.lena, "catalog/GLV-OLD/")
    assert "This product is discontinued." in gone
    assert "Nitrile gloves, M takes its place." in gone
    assert "Add to cart" not in gone


def test_search_and_category_narrow_the_list(cast: Cast) -> None:
    shown = page(cast.lena, "catalog/?category=consumables/dressings/")
    assert "Alcohol swabs" in shown
    assert "Copy paper" not in shown
    assert "No product fits" in page(cast.lena, "catalog/?q=unicorn")
    page(cast.lena, "catalog/?category=nothing/&after=prd_x", status=404)


def test_into_a_chosen_cart_or_a_new_one(cast: Cast) -> None:
    cart = fill_cart(cast)
    browser = as_actor(cast.lena)
    browser.post("/c/meridian/catalog/GLV-M/", {"quantity": 4, "cart": cart.pk})
    assert cart.lines.get().quantity == 4
    answer = browser.post("/c/meridian/catalog/BOX-50/", {"quantity": 10, "cart": ""})
    fresh = Cart.objects.exclude(pk=cart.pk).get()
    assert answer["Location"] == f"/c/meridian/carts/{fresh.pk}/"


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "", "7"])
def test_what_cannot_be_ordered_is_refused_and_begins_no_cart(cast: Cast, quantity: str) -> None:
    sent = {"quantity": quantity, "cart": ""}
    answer = as_actor(cast.lena).post("/c/meridian/catalog/BOX-50/", sent)
    assert answer.status_code == 422
    assert not Cart.objects.exists()


def test_nobody_puts_something_into_the_cart_of_a_stranger(cast: Cast) -> None:
    cart = fill_cart(cast)
    for person in (cast.sofia, cast.ola):
        sent = {"quantity": 1, "cart": cart.pk}
        address = f"/c/{person.company_slug}/catalog/GLV-M/"
        assert as_actor(person).post(address, sent).status_code == 404
    assert not cart.lines.exists()
