"""The way on after a failed placement: the same approved content is placed again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden
from placet.core.transaction import transaction
from placet.requisitions.actions.place_order import place_order
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import can_retry_placement


@transaction
def retry_placement(requisition: Requisition, *, actor: Actor, now: datetime) -> Requisition:
    """Order what was approved and could not be ordered then.

    Raises ``Forbidden`` for people who may not, ``Conflict`` when there is nothing to retry or the
    problem is still there; its code stands in ``facts['problem']``.
    """
    hold_companies(requisition.company_id, actor.company_id, member_id=actor.member_id)
    locked = lock_requisition(requisition.pk)
    refusal = can_retry_placement(actor, locked)
    if refusal:
        raise (Conflict if refusal.code == "not_failed" else Forbidden)(refusal.sentence)
    problem = place_order(locked, actor=actor, now=now)
    if problem:
        raise Conflict(_("It still cannot be ordered."), problem=problem)
    return locked
