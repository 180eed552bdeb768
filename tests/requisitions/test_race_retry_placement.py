"""A purchase that could not be ordered, and many who want something of it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.budgets.models import Reservation
from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import (
    apply_due_decisions,
    retry_placement,
    withdraw_requisition,
)
from placet.requisitions.models import Requisition
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.road import DRESSING, answer, fill_cart, submit

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def waiting(committed_db: Ground, cast: Cast) -> Requisition:
    """Approved while there was nothing left; there is again by now."""
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    Product.objects.filter(sku=DRESSING).update(stock=0, sells_beyond_stock=False)
    answer(requisition, "approve", actor=cast.rashid, now=NOW)
    apply_due_decisions(now=LATER)
    Product.objects.filter(sku=DRESSING).update(stock=70)
    requisition.refresh_from_db()
    assert requisition.problem == "out_of_stock"
    return requisition


def retry(requisition: Requisition, actor: Actor) -> str:
    return retry_placement(requisition, actor=actor, now=LATER).status


def test_two_retries_at_once_make_one_order(waiting: Requisition, cast: Cast) -> None:
    actors = [cast.lena, cast.ines] * 4
    results = race([lambda actor=actor: retry(waiting, actor) for actor in actors])
    assert results.count("ordered") == 1
    assert {r.code for r in results if isinstance(r, Failed)} == {"conflict"}
    assert Order.objects.count() == 1
    assert Product.objects.get(sku=DRESSING).stock == 20
    assert verify() == []


def test_a_retry_against_a_withdrawal_ends_in_one_of_the_two(
    waiting: Requisition, cast: Cast
) -> None:
    results = race(
        [
            lambda: retry(waiting, cast.ines),
            lambda: withdraw_requisition(waiting, actor=cast.lena, now=LATER).status,
        ]
    )
    waiting.refresh_from_db()
    assert [r for r in results if not isinstance(r, Failed)] == [waiting.status]
    is_ordered = waiting.status == Requisition.Status.ORDERED
    assert Order.objects.count() == int(is_ordered)
    ends = {one.status for one in Reservation.objects.filter(requisition_id=waiting.pk)}
    assert ends == {Reservation.Status.COMMITTED if is_ordered else Reservation.Status.RELEASED}
    assert verify() == []


def test_the_last_piece_is_ordered_once(committed_db: Ground, cast: Cast) -> None:
    """Three purchases of 50 are approved at the same moment, and 60 are there."""
    Product.objects.filter(sku=DRESSING).update(stock=200, sells_beyond_stock=False)
    requisitions = [
        submit(fill_cart(cast, (DRESSING, 50), name=f"Cart {n}"), actor=cast.lena, now=NOW)
        for n in range(3)
    ]
    for requisition in requisitions:
        answer(requisition, "approve", actor=cast.rashid, now=NOW)
    Product.objects.filter(sku=DRESSING).update(stock=60)
    race([lambda: apply_due_decisions(now=LATER)] * 3)
    apply_due_decisions(now=LATER)
    ended = sorted(Requisition.objects.values_list("status", "problem"))
    failed = ("placement_failed", "out_of_stock")
    assert ended == [("ordered", ""), failed, failed]
    assert Product.objects.get(sku=DRESSING).stock == 10
    assert verify() == []
