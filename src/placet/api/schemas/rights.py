"""Documents about what members may do: roles, grants, effective permissions, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from django.utils.translation import gettext as _

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Person,
    Resourceful,
    actions_of,
    frame,
    money,
    person,
)
from placet.companies import models
from placet.companies.permissions import (
    LIMIT_MANAGE,
    PERMISSIONS,
    ROLE_MANAGE,
    can_do,
    can_favour,
)
from placet.companies.refusals import Refusal
from placet.companies.rights import Comparison, EffectivePermission
from placet.core.actor import Actor


class Permission(Answer):
    """Something that a role can allow, in the words of the screens."""

    object: Literal["permission"] = "permission"
    id: str
    name: str


class Role(Resourceful):
    """A named set of permissions; rules select people by its `key`."""

    object: Literal["role"] = "role"
    key: str
    name: str
    is_builtin: bool
    permissions: list[str]
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class RoleComparison(Answer):
    """What two roles allow both, and what only one of them does."""

    object: Literal["role_comparison"] = "role_comparison"
    first: str
    second: str
    both: list[str]
    only_first: list[str]
    only_second: list[str]


class RoleGrant(Answer):
    """A role that a member holds: for a unit and below, or (no unit) for the company."""

    object: Literal["role_grant"] = "role_grant"
    id: str
    member: str
    role: str
    role_key: str
    role_name: str
    unit: str | None
    unit_name: str


class PermissionSource(Answer):
    """A role that gives a permission, and where."""

    role: str
    role_key: str
    unit: str | None
    unit_name: str


class Effective(Answer):
    """A permission that a member has, with each role and place that it comes from."""

    object: Literal["effective_permission"] = "effective_permission"
    permission: str
    name: str
    is_company_wide: bool
    sources: list[PermissionSource]


class Limit(Resourceful):
    """What a member may spend (`spending`) or release of others' purchases (`authority`).

    Null sets no bound and, as authority, covers nothing.
    """

    object: Literal["limit"] = "limit"
    member: Person
    use: str
    mode: str
    is_unlimited: bool
    currency: str
    order_minimum: Money | None
    order_maximum: Money | None
    period: str
    period_spend: Money | None
    period_orders: int | None
    categories: list[str] | None
    ship_tos: list[str] | None
    discount_basis_points: int | None
    margin_basis_points: int | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


def show_permissions(known: frozenset[str]) -> list[Permission]:
    """The permissions of a kind of company, in the order of the table of permissions."""
    return [Permission(id=key, name=str(name)) for key, name in PERMISSIONS.items() if key in known]


def show_roles(roles: Sequence[models.Role], actor: Actor) -> list[Role]:
    """Roles; a built-in one is cloned and the clone changed."""
    return [
        Role(
            **frame(role),
            key=role.key,
            name=role.name,
            is_builtin=role.is_builtin,
            permissions=role.permissions,
            **actions_of(_of_role(role, actor)),
        )
        for role in roles
    ]


def show_comparison(first: models.Role, second: models.Role, found: Comparison) -> RoleComparison:
    """Two roles side by side."""
    return RoleComparison(
        first=first.pk,
        second=second.pk,
        both=list(found.both),
        only_first=list(found.only_first),
        only_second=list(found.only_second),
    )


def show_grants(grants: Sequence[models.RoleGrant]) -> list[RoleGrant]:
    """Grants with their roles and units loaded."""
    return [
        RoleGrant(
            id=grant.pk,
            member=grant.member_id,
            role=grant.role_id,
            role_key=grant.role.key,
            role_name=grant.role.name,
            unit=grant.unit_id,
            unit_name=grant.unit.name if grant.unit else "",
        )
        for grant in grants
    ]


def show_effective(found: Sequence[EffectivePermission]) -> list[Effective]:
    """Permissions with their sources."""
    return [
        Effective(
            permission=one.permission,
            name=str(PERMISSIONS[one.permission]),
            is_company_wide=one.is_company_wide,
            sources=[
                PermissionSource(
                    role=source.role.pk,
                    role_key=source.role.key,
                    unit=source.unit_id or None,
                    unit_name=source.unit_name,
                )
                for source in one.sources
            ],
        )
        for one in found
    ]


def show_limits(limits: Sequence[models.Limit], actor: Actor) -> list[Limit]:
    """Limits with their members loaded; amounts are in the limit's currency."""
    return [
        Limit(
            **frame(limit),
            member=person(limit.member),
            use=limit.use,
            mode=limit.mode,
            is_unlimited=limit.is_unlimited,
            currency=limit.currency,
            order_minimum=_money(limit.order_minimum_minor, limit.currency),
            order_maximum=_money(limit.order_maximum_minor, limit.currency),
            period=limit.period,
            period_spend=_money(limit.period_spend_minor, limit.currency),
            period_orders=limit.period_orders,
            categories=limit.categories,
            ship_tos=limit.ship_tos,
            discount_basis_points=limit.discount_basis_points,
            margin_basis_points=limit.margin_basis_points,
            **actions_of(_of_limit(limit, actor)),
        )
        for limit in limits
    ]


def _money(amount_minor: int | None, currency: str) -> Money | None:
    return None if amount_minor is None else money(amount_minor, currency)


def _of_role(role: models.Role, actor: Actor) -> dict[str, Refusal | None]:
    manage = can_do(actor, ROLE_MANAGE)
    change = manage
    if role.is_builtin:
        change = Refusal(
            "builtin", _("A built-in role stays as it is: clone it and change the clone.")
        )
    return {"change": change, "clone": manage}


def _of_limit(limit: models.Limit, actor: Actor) -> dict[str, Refusal | None]:
    own = can_favour(actor, limit.member)
    change = own or can_do(actor, LIMIT_MANAGE, limit.member.unit.path)
    return {"set": change, "clear": change}
