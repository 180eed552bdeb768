"""Memberships end, and begin again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.models import Delegation, Member
from placet.companies.permissions import can_manage_member
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def deactivate_member(member: Member, *, actor: Actor, now: datetime) -> Member:
    """End a membership: from this commit on they act by no channel, nor do their delegates.

    Raises ``Conflict`` when it ended already.
    """
    refuse_foreign(actor, member.company_id)
    refuse(can_manage_member(actor, member))
    ended = Member.objects.filter(pk=member.pk, status=Member.Status.ACTIVE).update(
        status=Member.Status.DEACTIVATED, deactivated_at=now, version=F("version") + 1
    )
    if not ended:
        raise Conflict(_("This member was deactivated already."))
    for side in ("principal", "delegate"):
        Delegation.objects.filter(**{side: member}, revoked_at__isnull=True).update(
            revoked_at=now, over_at=now, version=F("version") + 1
        )
    member.refresh_from_db(fields=["status", "deactivated_at", "version"])
    record("member.deactivated", member.id, actor=actor, now=now, company_id=member.company_id)
    return member


@transaction
def reactivate_member(member: Member, *, actor: Actor, now: datetime) -> Member:
    """Let somebody come back, with the roles that they had; what they handed over stays there.

    Only by whoever could give these roles. Raises ``Conflict`` for an active member.
    """
    refuse_foreign(actor, member.company_id)
    refuse(can_manage_member(actor, member))
    if member.unit.closed_at is not None:
        raise InvalidInput("unit", "closed", _("Their unit was closed: move them first."))
    back = Member.objects.filter(pk=member.pk, status=Member.Status.DEACTIVATED).update(
        status=Member.Status.ACTIVE, deactivated_at=None, version=F("version") + 1
    )
    if not back:
        raise Conflict(_("This member is active."))
    member.refresh_from_db(fields=["status", "deactivated_at", "version"])
    record("member.reactivated", member.id, actor=actor, now=now, company_id=member.company_id)
    return member
