"""Whether somebody may still decide for somebody else, at the moment when they do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from placet.companies.models import Delegation, Member


def may_stand_in(
    *, principal: Member, delegate_id: str, amount_minor: int, unit_path: str, now: datetime
) -> bool:
    """A delegation that runs now and covers the amount, given by a member who is still active.

    ``amount_minor`` is goods net, in the company's currency; a delegation without a cap covers all,
    and one without a unit the purchases of all units.
    """
    if principal.status != Member.Status.ACTIVE or not principal.user.is_active:
        return False
    return (
        Delegation.objects.filter(
            principal=principal,
            delegate_id=delegate_id,
            revoked_at=None,
            starts_at__lte=now,
            ends_at__gt=now,
        )
        .filter(Q(cap_minor=None) | Q(cap_minor__gte=amount_minor))
        .filter(Q(unit=None) | Q(unit_id__in=unit_path.strip("/").split("/")))
        .exists()
    )
