"""A requisition's row: locked first, and moved along its lifecycle by guarded updates alone."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.core.errors import Conflict
from placet.core.transaction import running
from placet.policy.lifecycles import REQUISITION, NotAllowed, next_state
from placet.requisitions.models import Requisition


def lock_requisition(requisition_id: str) -> Requisition:
    """The requisition's row, locked: the first lock of whatever changes it."""
    running()
    return (
        Requisition.objects.select_for_update(of=("self",))
        .select_related("revision", "company", "requester__user")
        .get(pk=requisition_id)
    )


def require_transition(requisition: Requisition, *, verb: str) -> None:
    """Raises ``Conflict`` when a locked requisition's state does not know the transition."""
    try:
        next_state(REQUISITION, requisition.status, verb)
    except NotAllowed as error:
        raise _conflict(requisition) from error


def move_requisition(requisition: Requisition, *, verb: str, **values: Any) -> None:
    """Take a locked requisition along one transition of its lifecycle, by a guarded update.

    Whatever kept it from being ordered is over then, unless ``problem`` names it. Raises
    ``Conflict`` when its state does not know the transition, or has moved on.
    """
    values = {"problem": "", **values}
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


def _conflict(requisition: Requisition) -> Conflict:
    return Conflict(
        _("%(number)s is %(status)s now.")
        % {
            "number": requisition.number,
            "status": requisition.get_status_display().lower(),
        }
    )
