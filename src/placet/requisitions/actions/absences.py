"""Who is away and who decides for whom, with what that means for open steps at once."""

from __future__ import annotations

from datetime import datetime

from placet.companies.holding import change_company_alone
from placet.companies.models import Absence, Delegation, Member, Unit
from placet.companies.organisation import absences
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import list_moved_by


@transaction
def set_absence(
    member: Member, *, starts_at: datetime, ends_at: datetime, actor: Actor, now: datetime
) -> Absence:
    """Say that a member is away between two instants (the end is exclusive).

    One that begins at once moves their open steps; one ahead does so when it begins.
    """
    change_company_alone(member.company_id, actor=actor)
    absence = absences.set_absence(
        member, starts_at=starts_at, ends_at=ends_at, actor=actor, now=now
    )
    if absence.began_at:
        _follow(member, cause="absence_began", actor=actor, now=now)
    return absence


@transaction
def end_absence(absence: Absence, *, actor: Actor, now: datetime) -> None:
    """Be back before the time; raises ``Conflict`` when it has ended already."""
    change_company_alone(absence.member.company_id, actor=actor)
    absences.end_absence(absence, actor=actor, now=now)
    _follow(absence.member, cause="absence_ended", actor=actor, now=now)


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

    With a unit it holds for purchases of that unit and below. The principal does this, or who
    manages members, but never in favour of themselves. The delegate is asked at open steps from
    the begin on, and nobody is ever asked about what they ordered themselves.
    """
    change_company_alone(principal.company_id, actor=actor)
    delegation = absences.delegate_to(
        principal,
        delegate=delegate,
        starts_at=starts_at,
        ends_at=ends_at,
        cap_minor=cap_minor,
        unit=unit,
        actor=actor,
        now=now,
    )
    if delegation.began_at:
        _follow(principal, cause="delegation_began", actor=actor, now=now)
    return delegation


@transaction
def end_delegation(delegation: Delegation, *, actor: Actor, now: datetime) -> Delegation:
    """End a delegation at once; either side may. Raises ``Conflict`` when it has ended already."""
    change_company_alone(delegation.company_id, actor=actor)
    ended = absences.end_delegation(delegation, actor=actor, now=now)
    _follow(ended.principal, cause="delegation_ended", actor=actor, now=now)
    return ended


def _follow(member: Member, *, cause: str, actor: Actor, now: datetime) -> None:
    """Staff what hangs on this member; with nobody else it stays theirs."""
    open_ones = list_moved_by(member, now=now)
    reassign_all(open_ones, cause=cause, actor=actor, now=now, is_refused=False)
