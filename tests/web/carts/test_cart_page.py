"""The cart with its decision panel, as its owner, a colleague and an outsider meet it."""

from __future__ import annotations

import pytest

from placet.carts.actions import share_cart
from placet.carts.models import Cart
from placet.companies.models import Member
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, fill_cart
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def path_of(cart: Cart) -> str:
    return f"carts/{cart.pk}/"


def test_the_panel_says_who_why_what_is_not_needed_and_what_is_left(cast: Cast) -> None:
    cart = fill_cart(cast, (INFUSION_SET, 10))
    shown = page(cast.lena, path_of(cart))
    assert "Needs 2 approvals" in shown
    assert "Rashid Haddad" in shown
    assert "any 1 of 3" in shown
    assert '<a href="#line-1">Line 1</a> is in Medical devices.' in shown
    assert "Not needed: Finance" in shown
    assert "3,810.00\u00a0EUR away" in shown
    assert "Submit for approval" in shown


def test_with_nothing_to_approve_the_button_places_the_order(cast: Cast) -> None:
    shown = page(cast.lena, path_of(fill_cart(cast, (GLOVES, 3))))
    assert "No approval needed" in shown
    assert "Place order" in shown
    assert "Submit for approval" not in shown


def test_an_empty_cart_says_what_to_do(cast: Cast) -> None:
    shown = page(cast.lena, path_of(fill_cart(cast)))
    assert "This cart is empty" in shown
    assert 'name="plan_hash"' not in shown


def test_nobody_else_finds_it(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    page(cast.sofia, path_of(cart), status=404)
    page(cast.ola, path_of(cart), status=404)
    assert as_actor(cast.ola).get(f"/c/meridian/{path_of(cart)}").status_code == 404


def test_a_colleague_who_may_look_cannot_change(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="view", actor=cast.lena, now=cast.now)
    shown = page(cast.pavel, path_of(cart))
    assert "Add a product" not in shown
    answer = as_actor(cast.pavel).post(f"/c/meridian/{path_of(cart)}lines/", {"text": DRESSING})
    assert answer.status_code == 403
    assert cart.lines.count() == 1
