"""kill -9 at named points of what came later: edits, lowered lines, moved prices, time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from placet.carts.actions import change_line
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import price_cart
from placet.catalog.models import Price
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import (
    apply_due_decisions,
    decide_step,
    edit_requisition,
    expire_due_requisitions,
    remind_due_steps,
    submit_cart,
)
from placet.requisitions.models import CarryOver, Requisition, StepAssignment
from placet.requisitions.planning import plan_purchase
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.road import (
    DRESSING,
    INFUSION_SET,
    answer,
    fill_cart,
    pending_step,
    submit,
)
from tests.requisitions.test_kill import RECORDING, dies

APPLYING = "placet.requisitions.actions.apply_decision"
ESCALATING_IT = "placet.requisitions.actions.escalate_step"
EXPIRING_IT = "placet.requisitions.actions.expire_requisition"
PLACING = "placet.requisitions.actions.place_order"
REDUCING = "placet.requisitions.actions.reduce_requisition"
REMINDING = "placet.requisitions.actions.remind_steps"
RESUBMITTING = "placet.requisitions.actions.resubmit_cart"
REVISING = "placet.requisitions.actions.revise_requisition"
LATER = NOW + timedelta(minutes=1)
Patch = Callable[[], None]

EDITING = {
    "before the cart is closed again": dies(RESUBMITTING, "close_cart", before=True),
    "before the former content ends": dies(REVISING, "_end_former", before=True),
    "after the former content has ended": dies(REVISING, "_end_former", before=False),
    "after its budget was released": dies(REVISING, "release_reservations", before=False),
    "after the new content was reserved": dies(REVISING, "_reserve", before=False),
    "after the next revision was written": dies(REVISING, "write_revision", before=False),
    "before approvals carry over": dies(REVISING, "_carry", before=True),
    "after approvals were carried over": dies(REVISING, "_carry", before=False),
    "before the next step opens": dies(REVISING, "advance_requisition", before=True),
    "before the edit's events are written": dies(RECORDING, "_write_facts", before=True),
}
LOWERING = {
    "before the lines are lowered": dies(APPLYING, "reduce_requisition", before=True),
    "after the smaller revision was made": dies(REDUCING, "revise_requisition", before=False),
    "after the rest became a cart": dies(REDUCING, "keep_remainder", before=False),
    "after the lines were lowered": dies(APPLYING, "reduce_requisition", before=False),
}
MOVING = {
    "before the moved prices are written": dies(PLACING, "write_moved_prices", before=True),
    "after the moved prices were written": dies(PLACING, "write_moved_prices", before=False),
}
ESCALATING = {
    "before those above are found": dies(REMINDING, "escalate_step", before=True),
    "before those above are asked": dies(ESCALATING_IT, "_seat", before=True),
    "after those above were asked": dies(ESCALATING_IT, "_seat", before=False),
}
EXPIRING = {
    "before the purchase ends": dies(EXPIRING_IT, "end_requisition", before=True),
    "after the purchase has ended": dies(EXPIRING_IT, "end_requisition", before=False),
}


def is_killed(patch: Patch, act: Callable[[], object]) -> None:
    """A process of its own dies at the point; what it leaves holds together."""

    def killed() -> None:
        patch()
        act()

    (ended,) = race([killed])
    assert isinstance(ended, Failed)
    assert ended.kind == "Died", ended
    assert verify() == []


def current(requisition: Requisition) -> Requisition:
    return Requisition.objects.select_related("revision").get(pk=requisition.pk)


@pytest.mark.parametrize("point", EDITING)
def test_killed_while_resubmitting_the_former_content_stands_and_it_works_again(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=NOW)
    at_once = {name: replace(cast.actors[name], channel="api") for name in ("rashid", "jonas")}
    answer(requisition, "approve", actor=at_once["rashid"], now=NOW)
    cart = edit_requisition(requisition, actor=cast.lena, now=NOW)
    line = CartLine.objects.select_related("cart", "product").get(cart=cart)
    change_line(line, quantity=9, actor=cast.lena, now=NOW)

    def resubmit() -> None:
        fresh = Cart.objects.get(pk=cart.pk)
        shown = plan_purchase(fresh, price_cart(fresh, now=NOW), actor=cast.lena, now=NOW)
        submit_cart(fresh, plan_hash=shown.planned.hash, actor=cast.lena, now=NOW)

    is_killed(EDITING[point], resubmit)
    found = current(requisition)
    assert found.revision is not None
    assert found.revision.number == 1
    assert Cart.objects.get(pk=cart.pk).status == Cart.Status.OPEN
    assert not CarryOver.objects.exists()
    resubmit()
    assert CarryOver.objects.count() == 1
    answer(requisition, "approve", actor=at_once["jonas"], now=NOW)
    order = Order.objects.get()
    revision = current(requisition).revision
    assert revision is not None
    assert (revision.number, order.content_hash) == (2, revision.content_hash)
    assert verify() == []


@pytest.mark.parametrize("point", LOWERING)
def test_killed_while_lowering_lines_the_worker_does_it_once(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 60)), actor=cast.lena, now=NOW)
    assert requisition.revision is not None
    decide_step(
        pending_step(requisition),
        kind="approve",
        content_hash=requisition.revision.content_hash,
        reason="Forty are in the store room.",
        lines={1: 50},
        actor=cast.rashid,
        now=NOW,
    )
    is_killed(LOWERING[point], lambda: apply_due_decisions(now=LATER))
    assert current(requisition).revision_id == requisition.revision_id
    assert not Cart.objects.filter(status=Cart.Status.OPEN).exists()
    apply_due_decisions(now=LATER)
    revision = current(requisition).revision
    assert revision is not None
    assert revision.number == 2
    assert Cart.objects.filter(status=Cart.Status.OPEN).count() == 1
    assert Order.objects.get().content_hash == revision.content_hash
    assert verify() == []


@pytest.mark.parametrize("point", MOVING)
def test_killed_while_prices_move_at_the_moment_of_ordering_it_is_ordered_once(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    """The prices are not held any more, and are lower by now: what was approved covers it."""
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    after_the_hold = NOW + timedelta(days=20)
    answer(requisition, "approve", actor=cast.rashid, now=after_the_hold)
    Price.objects.filter(product__sku=DRESSING).update(unit_price_minor=1_500)
    due = after_the_hold + timedelta(minutes=1)
    is_killed(MOVING[point], lambda: apply_due_decisions(now=due))
    assert not Order.objects.exists()
    apply_due_decisions(now=due)
    found = current(requisition)
    assert found.revision is not None
    assert (found.status, found.revision.number) == ("ordered", 2)
    assert Order.objects.get().content_hash == found.revision.content_hash
    assert verify() == []


@pytest.mark.parametrize("point", ESCALATING)
def test_killed_while_escalating_those_above_are_asked_once(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    for hours in (4, 24):
        remind_due_steps(now=NOW + timedelta(hours=hours))
    late = NOW + timedelta(hours=28)
    is_killed(ESCALATING[point], lambda: remind_due_steps(now=late))
    asked = StepAssignment.objects.filter(requisition=requisition, is_open=True)
    assert [row.member_id for row in asked] == [cast.member["rashid"]]
    assert remind_due_steps(now=late) == 1
    assert remind_due_steps(now=late) == 0
    assert asked.all().count() == 2
    assert Event.objects.filter(type="step.escalated").count() == 1
    assert verify() == []


@pytest.mark.parametrize("point", EXPIRING)
def test_killed_while_expiring_it_expires_once(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    end = current(requisition).expires_at
    assert end is not None
    is_killed(EXPIRING[point], lambda: expire_due_requisitions(now=end))
    assert current(requisition).status == Requisition.Status.PENDING
    assert expire_due_requisitions(now=end) == 1
    assert expire_due_requisitions(now=end) == 0
    assert current(requisition).status == Requisition.Status.EXPIRED
    assert Event.objects.filter(type="requisition.expired").count() == 1
    assert verify() == []
