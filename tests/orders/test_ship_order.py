"""What left the store: in parts, never more than was ordered, and taken back where it was wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound, PlacetError
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions.ask_about_order import ask_about_order
from placet.orders.actions.expect_lines import expect_lines
from placet.orders.actions.ship_order import ship_order
from placet.orders.actions.void_shipment import void_shipment
from placet.orders.models import Shipment
from placet.orders.queries import find_order_of
from placet.orders.shipping import read_progress_of
from placet.orders.shipping_rows import MoreThanOpen
from placet.requisitions.actions import accept_order_request, complete_order
from tests.cast import Cast
from tests.orders.shipped import PENS, TODAY, number_of, ship, shipped, taken_over
from tests.requisitions.orders import told
from tests.requisitions.road import GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db


def test_an_order_leaves_in_two_parts_and_is_complete(cast: Cast) -> None:
    order = taken_over(cast)
    first = ship(order, cast, GLV_M=15)
    assert (order.status, first.number) == ("exported", 1)
    assert shipped(order) == {GLOVES: 15, PENS: 0}
    assert [line.open for line in read_progress_of(order).lines] == [5, 10]
    second = ship(order, cast)
    assert (order.status, second.number) == ("completed", 2)
    assert shipped(order) == {GLOVES: 20, PENS: 10}
    assert told(order) == [
        "order.created",
        "order.acknowledged",
        "order.shipped",
        "order.shipped",
        "order.completed",
    ]
    assert verify() == []


def test_never_more_than_was_ordered_and_nothing_half(cast: Cast) -> None:
    order = taken_over(cast)
    ship(order, cast, GLV_M=15)
    with pytest.raises(MoreThanOpen) as refused:
        ship(order, cast, PEN_B=1, GLV_M=6)
    assert refused.value.facts["line"] == number_of(order, GLOVES)
    assert "only 5 are open" in refused.value.detail
    assert shipped(order) == {GLOVES: 15, PENS: 0}
    assert order.shipments.count() == 1


@pytest.mark.parametrize(
    ("quantities", "path"),
    [({}, "lines"), ({1: 0}, "lines/1"), ({1: -1}, "lines/1"), ({9: 1}, "lines/9")],
)
def test_odd_quantities_are_refused(cast: Cast, quantities: dict[int, int], path: str) -> None:
    order = taken_over(cast)
    with pytest.raises(InvalidInput) as refused:
        ship_order(order, quantities=quantities, shipped_on=TODAY, actor=cast.tomas, now=cast.now)
    assert refused.value.path == path
    assert not Shipment.objects.exists()


@pytest.mark.parametrize(
    "day", [TODAY + timedelta(days=2), TODAY - timedelta(days=400), date(1, 1, 1)]
)
def test_the_day_is_one_of_the_last_year(cast: Cast, day: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        ship_order(taken_over(cast), shipped_on=day, actor=cast.tomas, now=cast.now)
    assert refused.value.path == "shipped_on"


@pytest.mark.parametrize("field", ["carrier", "tracking"])
@pytest.mark.parametrize("text", ["x" * 201, "a\u202eb"])
def test_carrier_and_tracking_are_a_line_of_text(cast: Cast, field: str, text: str) -> None:
    carrier, tracking = (text, "") if field == "carrier" else ("", text)
    with pytest.raises(InvalidInput) as refused:
        ship_order(
            taken_over(cast),
            shipped_on=TODAY,
            carrier=carrier,
            tracking=tracking,
            actor=cast.tomas,
            now=cast.now,
        )
    assert refused.value.path == field


@pytest.mark.parametrize("who", ["lena", "ines", "rashid", "ola", "nowhere"])
def test_only_staff_who_process_orders_of_the_customer_ship_void_expect_and_complete(
    cast: Cast, who: str
) -> None:
    order = taken_over(cast)
    shipment = ship(order, cast, GLV_M=1)
    actors = {"nowhere": replace(cast.tomas, customer_ids=frozenset())}
    actor = actors.get(who) or getattr(cast, who)
    for act in (
        lambda: ship(order, cast, actor=actor),
        lambda: void_shipment(shipment, reason="No.", actor=actor, now=cast.now),
        lambda: expect_lines(order, days={1: TODAY}, actor=actor, now=cast.now),
        lambda: complete_order(order, reason="No.", actor=actor, now=cast.now),
    ):
        with pytest.raises((Forbidden, NotFound)):
            act()
    assert shipped(order) == {GLOVES: 1, PENS: 0}


def test_what_nobody_took_over_is_not_shipped(cast: Cast) -> None:
    order = find_order_of(submit(fill_cart(cast, (GLOVES, 2)), actor=cast.lena, now=cast.now).pk)
    assert order is not None
    with pytest.raises(Conflict):
        ship(order, cast)
    assert not Shipment.objects.exists()


def test_a_voided_shipment_gives_back_what_it_had(cast: Cast) -> None:
    order = taken_over(cast)
    wrong = ship(order, cast, GLV_M=15)
    ship(order, cast, GLV_M=5)
    void_shipment(wrong, reason="Another order's.", actor=cast.tomas, now=cast.now)
    assert shipped(order) == {GLOVES: 5, PENS: 0}
    with pytest.raises(Conflict):
        void_shipment(wrong, reason="Again.", actor=cast.tomas, now=cast.now)
    assert shipped(order) == {GLOVES: 5, PENS: 0}
    assert ship(order, cast).number == 3
    assert order.status == "completed"
    assert verify() == []


def test_voiding_the_last_shipment_opens_a_completed_order_again(cast: Cast) -> None:
    order = taken_over(cast)
    last = ship(order, cast)
    void_shipment(last, reason="It is still here.", actor=cast.tomas, now=cast.now)
    order.refresh_from_db()
    assert order.status == "exported"
    assert shipped(order) == {GLOVES: 0, PENS: 0}
    ship(order, cast)
    assert order.status == "completed"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 401])
def test_voiding_and_closing_need_a_reason(cast: Cast, reason: str) -> None:
    order = taken_over(cast)
    shipment = ship(order, cast, GLV_M=1)
    with pytest.raises(InvalidInput):
        void_shipment(shipment, reason=reason, actor=cast.tomas, now=cast.now)
    with pytest.raises(InvalidInput):
        complete_order(order, reason=reason, actor=cast.tomas, now=cast.now)


def test_what_is_missing_is_expected_on_a_day_until_it_leaves(cast: Cast) -> None:
    order = taken_over(cast)
    gloves, pens = number_of(order, GLOVES), number_of(order, PENS)
    later = TODAY + timedelta(days=9)
    expect_lines(order, days={gloves: later, pens: TODAY}, actor=cast.tomas, now=cast.now)
    assert read_progress_of(order).next_on == TODAY
    ship(order, cast, PEN_B=10)
    progress = read_progress_of(order)
    assert [(line.sku, line.expected_on) for line in progress.open_lines] == [(GLOVES, later)]
    with pytest.raises(InvalidInput) as refused:
        expect_lines(order, days={pens: later}, actor=cast.tomas, now=cast.now)
    assert refused.value.path == f"lines/{pens}"
    expect_lines(order, days={gloves: None}, actor=cast.tomas, now=cast.now)
    assert read_progress_of(order).next_on is None
    events = Event.objects.filter(subject=order.pk, type="order.lines_expected")
    assert events.count() == 2


def test_the_same_day_again_changes_nothing(cast: Cast) -> None:
    order = taken_over(cast)
    for _again in range(2):
        expect_lines(order, days={1: TODAY}, actor=cast.tomas, now=cast.now)
    assert Event.objects.filter(type="order.lines_expected").count() == 1


@pytest.mark.parametrize("days", [{1: TODAY - timedelta(days=1)}, {1: date(2100, 1, 1)}, {7: None}])
def test_odd_days_are_refused(cast: Cast, days: dict[int, date | None]) -> None:
    order = taken_over(cast)
    with pytest.raises(InvalidInput):
        expect_lines(order, days=days, actor=cast.tomas, now=cast.now)


def test_an_order_that_is_closed_short_says_why_and_takes_no_more(cast: Cast) -> None:
    order = taken_over(cast)
    ship(order, cast, GLV_M=15)
    complete_order(order, reason="No longer made.", actor=cast.tomas, now=cast.now)
    assert order.status == "completed"
    event = Event.objects.get(subject=order.pk, type="order.completed")
    assert '"missing_lines":2' in event.payload.replace(" ", "")
    for act in (
        lambda: ship(order, cast),
        lambda: complete_order(order, reason="Again.", actor=cast.tomas, now=cast.now),
        lambda: expect_lines(order, days={1: TODAY}, actor=cast.tomas, now=cast.now),
    ):
        with pytest.raises(PlacetError):
            act()
    assert verify() == []


@pytest.mark.parametrize("kind", ["cancel", "change"])
def test_what_has_left_is_neither_changed_nor_cancelled_any_more(cast: Cast, kind: str) -> None:
    order = taken_over(cast)
    shipment = ship(order, cast, GLV_M=1)
    request = ask_about_order(order, kind=kind, reason="Too many.", actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        accept_order_request(request, actor=cast.tomas, now=cast.now)
    order.refresh_from_db()
    assert (order.status, shipped(order)[GLOVES]) == ("exported", 1)
    void_shipment(shipment, reason="Still here.", actor=cast.tomas, now=cast.now)
    request.refresh_from_db()
    accept_order_request(request, actor=cast.tomas, now=cast.now)
    order.refresh_from_db()
    assert order.status in ("cancelled", "unprocessed")
    assert verify() == []
