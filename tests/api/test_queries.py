"""The number of statements does not grow with the rows: 5 lines and 200 cost the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.catalog import actions
from placet.catalog.actions import PriceValues, ProductValues
from placet.catalog.models import PriceList
from placet.companies.models import Company
from placet.requisitions.models import Requisition
from tests.api.caller import Caller
from tests.api.road import decide, fill_cart, submit
from tests.cast import Cast
from tests.cast_people import system_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def many_products(cast: Cast) -> list[str]:
    """Two hundred products that cost one euro."""
    system = system_of(Company.objects.get(slug="norden"))
    skus = [f"MANY-{number:03}" for number in range(200)]
    products = [
        ProductValues(
            sku=sku,
            name=f"Thing {sku}",
            category="office/",
            pack="piece",
            brand="Norden",
            supplier="Norden Supply",
            stock=500,
        )
        for sku in skus
    ]
    actions.upsert_products(products, actor=system, now=cast.now)
    listed = PriceList.objects.get(key="list-eur")
    prices = [PriceValues(sku, 100) for sku in skus]
    actions.set_prices(listed, prices=prices, actor=system, now=cast.now)
    return skus


def count(caller: Caller, path: str) -> int:
    """Statements of one warm GET."""
    assert caller.get(path).status == 200
    with CaptureQueriesContext(connection) as queries:
        caller.get(path)
    return len(queries)


def test_a_cart_its_plan_and_its_requisition(
    lena: Caller, rashid: Caller, jonas: Caller, many_products: list[str], cast: Cast
) -> None:
    counted: list[dict[str, int]] = []
    for size in (5, 200):
        rows = "\n".join(f"{sku} 6" for sku in many_products[:size])
        cart_id = fill_cart(lena, cast, f"{rows}\nINF-SET 10")
        found = {
            name: count(lena, f"/carts/{cart_id}{end}")
            for name, end in (("cart", ""), ("plan", "/plan"), ("comments", "/comments"))
        }
        requisition = submit(lena, cart_id)
        address = f"/requisitions/{requisition['id']}"
        found["requisition"] = count(lena, address)
        for approver in (rashid, jonas):
            decide(approver, requisition)
        order = lena.get(address).json["order"]
        found["evidence"] = count(lena, f"{address}/evidence")
        found["order"] = count(lena, f"/orders/{order}")
        counted.append(found)
    assert counted[0] == counted[1]
    assert max(counted[0].values()) < 45, counted[0]


LISTS = [
    "/carts", "/carts?status=submitted", "/requisitions", "/steps", "/orders", "/products",
    "/members", "/budgets", "/addresses", "/units", "/cost_centers",
]  # fmt: skip


def test_lists(lena: Caller, rashid: Caller, jonas: Caller, cast: Cast) -> None:
    def go_on(times: int) -> None:
        for _ in range(times):
            requisition = submit(lena, fill_cart(lena, cast))
            decide(rashid, requisition)
            decide(jonas, requisition)
            submit(lena, fill_cart(lena, cast))
            fill_cart(lena, cast)

    go_on(1)
    before: dict[str, Any] = {path: count(rashid, path) for path in LISTS}
    before |= {f"lena {path}": count(lena, path) for path in LISTS}
    go_on(3)
    after: dict[str, Any] = {path: count(rashid, path) for path in LISTS}
    after |= {f"lena {path}": count(lena, path) for path in LISTS}
    assert Requisition.objects.count() == 8
    assert after == before
