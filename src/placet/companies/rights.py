"""What a member may do and where each right comes from; what two roles have in common."""

from __future__ import annotations

from typing import NamedTuple

from placet.companies.models import Member, Role, RoleGrant
from placet.companies.permissions import PERMISSIONS


class Source(NamedTuple):
    """A role that gives a permission; without a unit it does so for the whole company."""

    role: Role
    unit_id: str
    unit_name: str
    unit_path: str


class EffectivePermission(NamedTuple):
    """A permission that a member has, with every role and place that it comes from."""

    permission: str
    sources: tuple[Source, ...]

    @property
    def is_company_wide(self) -> bool:
        """Whether it holds for the whole company by at least one of its sources."""
        return any(not source.unit_id for source in self.sources)


class Comparison(NamedTuple):
    """The permissions of two roles, in the order of the table of permissions."""

    both: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def list_effective_permissions(member: Member) -> list[EffectivePermission]:
    """What a member may do, from their roles alone; one query. Who has left may do nothing."""
    if member.status != Member.Status.ACTIVE:
        return []
    grants = RoleGrant.objects.filter(member=member).select_related("role", "unit").order_by("id")
    found: dict[str, list[Source]] = {}
    for grant in grants:
        unit = grant.unit
        place = (unit.id, unit.name, unit.path) if unit else ("", "", "")
        for permission in grant.role.permissions:
            found.setdefault(permission, []).append(Source(grant.role, *place))
    return [EffectivePermission(key, tuple(found[key])) for key in PERMISSIONS if key in found]


def compare_roles(first: Role, second: Role) -> Comparison:
    """What two roles allow both, and what only one of them does."""
    one, other = set(first.permissions), set(second.permissions)
    return Comparison(
        both=tuple(key for key in PERMISSIONS if key in one & other),
        only_first=tuple(key for key in PERMISSIONS if key in one - other),
        only_second=tuple(key for key in PERMISSIONS if key in other - one),
    )
