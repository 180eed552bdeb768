"""Enough of the organisation to say who is asked: a fixed number of queries, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from placet.catalog.models import CategoryOwner
from placet.companies.models import Absence, Delegation, Limit, Member, Role, RoleGrant, Unit
from placet.companies.queries import get_merchant
from placet.core import sql
from placet.plans.limits import authority_of
from placet.policy import facts
from placet.policy.money import Money
from placet.policy.reads import Reads

ADMIN = "company.manage"
MERCHANT_OWNER = "owner"
MOST_MANAGERS = 20

CLIMB = """
WITH RECURSIVE climb(id, manager_id, depth) AS (
    SELECT id, manager_id, 0 FROM companies_member WHERE id = %s
    UNION ALL
    SELECT above.id, above.manager_id, climb.depth + 1
    FROM companies_member above JOIN climb ON above.id = climb.manager_id
    WHERE climb.depth < %s
)
SELECT id, manager_id FROM climb WHERE manager_id IS NOT NULL
"""


class Needs(NamedTuple):
    """What all rulebooks of a purchase need, together with the people that the money names."""

    reads: Sequence[Reads]
    named: frozenset[str]
    cost_center_owners: Mapping[str, str]
    category_owners: Mapping[str, str] = {}

    def names(self, kind: str) -> frozenset[str]:
        """All roles, permissions or members that any of the rulebooks selects."""
        return frozenset().union(*(getattr(reads, kind) for reads in self.reads))


def load_organisation(
    company_id: str, requester_id: str, units: Sequence[Unit], needs: Needs, *, now: datetime
) -> facts.Organisation:
    """The people and grants that the rulebooks can select; ``units`` is the path from the root."""
    merchant_id = get_merchant().id
    grants = _load_grants(company_id, merchant_id, [unit.id for unit in units], needs)
    managers = _load_managers(requester_id, needs)
    delegations = _load_delegations((company_id, merchant_id), [unit.id for unit in units], now)
    mentioned = {
        requester_id,
        *needs.named,
        *needs.names("members"),
        *managers.values(),
        *needs.cost_center_owners.values(),
        *needs.category_owners.values(),
        *(unit.head_id for unit in units if unit.head_id),
        *(grant.member for grant in (*grants.roles, *grants.permissions)),
        *grants.admins,
        *(member for holders in grants.merchant_roles.values() for member in holders),
        *grants.merchant_owners,
    }
    mentioned |= {row.delegate for row in delegations if row.principal in mentioned}
    people = _load_people(mentioned, (company_id, merchant_id), needs)
    # A company's rules select only its people: staff whom they name are as if nobody were there.
    if company_id != merchant_id:
        for member in needs.names("members") | needs.named:
            if member in people and not people[member].unit_path:
                del people[member]
    return facts.Organisation(
        people=people,
        units=tuple(
            facts.Unit(
                path=unit.path.strip("/"), name=unit.name, head=unit.head_id, inherits_rules=True
            )
            for unit in units
        ),
        roles=grants.roles,
        permissions=grants.permissions,
        managers=managers,
        admins=grants.admins,
        cost_centre_owners=needs.cost_center_owners,
        category_owners=needs.category_owners,
        merchant_roles=grants.merchant_roles,
        merchant_owners=grants.merchant_owners,
        delegations=delegations,
        absences=_load_absences(mentioned, now),
    )


def load_category_owners(
    company_id: str, category_paths: Iterable[str], reads: Sequence[Reads]
) -> dict[str, str]:
    """Who answers for these categories or for one above them, where a rulebook asks for owners."""
    if not any(one.category_owners for one in reads):
        return {}
    above = set()
    for path in category_paths:
        parts = path.strip("/").split("/")
        above |= {"/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)}
    owned = CategoryOwner.objects.filter(company_id=company_id, category__path__in=sorted(above))
    rows = owned.values_list("category__path", "member_id")
    return {path.strip("/"): member for path, member in rows}


def with_members(
    organisation: facts.Organisation,
    company_id: str,
    members: Iterable[str],
    reads: Sequence[Reads],
    *,
    now: datetime,
) -> facts.Organisation:
    """The organisation with these members too, and those who decide for them; three queries."""
    wanted = set(members)
    wanted |= {row.delegate for row in organisation.delegations if row.principal in wanted}
    missing = wanted - set(organisation.people)
    needs = Needs(reads=reads, named=frozenset(), cost_center_owners={})
    found = _load_people(missing, (company_id, get_merchant().id), needs)
    own = {key: person for key, person in found.items() if person.unit_path}
    return organisation._replace(
        people={**organisation.people, **own},
        absences=(*organisation.absences, *_load_absences(own, now)),
    )


def with_staff(
    organisation: facts.Organisation,
    company_id: str,
    members: Iterable[str],
    needs: Needs,
    *,
    now: datetime,
) -> facts.Organisation:
    """The organisation with these of the merchant's people, to whom a colleague handed a step.

    Whom a rule of the company names stays unknown: its rules never select the merchant's people.
    """
    merchant_id = get_merchant().id
    missing = set(members) - set(organisation.people) - needs.names("members") - needs.named
    if company_id == merchant_id or not missing:
        return organisation
    found = _load_people(missing, (company_id, merchant_id), needs)
    staff = {key: person for key, person in found.items() if not person.unit_path}
    return organisation._replace(
        people={**organisation.people, **staff},
        absences=(*organisation.absences, *_load_absences(staff, now)),
    )


class Grants(NamedTuple):
    """Who holds what for the purchase's unit, from there or from above."""

    roles: tuple[facts.Grant, ...]
    permissions: tuple[facts.Grant, ...]
    admins: tuple[str, ...]
    merchant_roles: Mapping[str, tuple[str, ...]]
    merchant_owners: tuple[str, ...]


