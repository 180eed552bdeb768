"""kill -9 at named points of submitting and deciding: nothing lost, nothing torn, nothing twice."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from placet.carts.models import Cart
from placet.jobs.sweep import sweep
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions
from placet.requisitions.models import Requisition
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.road import DRESSING, answer, fill_cart, submit

RESERVING = "placet.budgets.actions.reserve_budget"
SETTLING = "placet.budgets.actions.settle_reservations"
CLOSING = "placet.carts.closing"
RECORDING = "placet.events.record"
MAKING_THE_ORDER = "placet.orders.actions.create_order"
ADVANCING = "placet.requisitions.actions.advance_requisition"
DECIDING_IT = "placet.requisitions.actions.apply_decision"
PLACING = "placet.requisitions.actions.place_order"
SUBMITTING_IT = "placet.requisitions.actions.submit_cart"
FIRST = "placet.requisitions.first_revision"
WRITING = "placet.requisitions.actions.write_revision"
LATER = NOW + timedelta(minutes=1)


def dies(module_name: str, name: str, *, before: bool) -> Callable[[], None]:
    """Replace a function by one that kills its process before or after its work."""

    def patch() -> None:
        module = importlib.import_module(module_name)
        original = getattr(module, name)

        def fatal(*args: Any, **kwargs: Any) -> Any:
            if before:
                os.kill(os.getpid(), signal.SIGKILL)
            original(*args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(module, name, fatal)

    return patch


SUBMITTING = {
    "before anything is counted": dies(FIRST, "count_purchase", before=True),
    "after the purchase was counted": dies(FIRST, "count_purchase", before=False),
    "before the budget is reserved": dies(FIRST, "reserve_budgets", before=True),
    "after the room was taken": dies(RESERVING, "take_room", before=False),
    "after the reservations were written": dies(RESERVING, "insert_reservations", before=False),
    "after the number was taken": dies(FIRST, "next_number", before=False),
    "after the revision was written": dies(FIRST, "write_revision", before=False),
    "before the steps are written": dies(WRITING, "_write_steps", before=True),
    "before the cart is closed": dies(SUBMITTING_IT, "close_cart", before=True),
    "after the cart was closed": dies(CLOSING, "_move", before=False),
    "before the first step is opened": dies(ADVANCING, "_open_step", before=True),
    "before the events are written": dies(RECORDING, "_write_facts", before=True),
    "after the events were written": dies(RECORDING, "_append", before=False),
}
DECIDING = {
    "before the decision is applied": dies(DECIDING_IT, "apply_decision", before=True),
    "before it is looked at again": dies(DECIDING_IT, "_why_it_lapses", before=True),
    "before the steps move on": dies(DECIDING_IT, "advance_requisition", before=True),
    "after a step has ended": dies(ADVANCING, "_end_step", before=False),
    "before the order is placed": dies(ADVANCING, "place_order", before=True),
    "before the order is made": dies(PLACING, "create_order", before=True),
    "before the stock is taken": dies(PLACING, "take_stock", before=True),
    "after the stock was taken": dies(PLACING, "take_stock", before=False),
    "after the order row": dies(MAKING_THE_ORDER, "new_lines", before=True),
    "after the order was made": dies(PLACING, "create_order", before=False),
    "after the reservations were ended": dies(SETTLING, "end_reservations", before=False),
    "after the reservations were settled": dies(SETTLING, "_post", before=False),
    "before the history is written": dies(PLACING, "write_history", before=True),
    "after the order was placed": dies(ADVANCING, "place_order", before=False),
    "before its events are written": dies(RECORDING, "_write_facts", before=True),
    "after its events were written": dies(RECORDING, "_append", before=False),
}


@pytest.mark.parametrize("point", SUBMITTING)
def test_killed_while_submitting_nothing_happened_and_it_works_again(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    cart = fill_cart(cast, (DRESSING, 50))

    def killed() -> None:
        SUBMITTING[point]()
        submit(cart, actor=cast.lena, now=NOW)

    (ended,) = race([killed])
    assert isinstance(ended, Failed)
    assert ended.kind == "Died", ended
    assert not Requisition.objects.exists()
    assert Cart.objects.get(pk=cart.pk).status == Cart.Status.OPEN
    assert submit(cart, actor=cast.lena, now=NOW).number == "REQ-1"
    assert verify() == []


@pytest.mark.parametrize("point", DECIDING)
def test_killed_while_deciding_the_sweep_finishes_it_once(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=NOW)
    answer(requisition, "approve", actor=cast.rashid, now=NOW)

    def killed() -> None:
        DECIDING[point]()
        apply_due_decisions(now=LATER)

    (ended,) = race([killed])
    assert isinstance(ended, Failed)
    assert ended.kind == "Died", ended
    assert verify() == []
    sweep(now=LATER)
    assert Order.objects.filter(requisition_id=requisition.pk).count() == 1
    assert verify() == []
