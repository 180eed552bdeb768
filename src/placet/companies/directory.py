"""Reading the organisation as those who manage it: what they keep, beside what they use.

``queries`` answers what somebody may order on or to; here is what somebody may look after, also in
a part of the company only. Everything else does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies import queries
from placet.companies.models import (
    Absence,
    Address,
    Company,
    CompanyApplication,
    CostCenter,
    Delegation,
    Limit,
    Member,
    ReferenceField,
    Role,
    RoleGrant,
)
from placet.companies.permissions import (
    ADDRESS_MANAGE,
    AUDIT_VIEW,
    COMPANY_MANAGE,
    LIMIT_MANAGE,
    MEMBER_MANAGE,
    ROLE_MANAGE,
    can_do,
    require,
)
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound

EVERYTHING = ~Q(pk__in=[])
NOTHING = Q(pk__in=[])
M = TypeVar("M", bound=Model)


def list_known_companies(actor: Actor) -> QuerySet[Company]:
    """The actor's own company and, for staff who see customers, these, by name."""
    customers = queries.list_companies(actor).order_by().values("pk")
    return Company.objects.filter(Q(pk=actor.company_id) | Q(pk__in=customers)).order_by(
        "name", "id"
    )


def list_known_addresses(actor: Actor) -> QuerySet[Address]:
    """The addresses of both kinds that the actor may use or looks after, by name."""
    known = _managed(actor, "unit__path", ADDRESS_MANAGE)
    for kind in Address.Kind.values:
        known |= Q(pk__in=queries.list_addresses(actor, kind).order_by().values("pk"))
    found = Address.objects.filter(known, company_id=actor.company_id)
    return found.select_related("unit", "member__user").order_by("name", "id")


def get_known_address(actor: Actor, address_id: str) -> Address:
    """One of ``list_known_addresses``; raises ``NotFound`` for every other."""
    return _one(list_known_addresses(actor), address_id)


def list_known_cost_centers(actor: Actor) -> QuerySet[CostCenter]:
    """The cost centres that the actor may order on or looks after, by code."""
    known = _managed(actor, "unit__path", ADDRESS_MANAGE)
    known |= Q(pk__in=queries.list_cost_centers(actor).order_by().values("pk"))
    found = CostCenter.objects.filter(known, company_id=actor.company_id)
    return found.select_related("unit", "owner__user").order_by("code", "id")


def get_known_cost_center(actor: Actor, cost_center_id: str) -> CostCenter:
    """One of ``list_known_cost_centers``; raises ``NotFound`` for every other."""
    return _one(list_known_cost_centers(actor), cost_center_id)


def get_reference_field(actor: Actor, field_id: str) -> ReferenceField:
    """A reference field of the actor's company; raises ``NotFound``."""
    return _one(ReferenceField.objects.filter(company_id=actor.company_id), field_id)


def get_role(actor: Actor, role_id: str) -> Role:
    """A role of the actor's company; raises ``NotFound``."""
    return _one(queries.list_roles(actor), role_id)


def can_see_rights(actor: Actor, member: Member) -> Refusal | None:
    """Whether the actor may see what this member may do: oneself, who manages, and who audits."""
    if actor.member_id == member.pk:
        return None
    for permission in (ROLE_MANAGE, AUDIT_VIEW):
        if actor.holds(permission, unit_path=member.unit.path):
            return None
    return can_do(actor, MEMBER_MANAGE, member.unit.path)


def list_role_grants(actor: Actor, member: Member) -> QuerySet[RoleGrant]:
    """The roles of a member, the first given first; raises ``Forbidden`` where none of it is shown.

    The member is one of the actor's company.
    """
    refuse(can_see_rights(actor, member))
    return RoleGrant.objects.filter(member=member).select_related("role", "unit").order_by("id")


def get_role_grant(actor: Actor, member: Member, grant_id: str) -> RoleGrant:
    """One of ``list_role_grants``; raises ``NotFound`` for every other."""
    return _one(list_role_grants(actor, member), grant_id)


def list_limits(actor: Actor) -> QuerySet[Limit]:
    """One's own limits and those of the people whom one manages or audits."""
    known = Q(member_id=actor.member_id) if actor.member_id else NOTHING
    known |= _managed(actor, "member__unit__path", LIMIT_MANAGE, MEMBER_MANAGE, AUDIT_VIEW)
    found = Limit.objects.filter(known, member__company_id=actor.company_id)
    return found.select_related("member__user", "member__unit").order_by("id")