def _load_grants(
    company_id: str, merchant_id: str, unit_ids: Sequence[str], needs: Needs
) -> Grants:
    roles = {
        role.id: role for role in Role.objects.filter(company_id__in=(company_id, merchant_id))
    }
    wanted_roles, wanted_permissions = needs.names("roles"), needs.names("permissions")
    wanted_merchant_roles = needs.names("merchant_roles") | {MERCHANT_OWNER}
    relevant = [
        role.id
        for role in roles.values()
        if (role.company_id == merchant_id and role.key in wanted_merchant_roles)
        or role.key in wanted_roles
        or ADMIN in role.permissions
        or wanted_permissions & set(role.permissions)
    ]
    rows = (
        RoleGrant.objects.filter(Q(unit=None) | Q(unit_id__in=list(unit_ids)), role_id__in=relevant)
        .order_by("id")
        .values_list("role_id", "member_id", "unit__path")
    )
    found = [(roles[role], member, (path or "").strip("/")) for role, member, path in rows]
    own = [row for row in found if row[0].company_id == company_id]
    staff = [row for row in found if row[0].company_id == merchant_id]
    return Grants(
        roles=tuple(
            facts.Grant(role.key, member, path)
            for role, member, path in own
            if role.key in wanted_roles
        ),
        permissions=tuple(
            facts.Grant(permission, member, path)
            for role, member, path in own
            for permission in sorted(wanted_permissions & set(role.permissions))
        ),
        admins=tuple(
            dict.fromkeys(m for role, m, path in own if ADMIN in role.permissions and not path)
        ),
        merchant_roles={
            key: tuple(dict.fromkeys(m for role, m, _ in staff if role.key == key))
            for key in sorted(wanted_merchant_roles)
        },
        merchant_owners=tuple(dict.fromkeys(m for r, m, _ in staff if r.key == MERCHANT_OWNER)),
    )


def _load_managers(requester_id: str, needs: Needs) -> dict[str, str]:
    levels = max((reads.manager_levels for reads in needs.reads), default=0)
    if not levels:
        return {}
    return dict(sql.rows(CLIMB, [requester_id, min(levels, MOST_MANAGERS)]))


def _load_delegations(
    company_ids: Iterable[str], unit_ids: Sequence[str], now: datetime
) -> tuple[facts.Delegation, ...]:
    """Those that run now; one for a unit counts where the purchase is of that unit or below."""
    running = Delegation.objects.filter(
        Q(unit=None) | Q(unit_id__in=list(unit_ids)),
        company_id__in=list(company_ids),
        revoked_at=None,
        starts_at__lte=now,
        ends_at__gt=now,
    ).select_related("company")
    return tuple(
        facts.Delegation(
            principal=row.principal_id,
            delegate=row.delegate_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            cap=facts.UNLIMITED
            if row.cap_minor is None
            else Money(row.cap_minor, row.company.currency),
        )
        for row in running.order_by("id")
    )


def _load_absences(members: Iterable[str], now: datetime) -> tuple[facts.Absence, ...]:
    rows = Absence.objects.filter(
        member_id__in=sorted(members), starts_at__lte=now, ends_at__gt=now
    )
    return tuple(
        facts.Absence(row.member_id, row.starts_at, row.ends_at) for row in rows.order_by("id")
    )


def _load_people(
    members: Iterable[str], company_ids: tuple[str, str], needs: Needs
) -> dict[str, facts.Person]:
    wanted = sorted(members)
    authority: dict[str, facts.Limit] = {}
    if any(reads.authority for reads in needs.reads):
        rows = Limit.objects.filter(member_id__in=wanted, use=Limit.Use.AUTHORITY)
        authority = {row.member_id: authority_of(row) for row in rows}
    active = Member.objects.filter(
        pk__in=wanted,
        company_id__in=company_ids,
        status=Member.Status.ACTIVE,
        user__is_active=True,
    ).select_related("user", "unit")
    return {
        member.id: facts.Person(
            user=member.user_id,
            member=member.id,
            name=member.user.name,
            unit_path="" if member.company_id == company_ids[1] else member.unit.path.strip("/"),
            authority=authority.get(member.id),
        )
        for member in active
    }
