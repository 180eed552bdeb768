"""However long a company has been buying, the engine is given sums and not rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.plans.models import PurchasedLine
from placet.plans.windows import load_history
from placet.policy.facts import Allocation, History, Line, Purchase
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

WINDOWS = (
    *(("spend_requester", 30), ("spend_unit", 30), ("similar_orders", 30)),
    *(("spend_category", 30), ("spend_ship_to", 30)),
)
FACTS = frozenset({"history.first_categories", "history.first_ship_tos"})
PURCHASE = Purchase(
    "EUR",
    (
        Line(
            1, "A", "A", "office/paper", "", "", frozenset(), 1, 100, 1, 100, None, None, False,
            False, (Allocation(1, "dock-1", "", None, 100, 0, 0),),
        ),
    ),
    *(100, 0, 0, 100, "", "", {}, "", "cart", None, None),
)  # fmt: skip


def buy(cast: Cast, orders: range) -> None:
    """So many orders of one line in the same unit, to the same place."""
    PurchasedLine.objects.bulk_create(
        PurchasedLine(
            created_at=NOW - timedelta(minutes=order),
            company_id=cast.company["meridian"],
            member_id=cast.member["lena"],
            order_id=f"ord_{order}",
            requisition_id=f"req_{order}",
            unit_path="/a/",
            ship_to_id="dock-1",
            sku="A",
            category_path="office/paper/",
            currency="EUR",
            quantity=1,
            unit_price_minor=100,
            total_minor=100,
        )
        for order in orders
    )


def loaded(cast: Cast) -> tuple[History, int]:
    """The history, and how many rows the database answered for it."""
    with CaptureQueriesContext(connection) as queries:
        company, member = cast.company["meridian"], cast.member["lena"]
        history = load_history(company, member, "/a/", PURCHASE, WINDOWS, FACTS, now=NOW)
    rows = 0
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute(query["sql"])
            rows += len(cursor.fetchall())
    return history, rows


def test_two_thousand_purchases_are_as_many_rows_as_ten(cast: Cast) -> None:
    buy(cast, range(10))
    few, rows_of_few = loaded(cast)
    buy(cast, range(10, 2_000))
    many, rows_of_many = loaded(cast)
    assert few.totals["similar_orders", 30] == 10
    assert many.totals == {
        ("similar_orders", 30): 2_000,
        ("spend_requester", 30): 200_000,
        ("spend_unit", 30): 200_000,
    }
    assert many.by_key["spend_category", 30]["office/paper"] == 200_000
    assert rows_of_many == rows_of_few <= len(WINDOWS) + len(FACTS)
