"""What a member finds in their own settings, and going away in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.models import Absence, Delegation, Member
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.requisitions.actions import delegate_to, set_absence
from placet.web.settings.standing_in import Wanted


@transaction
def go_away(
    member: Member,
    *,
    wanted: Wanted,
    cap_minor: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Set the absence and, where somebody is named, the delegation for the same time.

    Somebody who stays here lets another decide beside them.
    """
    span = {"starts_at": wanted.starts_at, "ends_at": wanted.ends_at}
    if wanted.delegate is not None:
        # Before the absence, so that nobody above is asked in between.
        delegate_to(
            member,
            delegate=wanted.delegate,
            cap_minor=cap_minor,
            unit=wanted.unit,
            actor=actor,
            now=now,
            **span,
        )
    if wanted.is_away:
        set_absence(member, actor=actor, now=now, **span)


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
        .select_related("principal__user", "delegate__user", "unit")
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
