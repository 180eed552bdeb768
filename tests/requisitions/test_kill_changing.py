"""kill -9 at named points of a change of an order: it stands as it was, or is what was approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placet.requisitions.actions import cancel_order, withdraw_requisition
from tests.cast import NOW, Cast
from tests.ground import Ground
from tests.requisitions.orders import (
    by_stock_alone,
    change_to,
    held,
    ordered,
    requisition_of,
    send_change,
)
from tests.requisitions.road import GLOVES, answer
from tests.requisitions.test_kill import RECORDING, dies
from tests.requisitions.test_kill_revising import is_killed
from tests.requisitions.test_race_changes import prepared

CARRYING = "placet.requisitions.carrying_out"
CANCELLING = "placet.requisitions.calling_off"
KEEPING = "placet.requisitions.keeping_order"
REVISING = "placet.requisitions.actions.revise_requisition"

BEGINNING = {
    "before the order is kept back": dies(REVISING, "begin_change", before=True),
    "after the order was kept back": dies(REVISING, "begin_change", before=False),
}
CHANGING = {
    "before the old is given back": dies(CARRYING, "replace_commitments", before=True),
    "after the budgets changed": dies(CARRYING, "replace_commitments", before=False),
    "after the stock changed": dies(CARRYING, "exchange_stock", before=False),
    "after the order changed": dies(CARRYING, "change_order", before=False),
    "after the history was forgotten": dies(CARRYING, "forget_history", before=False),
    "before the change's events are written": dies(RECORDING, "_write_facts", before=True),
}
ENDING = {
    "after the requisition went back": dies(KEEPING, "move_requisition", before=False),
    "after what it held was released": dies(KEEPING, "release_reservations", before=False),
    "after the order was let go": dies(KEEPING, "move_order", before=False),
}
CALLING_OFF = {
    "after the order is cancelled": dies(CANCELLING, "move_order", before=False),
    "after its budget was refunded": dies(CANCELLING, "refund_reservations", before=False),
    "after its stock was returned": dies(CANCELLING, "return_stock", before=False),
}


@pytest.mark.parametrize("point", BEGINNING)
def test_killed_while_a_change_begins_it_never_began(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    by_stock_alone(GLOVES)
    order = ordered(cast, (GLOVES, 20))
    before, cart = held(cast), prepared(order, cast, 120)
    is_killed(BEGINNING[point], lambda: send_change(cart, cast))
    order.refresh_from_db()
    assert (order.status, held(cast)) == ("unprocessed", before)
    send_change(cart, cast)
    order.refresh_from_db()
    assert order.status == "changing"


@pytest.mark.parametrize("point", CHANGING)
def test_killed_while_it_takes_effect_the_answer_is_given_again(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    by_stock_alone(GLOVES)
    order = ordered(cast, (GLOVES, 20))
    change_to(order, cast, GLV_M=120)
    before, rashid = held(cast), replace(cast.rashid, channel="api")

    def approve() -> None:
        answer(requisition_of(order), "approve", actor=rashid, now=NOW)

    is_killed(CHANGING[point], approve)
    order.refresh_from_db()
    assert (order.status, held(cast)) == ("changing", before)
    approve()
    order.refresh_from_db()
    assert (order.status, order.changes.count()) == ("unprocessed", 1)
    assert held(cast).committed == order.goods_minor


@pytest.mark.parametrize("point", ENDING)
def test_killed_while_it_is_kept_it_is_kept_once(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    order = ordered(cast, (GLOVES, 20))
    before = held(cast)
    change_to(order, cast, GLV_M=120)

    def keep() -> None:
        withdraw_requisition(requisition_of(order), actor=cast.lena, now=NOW)

    is_killed(ENDING[point], keep)
    keep()
    order.refresh_from_db()
    assert (order.status, held(cast)) == ("unprocessed", before)


@pytest.mark.parametrize("point", CALLING_OFF)
def test_killed_while_it_is_cancelled_it_is_cancelled_once(
    committed_db: Ground, cast: Cast, point: str
) -> None:
    by_stock_alone(GLOVES)
    before = held(cast)
    order = ordered(cast, (GLOVES, 20))
    change_to(order, cast, GLV_M=120)

    def cancel() -> None:
        cancel_order(order, reason="No.", actor=cast.lena, now=NOW)

    is_killed(CALLING_OFF[point], cancel)
    order.refresh_from_db()
    assert order.status == "changing"
    cancel()
    assert (order.status, held(cast)) == ("cancelled", before)
