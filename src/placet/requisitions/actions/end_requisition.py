"""What every end without an order has in common: steps void, budget and counters free."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.budgets.actions import release_reservations, uncount_purchase
from placet.carts.actions import reopen_cart
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import running
from placet.policy.lifecycles import REQUISITION, NotAllowed, next_state
from placet.requisitions.models import Requisition, Step, StepAssignment


def lock_requisition(requisition_id: str) -> Requisition:
    """The requisition's row, locked: the first lock of whatever changes it."""
    running()
    return (
        Requisition.objects.select_for_update(of=("self",))
        .select_related("revision", "company", "requester__user")
        .get(pk=requisition_id)
    )


def move_requisition(requisition: Requisition, *, verb: str, **values: Any) -> None:
    """Take a locked requisition along one transition of its lifecycle, by a guarded update.

    Raises ``Conflict`` when its state does not know the transition, or has moved on.
    """
    try:
        target = next_state(REQUISITION, requisition.status, verb)
    except NotAllowed as error:
        raise _conflict(requisition) from error
    moved = Requisition.objects.filter(pk=requisition.pk, status=requisition.status).update(
        status=target, version=F("version") + 1, **values
    )
    if not moved:
        requisition.refresh_from_db(fields=["status"])
        raise _conflict(requisition)
    requisition.status = target
    for name, value in values.items():
        setattr(requisition, name, value)


def end_requisition(requisition: Requisition, *, verb: str, actor: Actor, now: datetime) -> None:
    """Move a locked requisition to an end that is no order, and set free what it held.

    The counters come before the budgets, as in every lock order. A withdrawn cart opens again; a
    rejected one stays closed, since *Rebuild cart* makes a new one from the revision.
    """
    move_requisition(requisition, verb=verb, ended_at=now)
    undecided = (Step.Status.WAITING, Step.Status.PENDING)
    Step.objects.filter(requisition=requisition, status__in=undecided).update(
        status=Step.Status.VOID, ended_at=now
    )
    StepAssignment.objects.filter(requisition=requisition, is_open=True).update(is_open=False)
    uncount_purchase(requisition.pk)
    release_reservations(requisition.pk, actor=actor, now=now)
    if requisition.status == Requisition.Status.WITHDRAWN and requisition.cart_id:
        reopen_cart(requisition.cart_id, now=now)


def _conflict(requisition: Requisition) -> Conflict:
    return Conflict(
        _("%(number)s is %(status)s now.")
        % {
            "number": requisition.number,
            "status": requisition.get_status_display().lower(),
        }
    )
