"""Taking back what was approved for later occurrences: one click for whoever gave or asked it."""

from __future__ import annotations

from datetime import datetime

from placet.carts.models import Schedule
from placet.carts.schedules.moving import record_schedule
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.requisitions.models import EnvelopeWithdrawal
from placet.requisitions.permissions import can_withdraw_envelope


@transaction
def withdraw_envelope(schedule: Schedule, *, actor: Actor, now: datetime) -> EnvelopeWithdrawal:
    """Let no approval that was given so far cover a later occurrence; each is asked anew.

    What was submitted before goes its own way. Raises ``Forbidden``.
    """
    refuse(can_withdraw_envelope(actor, schedule))
    row = EnvelopeWithdrawal.objects.create(
        created_at=now, schedule=schedule, member_id=actor.member_id
    )
    record_schedule(schedule, "envelope.withdrawn", actor=actor, now=now)
    return row
