"""Who heads a unit."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.models import Member, Unit
from placet.companies.permissions import UNIT_MANAGE, can_favour, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def name_head(unit: Unit, *, member: Member | None, actor: Actor, now: datetime) -> Unit:
    """Say who heads a unit; rules that ask the head ask this member. ``None``: nobody does.

    A head may sit in another unit. Nobody names themselves: a head decides.
    """
    refuse_foreign(actor, unit.company_id)
    require(actor, UNIT_MANAGE, unit.path)
    refuse(can_favour(actor, member))
    if member is not None and (
        member.company_id != unit.company_id or member.status != Member.Status.ACTIVE
    ):
        raise InvalidInput("member", "not_active", _("Only an active member can head a unit."))
    Unit.objects.filter(pk=unit.pk).update(head=member, version=F("version") + 1)
    unit.refresh_from_db(fields=["head", "version"])
    record(
        "unit.head_named",
        unit.id,
        actor=actor,
        now=now,
        company_id=unit.company_id,
        member=member.id if member else "",
    )
    return unit
