"""Help to decide beside the cart: a few more, another product, bought before, arriving late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.carts.actions import create_cart, describe_cart
from placet.carts.alternatives import list_alternatives
from placet.carts.more import list_cheaper_by_more
from placet.carts.pricing import price_cart
from placet.catalog.models import Price, Product
from placet.plans.bought import list_bought_before
from placet.plans.models import PurchasedLine
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def tier(sku: str, from_quantity: int, minor: int) -> None:
    """Another tier on every list that has the product."""
    product = Product.objects.get(sku=sku)
    for row in Price.objects.filter(product=product, from_quantity=1):
        Price.objects.update_or_create(
            product=product,
            price_list=row.price_list,
            from_quantity=from_quantity,
            defaults={"unit_price_minor": minor},
        )


def twin_of(sku: str, twin: str, minor: int, **changes: object) -> Product:
    """A product that does the same, with a price of its own where the other has one."""
    original = Product.objects.get(sku=sku)
    attributes = {"Size": "M", "Material": "nitrile"}
    Product.objects.filter(pk=original.pk).update(attributes=attributes)
    rows = list(Price.objects.filter(product=original, price_list__is_default=True))
    copy = Product.objects.get(pk=original.pk)
    copy.pk, copy.sku, copy.name = f"prd_{twin}", twin, f"Twin {twin}"
    copy.attributes, copy.substitute = attributes, None
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    for row in rows:
        Price.objects.create(
            price_list=row.price_list,
            product=copy,
            from_quantity=1,
            unit_price_minor=minor,
        )
    return copy


def test_a_few_more_for_the_next_tier_is_one_button(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 46))
    price = price_cart(cart, now=cast.now).lines[0].unit_price_minor
    tier(GLOVES, 50, price - 100)
    (offer,) = list_cheaper_by_more(price_cart(cart, now=cast.now))
    assert (offer.more, offer.quantity) == (4, 50)
    assert offer.saves_minor == 50 * 100
    assert offer.costs_minor == 50 * (price - 100) - 46 * price
    shown = page(cast.lena, f"carts/{cart.pk}/")
    assert "Take 4 more" in shown
    line = cart.lines.get()
    answer = as_actor(cast.lena).post(
        f"/c/meridian/carts/{cart.pk}/lines/{line.pk}/",
        {"quantity": offer.quantity, "version": line.version},
    )
    assert answer.status_code == 302
    assert cart.lines.get().quantity == 50


def test_much_more_for_a_little_is_not_advised(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 25))
    price = price_cart(cart, now=cast.now).lines[0].unit_price_minor
    tier(GLOVES, 50, price - 1)
    assert list_cheaper_by_more(price_cart(cart, now=cast.now)) == []


def test_what_does_the_same_for_less_is_shown_and_never_taken(cast: Cast) -> None:
    twin_of(GLOVES, "TWIN-1", 100)
    twin_of(GLOVES, "TWIN-2", 50, attributes={"Size": "M", "Material": "latex"})
    twin_of(GLOVES, "TWIN-3", 40, pack="box of 9")
    twin_of(GLOVES, "TWIN-4", 30, status=Product.Status.DISCONTINUED)
    cart = fill_cart(cast, (GLOVES, 10))
    (found,) = list_alternatives(cart, price_cart(cart, now=cast.now), now=cast.now)
    assert (found.product.sku, found.is_preferred) == ("TWIN-1", False)
    assert found.saves_minor > 0
    assert "does the same as Nitrile gloves, M" in page(cast.lena, f"carts/{cart.pk}/")
    assert cart.lines.get().product.sku == GLOVES


def test_what_costs_more_or_is_held_back_is_not_shown(cast: Cast) -> None:
    twin_of(GLOVES, "TWIN-1", 90_000)
    cart = fill_cart(cast, (GLOVES, 10))
    assert list_alternatives(cart, price_cart(cart, now=cast.now), now=cast.now) == []


def test_what_the_unit_bought_last_and_what_another_bought_just_now(cast: Cast) -> None:
    submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)
    later = cast.now + timedelta(days=4)
    here = list_bought_before(cast.lena.company_id, cast.lena.unit_path, [GLOVES], now=later)
    assert (here.here[GLOVES].who, here.here[GLOVES].quantity) == ("Lena Vogt", 20)
    assert here.elsewhere == {}
    there = list_bought_before(cast.sofia.company_id, cast.sofia.unit_path, [GLOVES], now=later)
    assert there.here == {}
    seen = there.elsewhere[GLOVES]
    assert (seen.unit, seen.who, seen.quantity) == ("ICU-4", "", 20)
    gone = cast.now + timedelta(days=9)
    assert not list_bought_before(
        cast.sofia.company_id, cast.sofia.unit_path, [GLOVES], now=gone
    ).elsewhere
    assert not list_bought_before(
        cast.ola.company_id, cast.ola.unit_path, [GLOVES], now=later
    ).elsewhere
    assert PurchasedLine.objects.exists()


def test_what_arrives_after_it_is_needed_says_how_late(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 1))
    days = Product.objects.get(sku=DRESSING).lead_time_days
    today = cast.now.date()
    describe_cart(
        cart, requested_on=today + timedelta(days=days + 20), actor=cast.lena, now=cast.now
    )
    assert "arrives about" not in page(cast.lena, f"carts/{cart.pk}/")
    answer = as_actor(cast.lena).post(
        f"/c/meridian/carts/{cart.pk}/details/", {"requested_on": today.isoformat()}, follow=True
    )
    late = f"arrives about {days} day"
    assert late in answer.content.decode()
    refused = as_actor(cast.lena).post(
        f"/c/meridian/carts/{cart.pk}/details/", {"requested_on": "soon"}
    )
    assert refused.status_code == 422
    assert "Write a date" in refused.content.decode()


def test_an_empty_cart_advises_nothing(cast: Cast) -> None:
    cart = create_cart("Empty", actor=cast.lena, now=cast.now)
    assert "Worth knowing" not in page(cast.lena, f"carts/{cart.pk}/")
