"""The requester asks those who are asked to hurry: a mail, and not too often."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.companies.refusals import refuse
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, RateLimited
from placet.core.formats import instant_text
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Nudge, Requisition
from placet.requisitions.nudging import can_nudge_requisition, read_nudging

LONGEST_NOTE = 400


class NudgedRecently(RateLimited):
    """Those who are asked were nudged a short while ago; ``next_at`` is when it is possible."""

    code = "nudged_recently"

    def __init__(self, next_at: datetime, *, actor: Actor, now: datetime) -> None:
        super().__init__(
            _("They were asked to hurry already. The next time is %(when)s.")
            % {"when": instant_text(next_at, actor.language, actor.time_zone)},
            retry_after=max(int((next_at - now).total_seconds()), 1),
        )
        self.facts = {"next_at": next_at.isoformat()}


@transaction
def nudge_requisition(
    requisition: Requisition, *, note: str = "", actor: Actor, now: datetime
) -> list[Nudge]:
    """Ask everybody whose answer is waited for to hurry, once in four working hours a step.

    Raises ``Forbidden`` for anybody but the requester, ``Conflict`` when nobody is waited for,
    ``NudgedRecently`` and ``InvalidInput``.
    """
    hold_companies(requisition.company_id, actor.company_id, member_id=actor.member_id)
    locked = lock_requisition(requisition.pk)
    refusal = can_nudge_requisition(actor, locked)
    if refusal and refusal.code == "not_waiting":
        raise Conflict(refusal.sentence)
    refuse(refusal)
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise InvalidInput("note", "too_long", _("Write at most 400 letters."))
    nudging = read_nudging(locked, now=now)
    if not nudging.steps:
        if nudging.next_at is not None:
            raise NudgedRecently(nudging.next_at, actor=actor, now=now)
        raise Conflict(_("Nobody is waited for at the moment."))
    return [
        _nudge(locked, step, note, nudging.asked[step], actor=actor, now=now)
        for step in nudging.steps
    ]


def _nudge(
    requisition: Requisition,
    step_id: str,
    note: str,
    asked: list[str],
    *,
    actor: Actor,
    now: datetime,
) -> Nudge:
    nudge = Nudge.objects.create(
        id=ids.new_id("ndg"), created_at=now, step_id=step_id, member_id=actor.member_id
    )
    record(
        "step.nudged",
        requisition.pk,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        private={"note": note} if note else None,
        requisition=requisition.pk,
        step=step_id,
        nudge=nudge.pk,
        asked=asked,
    )
    return nudge
