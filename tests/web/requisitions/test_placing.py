"""An order that could not be placed: its page says why, whose it is, and how to go on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.catalog.models import Product
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions
from placet.requisitions.models import Requisition
from tests.api.caller import own_key_of
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, submit
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(cast: Cast) -> Requisition:
    """Approved by Rashid while four dressings were left."""
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    Product.objects.filter(sku=DRESSING).update(stock=4, sells_beyond_stock=False)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + timedelta(minutes=1))
    requisition.refresh_from_db()
    return requisition


def test_the_page_names_the_line_the_owner_and_the_way_on(cast: Cast, stuck: Requisition) -> None:
    text = page(cast.lena, f"requisitions/{stuck.number}/")
    assert "There is not enough in stock." in text
    assert "50 ordered and 4 in stock" in text
    assert "It is with Lena Vogt" in text
    assert "Place it again" in text
    assert "Withdraw" in text
    assert "Place it again</button>" not in page(cast.rashid, f"requisitions/{stuck.number}/")


def test_the_health_page_lists_it_with_its_owner(cast: Cast, stuck: Requisition) -> None:
    text = page(cast.ines, "health/")
    assert "Approved, and not ordered yet" in text
    assert stuck.number in text
    assert "There is not enough in stock." in text


def test_placing_it_again_says_what_is_still_in_the_way_and_then_orders(
    cast: Cast, stuck: Requisition
) -> None:
    browser = as_actor(cast.lena)
    address = f"/c/meridian/requisitions/{stuck.number}/retry/"
    assert "It still cannot be ordered." in browser.post(address, follow=True).content.decode()
    Product.objects.filter(sku=DRESSING).update(stock=50)
    assert "is gone" in page(cast.lena, f"requisitions/{stuck.number}/")
    assert f"{stuck.number} is ordered." in browser.post(address, follow=True).content.decode()
    assert Order.objects.count() == 1


def test_the_interface_names_the_problem_and_places_it_again(
    cast: Cast, stuck: Requisition
) -> None:
    lena = own_key_of(cast.lena)
    shown = lena.get(f"/requisitions/{stuck.pk}").json
    assert (shown["status"], shown["problem"]) == ("placement_failed", "out_of_stock")
    assert "place" in shown["allowed_actions"]
    refused = lena.post(f"/requisitions/{stuck.pk}/placements")
    assert (refused.status, refused.json["problem"]) == (409, "out_of_stock")
    Product.objects.filter(sku=DRESSING).update(stock=50)
    placed = lena.post(f"/requisitions/{stuck.pk}/placements")
    assert (placed.status, placed.json["status"], placed.json["problem"]) == (201, "ordered", None)


def test_an_outsider_knows_of_nothing(cast: Cast, stuck: Requisition) -> None:
    browser = as_actor(cast.jan)
    assert browser.post(f"/c/meridian/requisitions/{stuck.number}/retry/").status_code == 404
    assert own_key_of(cast.jan).post(f"/requisitions/{stuck.pk}/placements").status == 404
