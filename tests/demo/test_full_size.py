"""The demo in full size: what `make demo` loads, once in a soak; all other tests live in less."""

from __future__ import annotations

import pytest

from placet.catalog.models import PriceList, Product, Promotion
from placet.demo.loading.world import load_world
from placet.demo.world.catalog.assortment import PRODUCTS
from placet.demo.world.requisitions.everything import OPEN
from placet.demo.world.scale import FULL
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.models import Requisition, Step
from tests.demo.world_facts import NOW

pytestmark = pytest.mark.soak


def test_it_holds_what_it_promises_and_nothing_contradicts_the_promise(empty_db: None) -> None:
    load_world(now=NOW, scale=FULL)
    assert Product.objects.count() == len(PRODUCTS) > 1_350
    assert PriceList.objects.count() == 5
    assert Promotion.objects.count() == 3
    assert 3_300 < Requisition.objects.count() < 3_700
    orders = Order.objects.exclude(status=Order.Status.CHANGING).count()
    assert Requisition.objects.filter(status="ordered").count() == orders > 2_600
    assert Requisition.objects.filter(status="pending").count() >= len(OPEN)
    asked = Step.objects.values("requisition").distinct().count()
    assert 600 < asked < 1_500
    assert verify() == []
