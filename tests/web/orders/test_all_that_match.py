"""All orders that a list's filters leave are done a hundred at a time, and the page says so."""

from __future__ import annotations

import html
import re

import pytest

from placet.orders.actions import fail_order
from placet.orders.models import Order
from placet.web.orders import bulk
from tests.cast import Cast
from tests.requisitions.orders import ordered
from tests.requisitions.road import GLOVES
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
NEXT = re.compile(r'href="(\?list=[^"]+)">Go on')


def failed(cast: Cast, count: int) -> list[str]:
    """Orders that failed, the oldest first."""
    orders = [ordered(cast, (GLOVES, 20 + n)) for n in range(count)]
    for order in orders:
        fail_order(order, reason="Unknown ship-to.", actor=cast.tomas, now=cast.now)
    rows = Order.objects.order_by("placed_at", "pk").values_list("number", flat=True)
    return list(rows)


def named(shown: str) -> list[str]:
    return re.findall(r'name="pick" value="([^"]+)"', shown)


def test_the_rest_follows_and_nothing_is_tried_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    numbers = failed(cast, 5)
    waiting = ordered(cast, (GLOVES, 50))
    address, seen = "?list=status%3Dfailed", list[str]()
    while address:
        shown = page(cast.tomas, f"orders/bulk/{address}")
        seen += named(shown)
        found = NEXT.search(shown)
        address = html.unescape(found[1]) if found else ""
    assert seen == numbers
    assert waiting.number not in seen
    shown = page(cast.tomas, "orders/bulk/?list=status%3Dfailed")
    assert "5 orders match the filters of the list." in shown
    assert "These are the oldest 2 that are left; 3 more follow." in shown


def test_after_it_is_done_the_page_goes_on_behind_these(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    numbers = failed(cast, 3)
    sent = {"list": "status=failed", "pick": numbers[:2], "do": "retry"}
    shown = as_actor(cast.tomas).post("/c/norden/orders/bulk/", sent).content.decode()
    assert "2 are done." in shown
    assert "1 more order matches the filters of the list." in shown
    found = NEXT.search(shown)
    assert found is not None
    assert named(page(cast.tomas, f"orders/bulk/{html.unescape(found[1])}")) == numbers[2:]
    states = dict(Order.objects.values_list("number", "status"))
    assert states == {
        numbers[0]: "unprocessed",
        numbers[1]: "unprocessed",
        numbers[2]: "failed",
    }


def test_each_button_says_how_many_it_can_be_done_with(cast: Cast) -> None:
    failed(cast, 2)
    ordered(cast, (GLOVES, 50))
    shown = page(cast.tomas, "orders/bulk/?list=")
    told = re.findall(r'value="(\w+)">[^<]+<span class="n">(\d+)<', shown)
    assert told == [("acknowledge", "3"), ("ship", "0"), ("retry", "2")]


def test_a_filter_that_leaves_nothing_names_nothing(cast: Cast) -> None:
    failed(cast, 1)
    for query in ("status%3Dexported", "least%3Dabc", "customer%3Dcom_other"):
        assert named(page(cast.tomas, f"orders/bulk/?list={query}")) == []
    assert "No order was ticked" in page(cast.tomas, "orders/bulk/")
