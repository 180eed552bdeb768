"""The requester takes a purchase back: the budget is free again, the cart is open again."""

from __future__ import annotations

from datetime import datetime

from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.end_requisition import end_requisition
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import can_withdraw_requisition


@transaction
def withdraw_requisition(requisition: Requisition, *, actor: Actor, now: datetime) -> Requisition:
    """End a purchase that is not ordered yet, on its requester's wish.

    A change of an order is taken back like this too: the order stays as it was.

    Raises ``Forbidden`` for anybody else and ``Conflict`` once it has ended.
    """
    hold_companies(requisition.company_id, actor.company_id, member_id=actor.member_id)
    locked = lock_requisition(requisition.pk)
    refusal = can_withdraw_requisition(actor, locked)
    if refusal:
        raise (Conflict if refusal.code == "ended" else Forbidden)(refusal.sentence)
    if end_requisition(locked, verb="withdraw", actor=actor, now=now):
        record(
            "requisition.withdrawn",
            locked.id,
            actor=actor,
            now=now,
            requisition=locked.id,
            number=locked.number,
        )
    return locked
