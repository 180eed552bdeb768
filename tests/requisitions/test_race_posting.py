"""Two posts of one cart at once: one requisition, and the other is told which."""

from __future__ import annotations

from functools import partial

import pytest

from placet.budgets.models import PeriodCounter
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.api.caller import Said, key_of, own_key_of
from tests.api.shop import ask, purchase
from tests.cast import Cast
from tests.ground import Ground, race

AT_ONCE = 4


@pytest.mark.parametrize("who", [("lena",) * AT_ONCE, ("lena", "rashid", "lena", "rashid")])
def test_a_shops_cart_that_is_posted_several_times_at_once_is_one_purchase(
    committed_db: Ground, cast: Cast, who: tuple[str, ...]
) -> None:
    shop = key_of("norden", "order.from_shop")
    bodies = [purchase(cast, who=name) for name in who]
    bodies = [{**body, "plan_hash": ask(shop, body)["plan_hash"]} for body in bodies]

    def post(at: int) -> tuple[int, str]:
        return answer_of(shop.post("/requisitions", bodies[at], idempotency_key=f"own-{at}"))

    results = race([partial(post, at) for at in range(AT_ONCE)])
    (row,) = Requisition.objects.all()
    assert sorted(results) == [(201, row.pk), *[(409, row.pk)] * (AT_ONCE - 1)]
    assert Order.objects.count() == 1
    counted = PeriodCounter.objects.filter(period="year").values_list("orders", flat=True)
    assert sum(counted) == 1
    assert list(verify()) == []


def test_a_programs_purchase_that_is_posted_several_times_at_once_is_one(
    committed_db: Ground, cast: Cast
) -> None:
    lena = own_key_of(cast.lena)
    body = {
        "external_id": "CART-88",
        "currency": "EUR",
        "ship_to": cast.address["ICU dock"],
        "cost_center": "4410",
        "lines": [{"sku": "GLV-M", "quantity": 20}],
    }
    plan = lena.post("/requisitions?dry_run=true", body)
    assert plan.status == 200, plan.json
    body["plan_hash"] = plan.json["hash"]

    def post(at: int) -> tuple[int, str]:
        return answer_of(lena.post("/requisitions", body, idempotency_key=f"own-{at}"))

    results = race([partial(post, at) for at in range(AT_ONCE)])
    (row,) = Requisition.objects.all()
    assert sorted(results) == [(201, row.pk), *[(409, row.pk)] * (AT_ONCE - 1)]
    assert list(verify()) == []


def answer_of(said: Said) -> tuple[int, str]:
    """The status, and which purchase it is about."""
    return said.status, said.json["id"] if said.status == 201 else said.json["requisition"]
