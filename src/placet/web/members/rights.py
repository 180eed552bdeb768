"""What a member may do, and where each right comes from; the tree of units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.functional import Promise

from placet.companies.models import Delegation, Limit, Member, RoleGrant, Unit
from placet.companies.permissions import PERMISSIONS
from placet.companies.queries import list_units
from placet.core.actor import Actor

DEEPEST = 6


class Source(NamedTuple):
    """A role that gives a permission, for the unit named or for the whole company (empty)."""

    role: str
    unit: str


class Right(NamedTuple):
    """A permission with every role that gives it."""

    permission: str
    label: str | Promise
    sources: list[Source]


class UnitRow(NamedTuple):
    """A unit in the tree; ``depth`` is 0 for the root."""

    unit: Unit
    depth: int
    member_count: int


def effective_rights(grants: Iterable[RoleGrant]) -> list[Right]:
    """The permissions that these roles add up to, in the order of the table of permissions."""
    sources: dict[str, list[Source]] = {}
    for grant in grants:
        for permission in grant.role.permissions:
            unit = grant.unit.name if grant.unit else ""
            sources.setdefault(permission, []).append(Source(grant.role.name, unit))
    return [Right(key, PERMISSIONS[key], sources[key]) for key in PERMISSIONS if key in sources]


def list_running_delegations(member: Member, now: datetime) -> list[Delegation]:
    """Delegations that the member gave or holds, now and ahead; one query."""
    return list(
        Delegation.objects.filter(
            Q(principal=member) | Q(delegate=member), revoked_at__isnull=True, ends_at__gt=now
        )
        .select_related("principal__user", "delegate__user")
        .order_by("starts_at", "id")
    )


def list_limits(member: Member) -> list[Limit]:
    """What the member may spend, and what they may release."""
    return list(Limit.objects.filter(member=member).order_by("-use"))


def list_tree(actor: Actor) -> list[UnitRow]:
    """The units from the root down, each with its head and the number of its own members."""
    counts = dict(
        Member.objects.filter(company_id=actor.company_id, status=Member.Status.ACTIVE)
        .order_by()
        .values("unit_id")
        .annotate(members=Count("id"))
        .values_list("unit_id", "members")
    )
    return [
        UnitRow(unit, min(unit.path.strip("/").count("/"), DEEPEST), counts.get(unit.pk, 0))
        for unit in list_units(actor)
    ]
