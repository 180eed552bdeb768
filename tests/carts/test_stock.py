"""Short stock is said, and something else offered, before anybody is asked to approve it."""

from __future__ import annotations

import pytest

from placet.carts.pricing import price_cart
from placet.carts.stock import list_refused, list_shortages
from placet.catalog.actions.assortments import AssortmentValues, create_assortment
from placet.catalog.keeping import Naming
from placet.catalog.models import Product
from placet.companies.models import Company
from placet.core.errors import InvalidInput
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def test_what_is_there_is_not_short(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 500))
    priced = price_cart(cart, now=cast.now)
    assert list_shortages(cart, priced, now=cast.now) == {}
    assert list_refused(priced) == []


def test_what_comes_later_is_told_and_can_be_ordered(cast: Cast) -> None:
    Product.objects.filter(sku=DRESSING).update(stock=7, lead_time_days=5)
    cart = fill_cart(cast, (DRESSING, 50))
    (short,) = list_shortages(cart, price_cart(cart, now=cast.now), now=cast.now).values()
    assert (short.in_stock, short.at_most, short.is_refused) == (7, 7, False)
    text = page(cast.lena, f"carts/{cart.pk}/")
    assert "7 in stock; the rest comes in about 5 days." in text
    assert submit(cart, actor=cast.lena, now=cast.now).status == Requisition.Status.PENDING


def test_what_is_not_delivered_is_refused_with_fewer_and_a_substitute_offered(cast: Cast) -> None:
    gloves = Product.objects.get(sku=GLOVES)
    Product.objects.filter(sku=DRESSING).update(
        stock=40, sells_beyond_stock=False, substitute=gloves, step_quantity=15
    )
    cart = fill_cart(cast, (DRESSING, 45))
    (short,) = list_shortages(cart, price_cart(cart, now=cast.now), now=cast.now).values()
    assert (short.at_most, short.is_refused, short.substitute) == (30, True, gloves)
    text = page(cast.lena, f"carts/{cart.pk}/")
    assert "Only 40 are in stock, and no more are delivered." in text
    assert "Make it 30" in text
    assert "Look at Nitrile gloves, M instead" in text
    with pytest.raises(InvalidInput) as refused:
        submit(cart, actor=cast.lena, now=cast.now)
    assert refused.value.code == "out_of_stock"
    assert DRESSING in refused.value.detail


def test_what_is_held_back_from_the_owner_is_not_named_as_a_substitute(cast: Cast) -> None:
    gloves = Product.objects.get(sku=GLOVES)
    Product.objects.filter(sku=DRESSING).update(stock=7, substitute=gloves)
    cart = fill_cart(cast, (DRESSING, 50))
    meridian = Company.objects.get(pk=cast.company["meridian"])
    values = AssortmentValues("No gloves", "deny", Naming((), [GLOVES]))
    create_assortment(meridian, values=values, actor=cast.ines, now=cast.now)
    (short,) = list_shortages(cart, price_cart(cart, now=cast.now), now=cast.now).values()
    assert short.substitute is None
    assert gloves.name not in page(cast.lena, f"carts/{cart.pk}/")