def find_limit(actor: Actor, member: Member, use: str) -> Limit | None:
    """A member's limit for a use, where the actor may see it and it is set.

    Raises ``Forbidden`` for whoever may not see the limits of this member.
    """
    found = list_limits(actor).filter(member=member, use=use).first()
    if found is None and actor.member_id != member.pk:
        path = member.unit.path
        if not any(actor.holds(one, unit_path=path) for one in (MEMBER_MANAGE, AUDIT_VIEW)):
            refuse(can_do(actor, LIMIT_MANAGE, path))
    return found


def list_delegations(actor: Actor) -> QuerySet[Delegation]:
    """Those that the actor gave or holds, and those of the people whom one manages or audits."""
    known = NOTHING
    if actor.member_id:
        known = Q(principal_id=actor.member_id) | Q(delegate_id=actor.member_id)
    known |= _managed(actor, "principal__unit__path", MEMBER_MANAGE, AUDIT_VIEW)
    found = Delegation.objects.filter(known, company_id=actor.company_id)
    return (
        found.select_related(
            *("company", "unit", "principal__user", "principal__unit", "delegate__user")
        )
        .prefetch_related(_with_roles("principal"))
        .order_by("id")
    )


def get_delegation(actor: Actor, delegation_id: str) -> Delegation:
    """One of ``list_delegations``; raises ``NotFound`` for every other."""
    return _one(list_delegations(actor), delegation_id)


def list_absences_of_delegates(
    rows: Sequence[Delegation],
) -> dict[str, list[tuple[datetime, datetime]]]:
    """By delegation, when its delegate is away too; one query, nothing for who is there."""
    people = {row.delegate_id for row in rows}
    absences = list(Absence.objects.filter(member_id__in=people).order_by("starts_at", "id"))
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in rows:
        spans = [
            (max(one.starts_at, row.starts_at), min(one.ends_at, row.ends_at))
            for one in absences
            if one.member_id == row.delegate_id
        ]
        found[row.pk] = [(begin, end) for begin, end in spans if begin < end]
    return found


def list_absences(actor: Actor) -> QuerySet[Absence]:
    """One's own absences and those of the people whom one manages or audits."""
    known = Q(member_id=actor.member_id) if actor.member_id else NOTHING
    known |= _managed(actor, "member__unit__path", MEMBER_MANAGE, AUDIT_VIEW)
    found = Absence.objects.filter(known, member__company_id=actor.company_id)
    near = found.select_related("member__user", "member__unit")
    return near.prefetch_related(_with_roles("member")).order_by("id")


def get_absence(actor: Actor, absence_id: str) -> Absence:
    """One of ``list_absences``; raises ``NotFound`` for every other."""
    return _one(list_absences(actor), absence_id)


def list_applications(actor: Actor) -> QuerySet[CompanyApplication]:
    """Who wants to buy here, the first first; only for the merchant who answers."""
    if not actor.is_merchant and not actor.is_system:
        refuse(Refusal("merchant_only", _("Only the supplier sees applications.")))
    require(actor, COMPANY_MANAGE)
    return CompanyApplication.objects.order_by("id")


def get_application(actor: Actor, application_id: str) -> CompanyApplication:
    """One of ``list_applications``; raises ``NotFound`` for every other."""
    return _one(list_applications(actor), application_id)


def _with_roles(column: str) -> Prefetch[str, QuerySet[Any], str]:
    """The roles of the member in a column: who may manage them is answered without more reads."""
    grants = RoleGrant.objects.select_related("role", "unit")
    return Prefetch(f"{column}__role_grants", grants)


def _one(rows: QuerySet[M], row_id: str) -> M:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotFound(_("There is no such thing within your reach."))
    return found


def _managed(actor: Actor, column: str, *permissions: str) -> Q:
    """Rows in the parts of the company where the actor holds one of these permissions."""
    paths = {path for permission in permissions for path in actor.paths_of(permission)}
    if "" in paths or actor.is_system:
        return EVERYTHING
    found = NOTHING
    for path in sorted(paths):
        found |= Q(**{f"{column}__startswith": path})
    return found
