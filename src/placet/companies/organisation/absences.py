"""Who is away, and who decides for whom meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.models import Absence, Delegation, Member, Unit
from placet.companies.permissions import can_manage_member
from placet.companies.refusals import Refusal, refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def delegate_to(
    principal: Member,
    *,
    delegate: Member,
    starts_at: datetime,
    ends_at: datetime,
    actor: Actor,
    now: datetime,
    cap_minor: int | None = None,
    unit: Unit | None = None,
) -> Delegation:
    """Let ``delegate`` decide for ``principal`` between two instants, up to a cap an order.

    With a unit it holds for purchases of that unit and of those below it. The principal does this,
    or who manages members, but never in favour of themselves.
    """
    refuse_foreign(actor, principal.company_id, delegate.company_id)
    if unit is not None and unit.company_id != principal.company_id:
        raise InvalidInput("unit", "foreign", _("The unit is of another company."))
    _refuse_all_but_self(actor, principal)
    if actor.is_oneself(delegate.user_id) and principal.id != actor.member_id:
        refuse(Refusal("own_rights", _("Nobody makes themselves the delegate of somebody else.")))
    if principal.status != Member.Status.ACTIVE:
        raise InvalidInput("principal", "not_active", _("They have left: they decide nothing."))
    if principal.id == delegate.id:
        raise InvalidInput("delegate", "same_person", _("A delegate is somebody else."))
    if delegate.status != Member.Status.ACTIVE or delegate.company_id != principal.company_id:
        raise InvalidInput("delegate", "not_active", _("A delegate is an active member."))
    _validate_span(starts_at, ends_at, now)
    if cap_minor is not None and cap_minor < 0:
        raise InvalidInput("cap_minor", "negative", _("A cap is zero or more."))
    delegation = Delegation.objects.create(
        created_at=now,
        company_id=principal.company_id,
        principal=principal,
        delegate=delegate,
        starts_at=starts_at,
        ends_at=ends_at,
        cap_minor=cap_minor,
        unit=unit,
        began_at=now if starts_at <= now else None,
    )
    record(
        "delegation.created",
        delegation.id,
        actor=actor,
        now=now,
        company_id=principal.company_id,
        principal=principal.id,
        delegate=delegate.id,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        cap_minor=cap_minor,
        unit=unit.id if unit else "",
    )
    return delegation


@transaction
def end_delegation(delegation: Delegation, *, actor: Actor, now: datetime) -> Delegation:
    """End a delegation at once; either side may. Raises ``Conflict`` when it has ended already."""
    refuse_foreign(actor, delegation.company_id)
    if delegation.delegate_id != actor.member_id:
        _refuse_all_but_self(actor, delegation.principal)
    open_one = Delegation.objects.filter(pk=delegation.pk, revoked_at__isnull=True, ends_at__gt=now)
    if not open_one.update(revoked_at=now, over_at=now, version=F("version") + 1):
        raise Conflict(_("This delegation has ended already."))
    delegation.refresh_from_db()
    record(
        "delegation.ended", delegation.id, actor=actor, now=now, company_id=delegation.company_id
    )
    return delegation


@transaction
def set_absence(
    member: Member, *, starts_at: datetime, ends_at: datetime, actor: Actor, now: datetime
) -> Absence:
    """Say that a member is away between two instants (the end is exclusive)."""
    refuse_foreign(actor, member.company_id)
    _refuse_all_but_self(actor, member)
    _validate_span(starts_at, ends_at, now)
    absence = Absence.objects.create(
        created_at=now,
        member=member,
        starts_at=starts_at,
        ends_at=ends_at,
        began_at=now if starts_at <= now else None,
    )
    record(
        "member.absence_set",
        member.id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
    )
    return absence


@transaction
def end_absence(absence: Absence, *, actor: Actor, now: datetime) -> None:
    """Be back before the time: what lies ahead of an absence is taken away.

    Raises ``Conflict`` when it has ended already.
    """
    member = absence.member
    refuse_foreign(actor, member.company_id)
    _refuse_all_but_self(actor, member)
    ahead = Absence.objects.filter(pk=absence.pk, ends_at__gt=now)
    begun = ahead.filter(starts_at__lt=now).update(
        ends_at=now, over_at=now, version=F("version") + 1
    )
    if not begun and not ahead.delete()[0]:
        raise Conflict(_("This absence has ended already."))
    record("member.absence_ended", member.id, actor=actor, now=now, company_id=member.company_id)


def _refuse_all_but_self(actor: Actor, member: Member) -> None:
    if member.id != actor.member_id:
        refuse(can_manage_member(actor, member))


def _validate_span(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at or ends_at <= now:
        raise InvalidInput("ends_at", "order", _("The end lies after the start and ahead."))
