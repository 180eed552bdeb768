"""Whether somebody may still decide for somebody else, at the moment when they do."""

from __future__ import annotations

from datetime import datetime

from placet.companies.models import Delegation, Member


def may_stand_in(*, principal: Member, delegate_id: str, now: datetime) -> bool:
    """A delegation that runs now, given by a member who is still active: one level, no more."""
    if principal.status != Member.Status.ACTIVE or not principal.user.is_active:
        return False
    return Delegation.objects.filter(
        principal=principal,
        delegate_id=delegate_id,
        revoked_at=None,
        starts_at__lte=now,
        ends_at__gt=now,
    ).exists()
