"""Roles as their pages tell them: what they allow, who holds them, what two have in common."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from placet.companies.models import Member, Role, RoleGrant
from placet.companies.permissions import MEMBER_MANAGE, ROLE_MANAGE, can_do
from placet.companies.queries import list_roles
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.web.members.reach import kept_paths, within
from placet.web.roles.words import OfferGroup, group_permissions

MOST_HOLDERS = 100


class RoleRow(NamedTuple):
    """A role in the list, with how many of those whom the reader keeps hold it."""

    role: Role
    holders: int
    permission_count: int


class ComparedRow(NamedTuple):
    """A permission, and which of the two roles allow it."""

    label: str | Promise
    sentence: str | Promise
    first: bool
    second: bool


class ComparedGroup(NamedTuple):
    """The permissions under one heading."""

    heading: str | Promise
    rows: list[ComparedRow]


def require_roles(actor: Actor) -> None:
    """Let those pass who define roles or give them; raises ``Forbidden`` for all others."""
    if not actor.holds_anywhere(MEMBER_MANAGE):
        refuse(can_do(actor, ROLE_MANAGE), permission=ROLE_MANAGE)


def list_role_rows(actor: Actor) -> list[RoleRow]:
    """The roles, the built-in ones first; two queries."""
    grants = _grants(actor).order_by().values("role_id")
    counted = grants.annotate(holders=Count("member_id", distinct=True))
    holders = dict(counted.values_list("role_id", "holders"))
    return [
        RoleRow(role, holders.get(role.pk, 0), len(role.permissions)) for role in list_roles(actor)
    ]


def get_role(actor: Actor, role_id: str) -> Role:
    """A role of the actor's company; raises ``NotFound``."""
    found = list_roles(actor).filter(pk=role_id).first()
    if found is None:
        raise NotFound(_("There is no such role in your company."))
    return found


def list_holders(actor: Actor, role: Role) -> list[RoleGrant]:
    """Who holds a role and where, of those whom the reader keeps."""
    grants = _grants(actor).filter(role=role).select_related("member__user", "unit")
    return list(grants.order_by("member__user__name", "unit__path")[:MOST_HOLDERS])


def can_edit_role(actor: Actor, role: Role) -> Refusal | None:
    """Why a role is not this actor's to change, in the order in which the action asks."""
    missing = can_do(actor, ROLE_MANAGE)
    if missing is not None:
        return missing
    if role.is_builtin:
        return Refusal(
            "built_in", _("A built-in role stays as it is: clone it and change the clone.")
        )
    if RoleGrant.objects.filter(role=role, member__user_id=actor.user_id).exists():
        return Refusal("own_rights", _("You hold this role: another admin can change it."))
    return None


def compare(actor: Actor, first: Role, second: Role) -> list[ComparedGroup]:
    """All permissions, with who of the two allows each."""
    ones = group_permissions(actor.company_kind, first.permissions)
    others = group_permissions(actor.company_kind, second.permissions)
    return [_compared(one, other) for one, other in zip(ones, others, strict=True)]


def _compared(one: OfferGroup, other: OfferGroup) -> ComparedGroup:
    rows = [
        ComparedRow(left.label, left.sentence, left.is_chosen, right.is_chosen)
        for left, right in zip(one.offers, other.offers, strict=True)
    ]
    return ComparedGroup(one.heading, rows)


def _grants(actor: Actor) -> QuerySet[RoleGrant]:
    """The grants of active members whom the actor keeps, or of all for who defines roles."""
    grants = RoleGrant.objects.filter(
        role__company_id=actor.company_id,
        member__status=Member.Status.ACTIVE,
        member__user__is_active=True,
    )
    if actor.holds(ROLE_MANAGE):
        return grants
    return grants.filter(within(kept_paths(actor), "member__unit__path"))
