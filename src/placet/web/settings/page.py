"""What a member finds in their own settings, and going away in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.models import Absence, Delegation, Member
from placet.companies.queries import get_member
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.requisitions.actions import delegate_to, set_absence


@transaction
def go_away(
    member: Member,
    *,
    starts_at: datetime,
    ends_at: datetime,
    delegate_id: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Set the absence and, where somebody is named, the delegation for the same time."""
    if delegate_id:
        # Before the absence, so that nobody above is asked in between.
        delegate = get_member(actor, delegate_id)
        delegate_to(
            member, delegate=delegate, starts_at=starts_at, ends_at=ends_at, actor=actor, now=now
        )
    set_absence(member, starts_at=starts_at, ends_at=ends_at, actor=actor, now=now)


def list_absences(actor: Actor, now: datetime) -> list[Absence]:
    """The actor's own absences, now and ahead, the next first."""
    mine = Absence.objects.filter(member_id=actor.member_id, ends_at__gt=now)
    return list(mine.select_related("member").order_by("starts_at", "id"))


def get_absence(actor: Actor, absence_id: str) -> Absence:
    """One of the actor's own absences; raises ``NotFound``."""
    mine = Absence.objects.filter(pk=absence_id, member_id=actor.member_id)
    found = mine.select_related("member__unit").first()
    if found is None:
        raise NotFound(_("You have no such absence."))
    return found


def list_delegations(actor: Actor, now: datetime) -> list[Delegation]:
    """Delegations that the actor gave or holds, now and ahead."""
    return list(
        Delegation.objects.filter(
            Q(principal_id=actor.member_id) | Q(delegate_id=actor.member_id),
            company_id=actor.company_id,
            revoked_at__isnull=True,
            ends_at__gt=now,
        )
        .select_related("principal__user", "delegate__user")
        .order_by("starts_at", "id")
    )


def get_delegation(actor: Actor, delegation_id: str) -> Delegation:
    """A delegation that the actor gave or holds; raises ``NotFound``."""
    found = (
        Delegation.objects.filter(
            Q(principal_id=actor.member_id) | Q(delegate_id=actor.member_id),
            pk=delegation_id,
            company_id=actor.company_id,
        )
        .select_related("principal__unit", "delegate__user")
        .first()
    )
    if found is None:
        raise NotFound(_("You have no such delegation."))
    return found
