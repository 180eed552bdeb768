"""The change of an order takes effect: everything old is given back, and the new one is taken."""

from __future__ import annotations

from datetime import datetime

from placet.budgets.actions import recount_purchase, replace_commitments
from placet.catalog.actions import exchange_stock
from placet.core.actor import Actor
from placet.core.transaction import running
from placet.orders.actions import change_order
from placet.orders.content import read_content
from placet.orders.lifecycle import lock_order
from placet.orders.models import Order
from placet.plans.history import forget_history, write_history
from placet.requisitions.changing import draws_of, held_by_order, quantities_of
from placet.requisitions.lifecycle import move_requisition
from placet.requisitions.models import Requisition, Revision


def carry_out_change(
    requisition: Requisition, revision: Revision, order: Order, *, actor: Actor, now: datetime
) -> None:
    """Let the order of an approved, locked requisition have the content of this revision.

    Counters, budgets, stock and history are afterwards as if nothing else had ever been ordered.
    Raises ``OutOfStock`` where more than the order's own is missing; all of it is undone then.
    """
    running()
    locked = lock_order(order.pk)
    before = held_by_order(locked)
    read = read_content(revision.content)
    recount_purchase(requisition.pk, spend_minor=read.goods_minor)
    replace_commitments(
        requisition.pk,
        revision_id=revision.pk,
        draws=draws_of(requisition, revision),
        actor=actor,
        now=now,
    )
    exchange_stock(before, after=quantities_of(read), actor=actor, now=now)
    change_order(
        locked,
        revision_id=revision.pk,
        content=bytes(revision.content),
        content_hash=revision.content_hash,
        actor=actor,
        now=now,
    )
    forget_history(locked.pk)
    write_history(read, order_id=locked.pk, unit_path=requisition.unit.path, now=now)
    move_requisition(requisition, verb="place", ended_at=now)
