"""What stands still: a sentence, since when, and where to go; of the reader's customers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import QueryDict

from placet.catalog.models import Product
from placet.orders.actions import fail_order, retry_order
from placet.orders.actions.expect_lines import expect_lines
from placet.orders.models import Order, OrderRequest
from placet.requisitions.models import Requisition
from placet.web.exceptions import page as exceptions_page
from placet.web.exceptions.page import list_exceptions, read_exceptions
from placet.web.exceptions.stuck import Stuck
from placet.webhooks.models import Delivery, Endpoint
from tests.cast import Cast
from tests.orders.shipped import TODAY, ship, taken_over
from tests.requisitions.orders import change_to, ordered, requisition_of
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, submit
from tests.requisitions.test_prepayment import prepaid_order
from tests.web.pages import page, queries_of

pytestmark = pytest.mark.django_db
SOON = timedelta(days=8)


def stuck(cast: Cast, days: int = 0, who: str = "tomas") -> list[Stuck]:
    return list_exceptions(getattr(cast, who), now=cast.now + timedelta(days=days))


def refused(cast: Cast) -> Order:
    order = ordered(cast, (GLOVES, 20))
    return fail_order(order, reason="Unknown ship-to.", actor=cast.tomas, now=cast.now)


def out_of_stock(cast: Cast) -> Requisition:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    Product.objects.filter(sku=DRESSING).update(stock=1, sells_beyond_stock=False)
    answer(requisition, "approve", actor=replace(cast.rashid, channel="mail"), now=cast.now)
    return requisition


def test_nothing_stands_still_at_first(cast: Cast) -> None:
    ordered(cast, (GLOVES, 20))
    assert stuck(cast) == []
    assert "Nothing stands still" in page(cast.tomas, "exceptions/")


def test_each_kind_says_why_and_leads_to_where_it_is_freed(cast: Cast) -> None:
    order = refused(cast)
    asked = taken_over(cast, number="SO-1")
    OrderRequest.objects.create(
        created_at=cast.now,
        order=asked,
        kind="cancel",
        reason="Wrong size.",
        asked_by_id=cast.member["lena"],
    )
    requisition = out_of_stock(cast)
    found = {row.kind: row for row in stuck(cast)}
    assert set(found) == {"failed", "request", "placement"}
    assert "Unknown ship-to." in str(found["failed"].sentence)
    assert found["failed"].url.endswith(f"/orders/{order.number}/")
    assert "Wrong size." in str(found["request"].sentence)
    assert found["placement"].url.endswith(f"/requisitions/{requisition.pk}/")
    assert requisition.number in page(cast.tomas, f"requisitions/{requisition.pk}/")
    shown = page(cast.tomas, "exceptions/?kind=placement")
    assert requisition.number in shown
    assert order.number not in shown


def test_what_waits_too_long_appears_with_its_day(cast: Cast) -> None:
    unpaid = prepaid_order(cast)
    late = taken_over(cast)
    expect_lines(late, days={1: TODAY, 2: TODAY}, actor=cast.tomas, now=cast.now)
    assert stuck(cast) == []
    found = stuck(cast, days=8)
    assert sorted((row.kind, row.what) for row in found) == [
        ("backorder", late.number),
        ("unpaid", unpaid.number),
    ]
    ship(late, cast)
    assert [row.kind for row in stuck(cast, days=8)] == ["unpaid"]


def test_deliveries_that_gave_up_are_shown_to_who_may_retry_them(cast: Cast) -> None:
    endpoint = Endpoint.objects.create(
        created_at=cast.now, company_id=cast.company["norden"], url="https://erp.example/hook"
    )
    Delivery.objects.create(
        created_at=cast.now,
        endpoint=endpoint,
        event_id="evt_1",
        event_type="order.created",
        position=1,
        body="{}",
        status="failed",
        next_attempt_at=cast.now,
        last_error="It did not answer.",
    )
    assert [row.kind for row in stuck(cast, who="mira")] == ["delivery"]
    assert stuck(cast) == []


def test_only_the_readers_customers_and_only_the_desk(cast: Cast) -> None:
    refused(cast)
    narrow = replace(cast.tomas, customer_ids=frozenset({cast.company["kowalski"]}))
    assert list_exceptions(narrow, now=cast.now) == []
    assert not any(tab.rows for tab in read_exceptions(narrow, QueryDict(), now=cast.now).tabs)
    shown = page(cast.lena, "exceptions/")
    assert "Exceptions are not shown to you" in shown
    assert "Unknown ship-to." not in shown


def test_many_cost_the_same_as_one(cast: Cast) -> None:
    refused(cast)
    one = queries_of(cast.tomas, "exceptions/")
    for _more in range(4):
        refused(cast)
    assert queries_of(cast.tomas, "exceptions/") == one
    assert one <= 28


def of_every_kind(cast: Cast) -> int:
    """Twelve things that stand still, of several kinds and partly since the same instant."""
    for number in range(3):
        asked = taken_over(cast, number=f"SO-{number}")
        OrderRequest.objects.create(
            created_at=cast.now,
            order=asked,
            kind="cancel",
            reason="Wrong size.",
            asked_by_id=cast.member["lena"],
        )
        refused(cast)
        prepaid_order(cast)
        expect_lines(
            taken_over(cast, number=f"LATE-{number}"),
            days={1: TODAY + timedelta(days=number // 2)},
            actor=cast.tomas,
            now=cast.now,
        )
    return 12


def test_pages_follow_each_other_without_a_gap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exceptions_page, "PAGE_SIZE", 2)
    made, later = of_every_kind(cast), cast.now + timedelta(days=8)
    everything = [(one.kind, one.key) for one in list_exceptions(cast.tomas, now=later, most=99)]
    assert len(everything) == made
    query, seen = QueryDict(), list[tuple[str, str]]()
    while True:
        shown = read_exceptions(cast.tomas, query, now=later)
        assert (shown.count, shown.total, len(shown.rows)) == (made, made, 2)
        seen += [(one.kind, one.key) for one in shown.rows]
        if not shown.next_query:
            break
        query = QueryDict(shown.next_query)
    assert seen == everything
    shown = read_exceptions(cast.tomas, QueryDict("kind=backorder"), now=later)
    assert (shown.count, shown.total) == (3, made)
    assert {one.kind for one in shown.rows} == {"backorder"}


def test_what_was_set_going_meanwhile_leaves_no_gap(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exceptions_page, "PAGE_SIZE", 2)
    first, second, third = (refused(cast) for _number in range(3))
    shown = read_exceptions(cast.tomas, QueryDict("kind=failed"), now=cast.now)
    assert [one.key for one in shown.rows] == [first.pk, second.pk]
    retry_order(second, actor=cast.tomas, now=cast.now)
    following = read_exceptions(cast.tomas, QueryDict(shown.next_query), now=cast.now)
    assert [one.key for one in following.rows] == [third.pk]
    assert following.next_query == ""


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "2026-11-24T10:00:00+00:00",
        "2026-11-24T10:00:00~failed~ord_1",
        "2026-11-24T10:00:00+00:00~nothing~ord_1",
        "0001-01-01T00:00:00+00:00~backorder~ord_1",
        "9999-12-31T23:59:59-14:00~backorder~ord_1",
    ],
)
def test_a_place_that_is_none_is_not_found(cast: Cast, after: str) -> None:
    query = QueryDict(mutable=True)
    query["after"] = after
    page(cast.tomas, f"exceptions/?{query.urlencode()}", status=404)


def stuck_change(cast: Cast) -> Order:
    """A change that was approved after the stock had gone; the order is kept back meanwhile."""
    order = change_to(ordered(cast, (GLOVES, 20)), cast, GLV_M=120)
    Product.objects.filter(sku=GLOVES).update(stock=1, sells_beyond_stock=False)
    head = replace(cast.rashid, channel="mail")
    answer(requisition_of(order), "approve", actor=head, now=cast.now + timedelta(days=1))
    order.refresh_from_db()
    return order


def test_a_change_that_cannot_be_carried_out_names_the_order_that_it_keeps_back(
    cast: Cast,
) -> None:
    order = stuck_change(cast)
    assert order.status == "changing"
    (row,) = stuck(cast, days=2)
    assert (row.kind, row.what) == ("placement", order.number)
    assert "not enough in stock" in str(row.sentence)
    assert row.since == cast.now + timedelta(days=1)
    assert row.url.endswith(f"/orders/{order.number}/")
    assert order.number in page(cast.tomas, "exceptions/?kind=placement")


def test_a_change_that_only_the_customer_can_free_is_shown_too(cast: Cast) -> None:
    order = stuck_change(cast)
    requisition = Requisition.objects.filter(pk=order.requisition_id)
    requisition.update(problem="address_closed")
    assert [row.what for row in stuck(cast, days=2)] == [order.number]
    first = out_of_stock(cast)
    Requisition.objects.filter(pk=first.pk).update(problem="address_closed")
    assert [row.what for row in stuck(cast, days=2)] == [order.number]
