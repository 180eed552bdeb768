"""Who decides for whom: the delegations of a member."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from placet.companies.models import Delegation, Member


def list_running_delegations(member: Member, now: datetime) -> list[Delegation]:
    """Delegations that the member gave or holds, now and ahead; one query."""
    return list(
        Delegation.objects.filter(
            Q(principal=member) | Q(delegate=member), revoked_at__isnull=True, ends_at__gt=now
        )
        .select_related("principal__user", "delegate__user", "unit")
        .order_by("starts_at", "id")
    )
