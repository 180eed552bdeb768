"""What follows a decision asks the database as often for 200 lines as for 5."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.orders.models import Order
from placet.requisitions.actions import decide_step
from placet.requisitions.links import make_link, token_of
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import asked_step
from tests.requisitions.road import submit
from tests.web.road import long_cart

SIZES = (5, 50, 200)
MOST = {"order": 26, "merchant's order": 25, "evidence": 40, "mail's page": 45, "decision": 80}
"""No page asks more often than this, and no answer writes with more statements."""


def test_pages_and_answers_cost_the_same_for_any_number_of_lines(
    people: People, cast: Cast, day: Day
) -> None:
    costs(people, cast, submit(long_cart(cast, 3), actor=cast.lena, now=day.now))  # the first ever
    carts = [long_cart(cast, lines) for lines in SIZES]
    by_size = [costs(people, cast, submit(cart, actor=cast.lena, now=day.now)) for cart in carts]
    assert by_size[0] == by_size[1] == by_size[2]
    assert not {name for name, cost in by_size[0].items() if cost > MOST[name]}, by_size[0]


def costs(people: People, cast: Cast, requisition: Requisition) -> dict[str, int]:
    """Queries of each page, warm, and of the answer that makes the order."""
    step = asked_step(requisition)
    link = f"/d/{token_of(make_link(step, cast.member['rashid'], None, now=cast.now))}/"
    counted = {"mail's page": queries_of(lambda: people.rashid.visits(link))}
    assert requisition.revision is not None
    with CaptureQueriesContext(connection) as captured:
        decide_step(
            step,
            kind="approve",
            content_hash=requisition.revision.content_hash,
            actor=replace(cast.rashid, channel="mail"),
            now=cast.now,
        )
    counted["decision"] = reads_and_changes(captured)
    order = Order.objects.get(requisition_id=requisition.pk)
    return counted | {
        "order": queries_of(lambda: people.lena.opens("order", order.number)),
        "merchant's order": queries_of(lambda: people.tomas.opens("order", order.number)),
        "evidence": queries_of(lambda: people.lena.opens("evidence", requisition.number)),
    }


def reads_and_changes(captured: CaptureQueriesContext) -> int:
    """Statements but for those that add rows, which SQLite takes a thousand values at a time."""
    return sum(not query["sql"].startswith("INSERT") for query in captured.captured_queries)


def queries_of(look: Callable[[], object]) -> int:
    """How many queries it costs the second time."""
    look()
    with CaptureQueriesContext(connection) as captured:
        look()
    return len(captured)
