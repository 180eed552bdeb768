"""Submitting from the page: what was shown is what is submitted."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from placet.carts.actions import describe_cart
from placet.carts.models import Cart
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import GLOVES, INFUSION_SET, fill_cart
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db


def address(cart: Cart, rest: str = "") -> str:
    return f"/c/meridian/carts/{cart.pk}/{rest}"


def shown_hash(browser: Client, cart: Cart) -> str:
    shown = browser.get(address(cart)).content.decode()
    found = re.search(r'name="plan_hash" value="(\w+)"', shown)
    assert found
    return found.group(1)


def test_it_becomes_a_requisition_that_names_a_person_and_a_time(cast: Cast) -> None:
    cart = fill_cart(cast, (INFUSION_SET, 10))
    browser = as_actor(cast.lena)
    sent = {"plan_hash": shown_hash(browser, cart)}
    answer = browser.post(address(cart, "submit/"), sent, follow=True)
    requisition = Requisition.objects.get()
    assert answer.redirect_chain[-1][0] == f"/c/meridian/requisitions/{requisition.number}/"
    assert "Waiting for Rashid Haddad, until" in answer.content.decode()


def test_with_nothing_to_approve_the_order_exists(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    browser = as_actor(cast.lena)
    answer = browser.post(
        address(cart, "submit/"), {"plan_hash": shown_hash(browser, cart)}, follow=True
    )
    assert Order.objects.get().number in answer.content.decode()
    assert "submitted for approval" not in answer.content.decode()


def test_another_plan_is_shown_before_anything_is_frozen(cast: Cast) -> None:
    cart = fill_cart(cast, (INFUSION_SET, 1))
    browser = as_actor(cast.lena)
    seen = shown_hash(browser, cart)
    browser.post(address(cart, "lines/"), {"text": "INF-SET 9"})
    answer = browser.post(address(cart, "submit/"), {"plan_hash": seen})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "What it needs has changed." in shown
    assert "Needs 2 approvals" in shown
    assert not Requisition.objects.exists()
    again = {"plan_hash": shown_hash(browser, cart)}
    assert browser.post(address(cart, "submit/"), again).status_code == 302
    assert Requisition.objects.count() == 1


def test_without_a_ship_to_the_field_is_named_and_nothing_is_submitted(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    describe_cart(cart, ship_to_id="", actor=cast.lena, now=cast.now)
    browser = as_actor(cast.lena)
    shown = browser.get(address(cart)).content.decode()
    assert '<a href="#ship-to">Say where it should be delivered.</a>' in shown
    answer = browser.post(address(cart, "submit/"), {"plan_hash": shown_hash(browser, cart)})
    assert answer.status_code == 422
    assert 'id="ship-error"' in answer.content.decode()
    assert not Requisition.objects.exists()


def test_submitted_twice_it_is_there_once(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 3))
    browser = as_actor(cast.lena)
    sent = {"plan_hash": shown_hash(browser, cart)}
    assert browser.post(address(cart, "submit/"), sent).status_code == 302
    assert browser.post(address(cart, "submit/"), sent).status_code == 409
    assert Requisition.objects.count() == 1
