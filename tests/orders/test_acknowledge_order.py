"""Taking over is done by who still may, and of the content that was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from placet.companies.models import Member
from placet.core.errors import Conflict, Forbidden
from placet.orders.actions import (
    ChangedSinceRead,
    acknowledge_order,
    fail_order,
    receive_payment,
    retry_order,
)
from placet.orders.models import Order, Payment
from tests.cast import Cast
from tests.requisitions.orders import change_to, ordered
from tests.requisitions.road import GLOVES

pytestmark = pytest.mark.django_db


def test_who_left_meanwhile_takes_nothing_over(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    tomas, now = cast.tomas, cast.now
    Member.objects.filter(pk=cast.tomas.member_id).update(status=Member.Status.DEACTIVATED)
    receive = partial(receive_payment, order, amount_minor=1, currency="EUR", reference="B-1")
    acts: list[Callable[[], object]] = [
        lambda: acknowledge_order(order, erp_number="SO-1", actor=tomas, now=now),
        lambda: fail_order(order, reason="No room.", actor=tomas, now=now),
        lambda: retry_order(order, actor=tomas, now=now),
        lambda: receive(received_on=date(2026, 11, 24), actor=tomas, now=now),
    ]
    for act in acts:
        with pytest.raises(Forbidden, match="membership has ended"):
            act()
    order.refresh_from_db()
    assert order.status == "unprocessed"
    assert not Payment.objects.exists()


def test_what_was_changed_since_it_was_read_is_not_taken_over(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    read = order.content_hash
    change_to(order, cast, GLV_M=25)
    fresh = Order.objects.get(pk=order.pk)
    assert (fresh.status, fresh.content_hash == read) == ("unprocessed", False)

    def take_over(content_hash: str) -> Order:
        return acknowledge_order(
            fresh,
            erp_number="SO-1",
            content_hash=content_hash,
            actor=cast.tomas,
            now=cast.now,
        )

    with pytest.raises(ChangedSinceRead):
        take_over(read)
    fresh.refresh_from_db()
    assert (fresh.status, fresh.erp_number) == ("unprocessed", "")
    assert take_over(fresh.content_hash).status == "exported"
    assert take_over(fresh.content_hash).erp_number == "SO-1"


def test_the_same_number_takes_nothing_over_while_it_is_changed_or_once_it_is_cancelled(
    cast: Cast,
) -> None:
    order = ordered(cast, (GLOVES, 20))
    acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    assert acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now) == order
    for status, said in (("changing", "is changing now"), ("cancelled", "is cancelled now")):
        Order.objects.filter(pk=order.pk).update(status=status)
        with pytest.raises(Conflict, match=said):
            acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
        order.refresh_from_db()
        assert order.status == status
