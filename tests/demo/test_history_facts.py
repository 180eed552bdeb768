"""What the history keeps beside the tables is what the product itself would load from them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.budgets.actions.count_purchase import Counted
from placet.carts.models import Cart
from placet.catalog.models import Product
from placet.companies.models import Address, CostCenter
from placet.core.transaction import transaction
from placet.demo.loading.history.planning import Planner
from placet.demo.loading.history.pricing import Pricer
from placet.demo.world.history.play import PastLine, Purchase
from placet.plans.facts import load_cart_facts
from tests.demo.conftest import member_of
from tests.demo.world_facts import NOW

pytestmark = pytest.mark.usefixtures("world")

CASES = [
    ("lena", "4410", ("NS-10412", "NS-44062")),
    ("noor", "4420", ("NS-10523", "NS-70155")),
    ("julia", "4620", ("NS-84252",)),
    ("yusuf", "4610", ("NS-82332", "NS-90010")),
]


@pytest.fixture(scope="module")
def planner(world: None) -> Planner:
    made = Planner()
    made.figures.purchased.catch_up()
    return made


@pytest.mark.parametrize(("who", "center", "skus"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("days", [0, 8], ids=["today", "while Elif and Henrik are away"])
def test_the_same_facts(
    planner: Planner, who: str, center: str, skus: tuple[str, ...], days: int
) -> None:
    now = NOW + timedelta(days=days)
    member = member_of(who)
    cart = Cart(
        company=member.company,
        unit=member.unit,
        owner=member,
        currency="EUR",
        cost_center=CostCenter.objects.get(company=member.company, code=center),
        ship_to=Address.objects.filter(company=member.company, kind="ship_to").first(),
    )
    priced = Pricer(_products(skus), {}).price_purchase(_purchase(skus), cart)
    counted = {"week": Counted(100, 1), "month": Counted(500, 3)}
    kept, last_paid = planner.facts_of(cart, priced, counted, now)
    ground = planner.ground_of(cart)
    loaded = transaction(load_cart_facts)(
        cart,
        priced,
        ground.units,
        ground.reads,
        authors=frozenset({member.user_id}),
        counted=counted,
        now=now,
    )
    assert kept == loaded.facts
    assert last_paid == loaded.last_paid


def _purchase(skus: tuple[str, ...]) -> Purchase:
    lines = tuple(PastLine(sku, 3, 1_000) for sku in skus)
    return Purchase("", "", "", "", "", NOW.date(), 0, lines, "ordered", "")


def _products(skus: tuple[str, ...]) -> dict[str, Product]:
    rows = Product.objects.filter(sku__in=skus).select_related("category")
    return {row.sku: row for row in rows}
