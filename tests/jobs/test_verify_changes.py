"""``placet verify`` and changes of orders: each thing that could be wrong with one is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from placet.budgets.models import Reservation
from placet.jobs.verify import verify
from placet.jobs.verify.proof import prove_requisition
from placet.orders.models import Order, OrderChange
from placet.requisitions.models import Requisition, Step
from tests.cast import Cast
from tests.requisitions.orders import change_to, ordered, requisition_of
from tests.requisitions.road import GLOVES, answer

pytestmark = pytest.mark.django_db


def changing(cast: Cast) -> Order:
    return change_to(ordered(cast, (GLOVES, 20)), cast, GLV_M=120)


def changed(cast: Cast) -> Order:
    order = changing(cast)
    rashid = replace(cast.rashid, channel="api")
    answer(requisition_of(order), "approve", actor=rashid, now=cast.now)
    order.refresh_from_db()
    return change_to(order, cast, GLV_M=100)


def found(order: Order, tamper: Callable[[Order], object]) -> set[str]:
    assert verify() == []
    tamper(order)
    return {finding.code for finding in verify()}


def let_go(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(status="unprocessed")


def hold_less(order: Order) -> None:
    rows = Reservation.objects.filter(requisition_id=order.requisition_id, status="open")
    assert rows.update(amount_minor=1) == 1


def take_back_a_step(order: Order) -> None:
    steps = Step.objects.filter(requisition_id=order.requisition_id, status="approved")
    assert steps.filter(revision_id=order.changes.get(number=1).to_revision_id).update(
        status="void"
    )


def commit_the_old(order: Order) -> None:
    rows = Reservation.objects.filter(requisition_id=order.requisition_id, status="refunded")
    assert rows.update(status="committed")


def add_a_link(order: Order) -> None:
    last = order.changes.get(number=2)
    OrderChange.objects.create(
        created_at=last.created_at,
        order=order,
        number=4,
        from_revision_id=last.from_revision_id,
        from_hash=last.from_hash,
        from_total_minor=last.from_total_minor,
        to_revision_id=last.to_revision_id,
        to_hash="0" * 64,
        to_total_minor=last.to_total_minor,
    )


def test_an_order_that_goes_on_while_it_is_changed(cast: Cast) -> None:
    assert "order_without_approval" in found(changing(cast), let_go)


def test_a_change_that_holds_less_than_it_needs(cast: Cast) -> None:
    assert "change_holds_else" in found(changing(cast), hold_less)


def test_a_content_that_was_not_approved(cast: Cast) -> None:
    assert "change_not_approved" in found(changed(cast), take_back_a_step)


def test_a_content_that_still_stands_in_the_budget(cast: Cast) -> None:
    assert "old_content_committed" in found(changed(cast), commit_the_old)


def test_a_chain_with_a_gap(cast: Cast) -> None:
    assert {"changes_broken", "change_differs"} <= found(changed(cast), add_a_link)


@pytest.mark.parametrize("state", [changing, changed])
def test_one_purchase_is_proved_while_it_changes_and_after(
    cast: Cast, state: Callable[[Cast], Order]
) -> None:
    order = state(cast)
    requisition: Requisition = requisition_of(order)
    said = list(prove_requisition(requisition))
    assert [one.sentence for one in said if not one.holds] == []
    assert any(order.number in one.sentence for one in said)
