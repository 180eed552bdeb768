"""Who decides in somebody's place: a preview, and a warning when both are away."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from placet.companies.models import Absence, Delegation, Member


class Deputy(NamedTuple):
    """Somebody who decides in a member's place at an instant, and within what."""

    delegation: Delegation
    member: Member
    is_away: bool


class StandIn(NamedTuple):
    """What happens at an instant with what a member would be asked.

    The first deputy who is not away and whose delegation covers the purchase is asked too. When
    the member is away and no deputy is there (``goes_up``), the rules' next people are asked, then
    the head of the unit above, then the admins.
    """

    member: Member
    is_away: bool
    deputies: tuple[Deputy, ...]

    @property
    def asked(self) -> tuple[Member, ...]:
        """Who is asked in their place, in the order of the delegations."""
        return tuple(deputy.member for deputy in self.deputies if not deputy.is_away)

    @property
    def goes_up(self) -> bool:
        """Whether nobody of these is there, so that somebody above is asked."""
        return self.is_away and not self.asked


def who_would_get(member: Member, *, at: datetime) -> StandIn:
    """Who would be asked in this member's place at an instant; three queries.

    Nobody is ever asked about a purchase of their own, whoever they stand in for.
    """
    running = (
        Delegation.objects.filter(
            principal=member, revoked_at=None, starts_at__lte=at, ends_at__gt=at
        )
        .filter(delegate__status=Member.Status.ACTIVE, delegate__user__is_active=True)
        .select_related("delegate__user", "unit")
        .order_by("id")
    )
    delegations = list(running)
    people = {member.pk, *(row.delegate_id for row in delegations)}
    away = set(
        Absence.objects.filter(member_id__in=people, starts_at__lte=at, ends_at__gt=at).values_list(
            "member_id", flat=True
        )
    )
    return StandIn(
        member=member,
        is_away=member.pk in away,
        deputies=tuple(Deputy(row, row.delegate, row.delegate_id in away) for row in delegations),
    )


def list_absences_within(
    delegate: Member, *, starts_at: datetime, ends_at: datetime
) -> list[tuple[datetime, datetime]]:
    """When a delegate is away too within a span: a warning, since somebody above is asked then."""
    inside = Q(member=delegate, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return [
        (max(row.starts_at, starts_at), min(row.ends_at, ends_at))
        for row in Absence.objects.filter(inside).order_by("starts_at", "id")
    ]
