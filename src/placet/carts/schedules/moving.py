"""The guarded update with which everything about a schedule begins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.carts.models import Schedule
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import running
from placet.events.record import record

RUNNING = (Schedule.Status.ACTIVE, Schedule.Status.PAUSED)


def move_schedule(
    schedule: Schedule,
    *,
    states: tuple[str, ...] = RUNNING,
    version: int | None = None,
    now: datetime,
    **values: Any,
) -> None:
    """Change the schedule if it still is as it was read; raises ``Conflict`` with what it is."""
    running()
    seen = Schedule.objects.filter(
        pk=schedule.pk, status__in=states, version=version or schedule.version
    )
    if not seen.update(version=F("version") + 1, changed_at=now, **values):
        current = Schedule.objects.get(pk=schedule.pk)
        if current.status not in states:
            raise Conflict(_is_now(current.status), version=current.version)
        raise Conflict(
            _("Somebody changed this schedule meanwhile. Please look again."),
            version=current.version,
        )
    for name, value in values.items():
        setattr(schedule, name, value)
    schedule.refresh_from_db(fields=["version", "changed_at"])


def _is_now(status: str) -> str:
    if status == Schedule.Status.ENDED:
        return _("This schedule has ended.")
    if status == Schedule.Status.PAUSED:
        return _("This schedule is paused.")
    return _("This schedule goes on already.")


def record_schedule(
    schedule: Schedule, kind: str, *, actor: Actor, now: datetime, **payload: Any
) -> None:
    """Note what happened to a schedule, in the chain of its company."""
    record(
        kind,
        schedule.pk,
        actor=actor,
        now=now,
        company_id=schedule.company_id,
        list=schedule.purchase_list_id,
        **payload,
    )
