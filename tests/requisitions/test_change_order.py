"""Changing an order: what was approved stands until its change is approved, and then only that."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from placet.budgets.models import Budget
from placet.core.errors import Conflict, Forbidden
from placet.events.canonical import sha256
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions import acknowledge_order, fail_order
from placet.orders.content import read_content
from placet.orders.models import Order, OrderChange
from placet.requisitions.actions import (
    cancel_order,
    edit_requisition,
    expire_due_requisitions,
    retry_placement,
    withdraw_requisition,
)
from placet.requisitions.actions.resubmit_cart import EditedMeanwhileEnded
from placet.requisitions.models import Requisition, Step
from tests.cast import Cast
from tests.notices.conftest import PostOffice, post
from tests.requisitions.orders import (
    by_stock_alone,
    change_to,
    held,
    mark,
    open_change,
    order_of,
    ordered,
    requisition_of,
    reservations,
    send_change,
    shown,
    told,
)
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, answer, fill_cart, submit

__all__ = ["post"]
pytestmark = pytest.mark.django_db


def approve(order: Order, cast: Cast) -> Order:
    """Rashid, the head of the ward, approves the change."""
    actor = replace(cast.rashid, channel="api")
    answer(requisition_of(order), "approve", actor=actor, now=cast.now)
    order.refresh_from_db()
    return order


def small(cast: Cast) -> Order:
    """Twenty boxes of gloves, which nobody has to approve."""
    return ordered(cast, (GLOVES, 20))


def dearer(order: Order, cast: Cast) -> Order:
    """So many that the head of the ward is asked."""
    return change_to(order, cast, GLV_M=120)


def test_a_change_that_needs_nobody_takes_the_place_of_the_order_at_once(cast: Cast) -> None:
    by_stock_alone(GLOVES)
    before, order = held(cast), small(cast)
    number, first = order.number, order.content_hash
    change_to(order, cast, GLV_M=30)
    requisition = requisition_of(order)
    assert (order.status, order.number, Order.objects.count()) == ("unprocessed", number, 1)
    assert requisition.status == Requisition.Status.ORDERED
    assert requisition.revision is not None
    assert order.revision_id == requisition.revision.pk
    assert sha256(bytes(order.content)) == order.content_hash != first
    assert [(line.sku, line.quantity) for line in order.lines.all()] == [(GLOVES, 30)]
    after = held(cast)
    assert after.committed - before.committed == order.goods_minor
    assert (after.reserved, after.counted, after.bought) == (
        before.reserved,
        order.goods_minor,
        order.goods_minor,
    )
    assert before.stock[GLOVES] - after.stock[GLOVES] == 30
    change = OrderChange.objects.get(order=order)
    assert (change.number, change.from_hash, change.to_hash) == (1, first, order.content_hash)
    assert told(order) == ["order.created", "order.change_begun", "order.changed"]
    assert verify() == []


def test_the_order_stands_as_it_was_while_its_change_waits(cast: Cast) -> None:
    by_stock_alone(GLOVES)
    order = small(cast)
    content, before = bytes(order.content), held(cast)
    goods = order.goods_minor
    dearer(order, cast)
    assert (order.status, bytes(order.content)) == ("changing", content)
    requisition = requisition_of(order)
    assert requisition.status == Requisition.Status.PENDING
    assert requisition.revision is not None
    extra = read_content(requisition.revision.content).goods_minor - goods
    after = held(cast)
    assert after == before._replace(reserved=before.reserved + extra, counted=goods + extra)
    assert reservations(order) == [("committed", goods), ("open", extra)]
    assert verify() == []


def test_nobody_takes_over_what_is_being_changed(cast: Cast) -> None:
    order = dearer(small(cast), cast)
    with pytest.raises(Conflict, match="changing"):
        fail_order(order, reason="No.", actor=cast.tomas, now=cast.now)
    with pytest.raises(Conflict, match="changing"):
        acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    order.refresh_from_db()
    assert order.status == "changing"


def test_approved_the_same_order_has_exactly_what_was_approved(cast: Cast) -> None:
    by_stock_alone(GLOVES)
    before, order = held(cast), small(cast)
    dearer(order, cast)
    approve(order, cast)
    requisition = requisition_of(order)
    assert requisition.revision is not None
    assert bytes(order.content) == bytes(requisition.revision.content)
    assert (order.status, requisition.status) == ("unprocessed", "ordered")
    after = held(cast)
    assert after.committed - before.committed == order.goods_minor == after.bought == after.counted
    assert after.reserved == before.reserved
    assert before.stock[GLOVES] - after.stock[GLOVES] == 120
    assert sorted(status for status, _ in reservations(order)) == [
        "committed",
        "refunded",
        "released",
    ]
    assert verify() == []
    acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    assert verify() == []


def test_rejected_the_order_stays_and_the_answer_stays_written(cast: Cast) -> None:
    by_stock_alone(GLOVES)
    order = small(cast)
    before, content = held(cast), bytes(order.content)
    revision = order.revision_id
    dearer(order, cast)
    actor = replace(cast.rashid, channel="api")
    answer(requisition_of(order), "reject", actor=actor, now=cast.now, reason="Too many.")
    order.refresh_from_db()
    requisition = requisition_of(order)
    assert (order.status, bytes(order.content), held(cast)) == ("unprocessed", content, before)
    assert (requisition.status, requisition.revision_id) == ("ordered", revision)
    assert requisition.total_minor == order.goods_minor + order.shipping_minor
    assert requisition.revisions.count() == 2
    assert Step.objects.filter(requisition=requisition, status="rejected").exists()
    assert told(order)[-1] == "order.change_rejected"
    assert verify() == []
    assert change_to(order, cast, GLV_M=25).status == "unprocessed"
    assert order.changes.count() == 1
    assert verify() == []


def test_the_buyer_keeps_it_as_it_was(cast: Cast) -> None:
    order = small(cast)
    before = held(cast)
    dearer(order, cast)
    with pytest.raises(Forbidden):
        withdraw_requisition(requisition_of(order), actor=cast.rashid, now=cast.now)
    withdraw_requisition(requisition_of(order), actor=cast.lena, now=cast.now)
    order.refresh_from_db()
    assert (order.status, held(cast)) == ("unprocessed", before)
    assert told(order)[-1] == "order.change_withdrawn"
    assert verify() == []


def test_nobody_answers_and_the_order_stays(cast: Cast) -> None:
    order = small(cast)
    before = held(cast)
    dearer(order, cast)
    requisition = requisition_of(order)
    assert requisition.expires_at is not None
    expire_due_requisitions(now=requisition.expires_at + timedelta(days=1))
    order.refresh_from_db()
    assert (order.status, held(cast)) == ("unprocessed", before)
    assert told(order)[-1] == "order.change_expired"
    assert verify() == []


def test_cancelled_while_it_is_changed_everything_is_given_back(cast: Cast) -> None:
    by_stock_alone(GLOVES)
    before, order = held(cast), small(cast)
    dearer(order, cast)
    cancel_order(order, reason="Not needed.", actor=cast.lena, now=cast.now)
    assert (order.status, held(cast)) == ("cancelled", before)
    assert requisition_of(order).status == Requisition.Status.ORDERED
    assert told(order)[-2:] == ["order.change_withdrawn", "order.cancelled"]
    assert verify() == []
    with pytest.raises(Conflict):
        open_change(order, cast)


def test_an_approval_that_covers_the_change_carries_over(cast: Cast) -> None:
    order = approve_first(cast)
    change_to(order, cast, DRS_15=20, INF_SET=5)
    assert (order.status, order.changes.count()) == ("unprocessed", 1)
    assert verify() == []


def approve_first(cast: Cast) -> Order:
    """Infusion sets and dressings that head and biomedical engineering have approved."""
    cart = fill_cart(cast, (INFUSION_SET, 10), (DRESSING, 40))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    answer_all(requisition, cast)
    return order_of(requisition)


def answer_all(requisition: Requisition, cast: Cast) -> None:
    """Everybody who is asked approves, one after the other."""
    names = {pk: name for name, pk in cast.member.items()}
    while step := Step.objects.filter(requisition=requisition, status="pending").first():
        who = names[step.assignments.filter(is_open=True).first().member_id]
        actor = replace(getattr(cast, who), channel="api")
        answer(requisition, "approve", actor=actor, now=cast.now)
        requisition.refresh_from_db()


def test_more_of_what_was_approved_is_asked_again(cast: Cast) -> None:
    order = approve_first(cast)
    change_to(order, cast, INF_SET=11)
    assert order.status == "changing"
    answer_all(requisition_of(order), cast)
    order.refresh_from_db()
    assert order.status == "unprocessed"
    assert verify() == []


@pytest.mark.parametrize("who", ["rashid", "ola", "ines", "odd"])
def test_only_the_requester_and_who_edits_the_cart_change_it(cast: Cast, who: str) -> None:
    order = small(cast)
    with pytest.raises(Forbidden):
        edit_requisition(requisition_of(order), actor=getattr(cast, who), now=cast.now)


def test_once_it_is_taken_over_there_is_nothing_to_change(cast: Cast) -> None:
    order = small(cast)
    cart = open_change(order, cast)
    plan_hash = shown(cart, cast).planned.hash
    acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    assert shown(cart, cast).revising is not None
    with pytest.raises(EditedMeanwhileEnded, match="exported"):
        send_change(cart, cast)
    assert plan_hash
    order.refresh_from_db()
    assert (order.status, order.changes.count()) == ("exported", 0)
    with pytest.raises(Conflict):
        open_change(order, cast)


def test_what_the_order_has_is_there_for_its_change(cast: Cast) -> None:
    """The last five are left: twenty that were ordered and five more can be had, six cannot."""
    by_stock_alone(GLOVES, stock=25)
    order = small(cast)
    cart = open_change(order, cast)
    change_to(order, cast, GLV_M=25)
    assert held(cast).stock[GLOVES] == 0
    assert cart.pk == requisition_of(order).cart_id
    change_to(order, cast, GLV_M=10)
    assert held(cast).stock[GLOVES] == 15
    assert verify() == []


def test_what_the_order_took_is_room_for_its_change(cast: Cast) -> None:
    order = small(cast)
    budgets = Budget.objects.filter(company_id=cast.company["meridian"])
    budget = budgets.get(account="budget")
    full = budget.used_minor
    budgets.filter(pk=budget.pk).update(mode="block")
    before = shown(open_change(order, cast), cast).planned.plan.budgets[0]
    assert before.left_before_minor == budget.amount_minor - full + order.goods_minor
    change_to(order, cast, GLV_M=19)
    assert order.status == "unprocessed"


def test_a_reference_alone_is_a_change_too(cast: Cast) -> None:
    order = mark(small(cast), cast, "PR-90001")
    assert (order.po_number, order.changes.count()) == ("PR-90001", 1)
    assert verify() == []


def test_when_the_rest_is_gone_the_order_stands_and_the_change_can_be_kept_or_tried(
    cast: Cast,
) -> None:
    by_stock_alone(GLOVES, stock=140)
    order = dearer(small(cast), cast)
    by_stock_alone(GLOVES, stock=90)
    approve(order, cast)
    requisition = requisition_of(order)
    assert (requisition.status, requisition.problem) == ("placement_failed", "out_of_stock")
    assert (order.status, order.lines.get().quantity) == ("changing", 20)
    assert verify() == []
    by_stock_alone(GLOVES, stock=100)
    retry_placement(requisition, actor=cast.lena, now=cast.now)
    order.refresh_from_db()
    assert (order.status, order.lines.get().quantity) == ("unprocessed", 120)
    assert held(cast).stock[GLOVES] == 0
    assert verify() == []


def test_a_change_that_cannot_be_taken_over_does_not_hold_the_order_for_ever(
    cast: Cast, post: PostOffice
) -> None:
    """Approved and out of stock: the supplier waited for it without an end."""
    by_stock_alone(GLOVES, stock=140)
    order = small(cast)
    before = held(cast)
    dearer(order, cast)
    by_stock_alone(GLOVES, stock=90)
    approve(order, cast)
    post.work()
    end = requisition_of(order).expires_at
    assert end is not None
    assert end >= cast.now + timedelta(days=requisition_of(order).company.expire_days)
    assert expire_due_requisitions(now=end - timedelta(seconds=1)) == 0
    assert expire_due_requisitions(now=end) == 1
    assert expire_due_requisitions(now=end) == 0
    order.refresh_from_db()
    requisition = requisition_of(order)
    assert (order.status, order.lines.get().quantity) == ("unprocessed", 20)
    assert (requisition.status, requisition.problem) == ("ordered", "")
    assert held(cast)._replace(stock=before.stock) == before
    event = Event.objects.filter(subject=order.pk).latest("seq")
    assert event.type == "order.change_expired"
    assert json.loads(event.payload)["problem"] == "out_of_stock"
    assert verify() == []
    (message,) = post.work()
    assert message.to == ["lena@meridian.example"]
    assert "was approved and could not be ordered in time" in message.body


def test_a_first_order_that_cannot_be_placed_waits_for_its_requester(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    by_stock_alone(DRESSING, stock=1)
    answer(requisition, "approve", actor=replace(cast.rashid, channel="api"), now=cast.now)
    assert expire_due_requisitions(now=cast.now + timedelta(days=400)) == 0
    requisition.refresh_from_db()
    assert requisition.status == "placement_failed"


def test_an_order_never_counts_beside_its_own_change(cast: Cast) -> None:
    """Not in the prices paid before, the sums of the rules, nor the number of earlier orders."""
    order = small(cast)
    known = shown(open_change(order, cast), cast).planned.facts
    assert known.company.earlier_orders == 0
    assert known.purchase.lines[0].first_time
    assert [use.orders for use in known.requester.uses] == [0] * len(known.requester.uses)
