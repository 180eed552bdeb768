"""What roles allow, who holds them, and what a member may do by all of them."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.labels import label
from placet.api.paging import Page, page_of, whole_list
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.rights import (
    Effective,
    Permission,
    Role,
    RoleComparison,
    RoleGrant,
    show_comparison,
    show_effective,
    show_grants,
    show_permissions,
    show_roles,
)
from placet.api.schemas.words import Labels, Name
from placet.api.versions import require_version, tag
from placet.companies import actions, directory, queries
from placet.companies.permissions import KNOWN_PERMISSIONS
from placet.companies.refusals import refuse
from placet.companies.rights import compare_roles, list_effective_permissions
from placet.requisitions import actions as following

router = Router(tags=["roles"])
Permissions = Annotated[
    list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=100)
]


class NewRole(Labels):
    """A role of the company's own: with these permissions, or with those of another role."""

    key: Annotated[str, StringConstraints(max_length=60)]
    name: Name
    permissions: Permissions = []
    clone_of: Identifier | None = None


class RoleChange(Labels):
    """What is named is changed; the key stays, since rules name it."""

    name: Name | None = None
    permissions: Permissions | None = None


class NewRoleGrant(Wish):
    """A role for a unit and below, or for the whole company."""

    role: Identifier
    unit: Identifier | None = None


@router.get("/permissions", response=ListOf[Permission])
def list_permissions(request: ApiRequest) -> ListOf[Permission]:
    """Everything that a role of this company can allow."""
    return whole_list(show_permissions(KNOWN_PERMISSIONS[request.actor.company_kind]))


@router.get("/roles", response=ListOf[Role])
def list_roles(request: ApiRequest, page: Query[Page]) -> ListOf[Role]:
    """The company's roles by their keys."""
    found = queries.list_roles(request.actor).order_by("key", "id")
    return page_of(request, found, page, lambda rows: show_roles(rows, request.actor))


@router.post("/roles", response={201: Role})
def create_role(request: ApiRequest, body: NewRole) -> Status[Role]:
    """Make a role; nobody puts a permission into it that is not theirs to give."""
    named: dict[str, Any] = {
        "key": body.key,
        "name": body.name,
        "actor": request.actor,
        "now": request.now,
    }
    if body.clone_of is not None:
        model = directory.get_role(request.actor, body.clone_of)
        role = actions.clone_role(model, **named)
    else:
        company = queries.get_company(request.actor)
        role = actions.create_role(company, permissions=body.permissions, **named)
    label(request, role, body)
    return Status(201, _show(request, role.pk))


@router.get("/roles/{role_id}", response=Role)
def get_role(request: ApiRequest, role_id: str) -> Role:
    """One role."""
    return _show(request, role_id)


@router.patch("/roles/{role_id}", response=Role)
def change_role(request: ApiRequest, role_id: str, body: RoleChange) -> Role:
    """Change a role of the company's own; needs If-Match. Nobody changes one that they hold."""
    role = directory.get_role(request.actor, role_id)
    require_version(request, role.version)
    label(request, role, body)
    if body.name is not None or body.permissions is not None:
        following.change_role(
            role,
            name=role.name if body.name is None else body.name,
            permissions=role.permissions if body.permissions is None else body.permissions,
            version=role.version,
            actor=request.actor,
            now=request.now,
        )
    return _show(request, role.pk)


@router.get("/roles/{role_id}/comparisons/{other_id}", response=RoleComparison)
def get_role_comparison(request: ApiRequest, role_id: str, other_id: str) -> RoleComparison:
    """What two roles allow both, and what only one of them does."""
    first = directory.get_role(request.actor, role_id)
    second = directory.get_role(request.actor, other_id)
    return show_comparison(first, second, compare_roles(first, second))


@router.get("/members/{member_id}/effective_permissions", response=ListOf[Effective])
def list_permissions_held(request: ApiRequest, member_id: str) -> ListOf[Effective]:
    """What a member may do, with each role and place that it comes from."""
    member = queries.get_member(request.actor, member_id)
    refuse(directory.can_see_rights(request.actor, member))
    return whole_list(show_effective(list_effective_permissions(member)))


@router.get("/members/{member_id}/role_grants", response=ListOf[RoleGrant])
def list_role_grants(request: ApiRequest, member_id: str, page: Query[Page]) -> ListOf[RoleGrant]:
    """The roles that a member holds, and where."""
    member = queries.get_member(request.actor, member_id)
    found = directory.list_role_grants(request.actor, member)
    return page_of(request, found, page, show_grants)


@router.post("/members/{member_id}/role_grants", response={201: RoleGrant})
def grant_role(request: ApiRequest, member_id: str, body: NewRoleGrant) -> Status[RoleGrant]:
    """Give a member a role; given twice it is there once. Nobody gives themselves any."""
    grant = following.grant_role(
        queries.get_member(request.actor, member_id),
        role=directory.get_role(request.actor, body.role),
        unit=queries.get_unit(request.actor, body.unit) if body.unit else None,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_grants([grant])[0])


@router.post(
    "/members/{member_id}/role_grants/{grant_id}/revocations", response={201: ListOf[RoleGrant]}
)
def revoke_role(request: ApiRequest, member_id: str, grant_id: str) -> Status[ListOf[RoleGrant]]:
    """Take a role away; the answer is what the member still holds."""
    member = queries.get_member(request.actor, member_id)
    grant = directory.get_role_grant(request.actor, member, grant_id)
    following.revoke_role(
        member, role=grant.role, unit=grant.unit, actor=request.actor, now=request.now
    )
    left = directory.list_role_grants(request.actor, member)
    return Status(201, whole_list(show_grants(list(left))))


def _show(request: ApiRequest, role_id: str) -> Role:
    role = directory.get_role(request.actor, role_id)
    tag(request, role.version)
    return show_roles([role], request.actor)[0]
