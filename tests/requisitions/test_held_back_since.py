"""What a requisition has stays in it when an assortment holds it back since; more of it is new."""

from __future__ import annotations

import pytest

from placet.carts.actions import change_line
from placet.carts.models import CartLine
from placet.carts.pricing import price_cart
from placet.catalog.actions import AssortmentValues, Audience, Naming, create_assortment
from placet.companies.models import Company, Member
from placet.core.errors import InvalidInput
from placet.requisitions.actions import edit_requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db


def hold_back(cast: Cast, sku: str) -> None:
    """From Lena alone."""
    lena = Member.objects.get(pk=cast.member["lena"])
    values = AssortmentValues("Held", "deny", Naming((), [sku]), Audience(member=lena))
    meridian = Company.objects.get(slug="meridian")
    create_assortment(meridian, values=values, actor=cast.ines, now=cast.now)


def test_an_edit_keeps_what_was_submitted_and_takes_no_more_of_it(cast: Cast) -> None:
    requisition = submit(
        fill_cart(cast, (DRESSING, 50), (GLOVES, 10)), actor=cast.lena, now=cast.now
    )
    hold_back(cast, DRESSING)
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    assert price_cart(cart, now=cast.now).unsellable == ()
    line = CartLine.objects.get(cart=cart, product__sku=DRESSING)
    change_line(line, quantity=51, actor=cast.lena, now=cast.now)
    assert price_cart(cart, now=cast.now).not_allowed == (DRESSING,)
    change_line(line, quantity=49, actor=cast.lena, now=cast.now)
    assert price_cart(cart, now=cast.now).not_allowed == ()


def test_a_cart_that_was_not_submitted_is_not(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    hold_back(cast, DRESSING)
    with pytest.raises(InvalidInput) as refused:
        submit(cart, actor=cast.lena, now=cast.now)
    assert refused.value.code == "not_allowed"
    assert "Ines Keller" in refused.value.detail
