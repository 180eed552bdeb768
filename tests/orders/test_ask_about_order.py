"""What was taken over is cancelled or changed by asking: accepted, declined, taken back."""

from __future__ import annotations

import pytest

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions import (
    AlreadyAsked,
    acknowledge_order,
    ask_about_order,
    decline_order_request,
    withdraw_order_request,
)
from placet.orders.asked import get_order_request, list_open_requests
from placet.orders.models import Order, OrderRequest
from placet.requisitions.actions import accept_order_request
from tests.cast import Cast
from tests.orders.shipped import ship
from tests.requisitions.orders import by_stock_alone, change_to, held, ordered, told
from tests.requisitions.road import GLOVES

pytestmark = pytest.mark.django_db


def exported(cast: Cast) -> Order:
    order = ordered(cast, (GLOVES, 20))
    return acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)


def ask(order: Order, cast: Cast, kind: str = "cancel", who: str = "lena") -> OrderRequest:
    actor = getattr(cast, who)
    return ask_about_order(order, kind=kind, reason="Ward closed.", actor=actor, now=cast.now)


def test_a_cancellation_that_is_accepted_gives_everything_back(cast: Cast) -> None:
    by_stock_alone(GLOVES)
    before, order = held(cast), exported(cast)
    request = ask(order, cast)
    assert list(list_open_requests(cast.tomas)) == [request]
    accept_order_request(request, actor=cast.tomas, now=cast.now)
    order.refresh_from_db()
    assert (order.status, held(cast)) == ("cancelled", before)
    assert told(order)[-3:] == [
        "order.request_opened",
        "order.request_accepted",
        "order.cancelled",
    ]
    assert not list_open_requests(cast.tomas).exists()
    assert verify() == []


def test_a_change_that_is_accepted_is_the_buyers_to_make(cast: Cast) -> None:
    order = exported(cast)
    accept_order_request(ask(order, cast, "change"), actor=cast.tomas, now=cast.now)
    order.refresh_from_db()
    assert (order.status, order.erp_number) == ("unprocessed", "SO-1")
    change_to(order, cast, GLV_M=25)
    assert (order.status, order.erp_number) == ("unprocessed", "SO-1")
    acknowledge_order(order, erp_number="SO-2", actor=cast.tomas, now=cast.now)
    assert order.erp_number == "SO-2"
    assert verify() == []


def test_declined_the_order_stays_and_the_buyer_reads_why(cast: Cast) -> None:
    order = exported(cast)
    request = ask(order, cast)
    declined = decline_order_request(
        request, answer="It is packed.", actor=cast.tomas, now=cast.now
    )
    order.refresh_from_db()
    assert (order.status, declined.status, declined.answer) == (
        "exported",
        "declined",
        "It is packed.",
    )
    assert ask(order, cast, "change").status == "open"
    for event in Event.objects.filter(subject=order.pk):
        assert "packed" not in event.payload
        assert "Ward closed" not in event.payload


def test_taken_back_nobody_answers_it(cast: Cast) -> None:
    order = exported(cast)
    request = ask(order, cast)
    withdraw_order_request(request, actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict):
        accept_order_request(request, actor=cast.tomas, now=cast.now)
    with pytest.raises(Conflict):
        withdraw_order_request(request, actor=cast.lena, now=cast.now)
    order.refresh_from_db()
    assert order.status == "exported"


def test_one_question_at_a_time(cast: Cast) -> None:
    order = exported(cast)
    ask(order, cast)
    with pytest.raises(AlreadyAsked):
        ask(order, cast, "change")


@pytest.mark.parametrize("who", ["rashid", "ola", "tomas", "odd"])
def test_only_the_buyer_and_an_admin_ask(cast: Cast, who: str) -> None:
    order = exported(cast)
    with pytest.raises(Forbidden):
        ask(order, cast, who=who)
    request = ask(order, cast, who="ines")
    with pytest.raises(Forbidden):
        withdraw_order_request(request, actor=getattr(cast, who), now=cast.now)


@pytest.mark.parametrize("who", ["lena", "ines", "ola"])
def test_only_the_suppliers_desk_answers(cast: Cast, who: str) -> None:
    request = ask(exported(cast), cast)
    actor = getattr(cast, who)
    with pytest.raises(Forbidden):
        accept_order_request(request, actor=actor, now=cast.now)
    with pytest.raises(Forbidden):
        decline_order_request(request, answer="No.", actor=actor, now=cast.now)
    with pytest.raises(NotFound):
        get_order_request(cast.ola, request.pk)


def test_what_nobody_has_taken_over_needs_no_question(cast: Cast) -> None:
    with pytest.raises(Conflict):
        ask(ordered(cast, (GLOVES, 20)), cast)


@pytest.mark.parametrize(
    ("kind", "reason"), [("cancel", " "), ("delete", "x"), ("cancel", "y" * 401)]
)
def test_it_has_a_kind_and_a_reason(cast: Cast, kind: str, reason: str) -> None:
    order = exported(cast)
    with pytest.raises(InvalidInput):
        ask_about_order(order, kind=kind, reason=reason, actor=cast.lena, now=cast.now)


def leave(actor: Actor) -> None:
    """Their membership ends after the actor was read."""
    Member.objects.filter(pk=actor.member_id).update(status=Member.Status.DEACTIVATED)


def test_who_left_meanwhile_takes_nothing_back_and_answers_nothing(cast: Cast) -> None:
    request = ask(exported(cast), cast)
    leave(cast.lena)
    leave(cast.tomas)
    with pytest.raises(Forbidden):
        withdraw_order_request(request, actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        decline_order_request(request, answer="No.", actor=cast.tomas, now=cast.now)
    request.refresh_from_db()
    assert request.status == "open"


def test_nothing_is_asked_any_more_about_an_order_that_has_left_whole(cast: Cast) -> None:
    order = exported(cast)
    request = ask(order, cast)
    ship(order, cast)
    request.refresh_from_db()
    assert (order.status, request.status) == ("completed", "withdrawn")
    assert not list_open_requests(cast.tomas).exists()
    with pytest.raises(Conflict):
        accept_order_request(request, actor=cast.tomas, now=cast.now)
