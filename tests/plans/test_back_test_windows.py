"""The windows of then are what the product itself sums, had it been asked at that instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random

import pytest

from placet.plans.back_test_windows import Windows, wanted_by
from placet.plans.models import PurchasedLine
from placet.plans.windows import load_history
from placet.policy.facts import Allocation, Line, Purchase
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

MEASURES = (
    *("spend_requester", "spend_unit", "similar_orders"),
    *("spend_category", "spend_ship_to"),
)
DAYS = (1, 7, 30)
SKUS = ("A", "B", "C", "D", "E", "F")
CATEGORIES = ("office", "office/paper", "lab")
DOCKS = ("dock-1", "dock-2", "dock-3")
FACTS = ("history.first_categories", "history.first_ship_tos")


def bought(chance: Random) -> Purchase:
    """Some lines of the few products that everybody buys."""
    lines = tuple(
        Line(
            number, sku, sku, chance.choice(CATEGORIES), "", "", frozenset(), 1, 100, 1, 100,
            None, None, False, False, (Allocation(1, chance.choice(DOCKS), "", None, 100, 0, 0),),
        )
        for number, sku in enumerate(chance.sample(SKUS, chance.randrange(1, 6)), start=1)
    )  # fmt: skip
    total = 100 * len(lines)
    return Purchase("EUR", lines, total, 0, 0, total, "", "", {}, "", "cart", None, None)


def test_every_measure_at_many_instants(cast: Cast) -> None:
    chance = Random(7)
    paths = ("/a/", "/a/b/", "/a/b/c/", "/a/x/")
    members = (cast.member["lena"], cast.member["pavel"])
    rows = []
    for order in range(60):
        at = NOW - timedelta(days=chance.randrange(60), minutes=order)
        member, path = chance.choice(members), chance.choice(paths)
        for sku in chance.sample(SKUS, chance.randrange(1, 6)):
            rows.append(
                PurchasedLine(
                    created_at=at,
                    company_id=cast.company[chance.choice(("meridian", "meridian", "kowalski"))],
                    member_id=member,
                    order_id=f"ord_{order}",
                    requisition_id=f"req_{order}",
                    unit_path=path,
                    ship_to_id=chance.choice(DOCKS),
                    sku=sku,
                    category_path=f"{chance.choice(CATEGORIES)}/",
                    currency=chance.choice(("EUR", "EUR", "PLN")),
                    quantity=1,
                    unit_price_minor=100,
                    total_minor=chance.randrange(1, 1_000),
                )
            )
    PurchasedLine.objects.bulk_create(rows)
    company = cast.company["meridian"]
    asked = [(measure, days) for measure in MEASURES for days in DAYS]
    since = NOW - timedelta(days=20)
    windows = Windows(company, wanted_by(asked, FACTS), since=since, until=NOW)
    sums: list[Mapping[tuple[str, int], int]] = []
    for back in range(0, 20, 3):
        at, path, member = NOW - timedelta(days=back), chance.choice(paths), chance.choice(members)
        purchase = bought(chance)
        PurchasedLine.objects.filter(created_at__gte=at).delete()
        told = load_history(company, member, path, purchase, asked, frozenset(FACTS), now=at)
        found = windows.history_of(company, member, path, purchase, at)
        assert found.totals == told.totals
        sums.append(found.totals)
        assert found.first_categories == told.first_categories
        assert found.first_ship_tos == told.first_ship_tos
        for window, by_key in found.by_key.items():
            assert by_key == {key: told.by_key[window].get(key, 0) for key in by_key}
    for measure in MEASURES[:3]:
        assert any(one[measure, 30] for one in sums), f"{measure} was never more than nothing"
