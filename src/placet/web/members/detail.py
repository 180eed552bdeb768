"""One member as their page tells them: what they may do and why, what hangs on them, what the
reader may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from placet.companies.models import Absence, ApiKey, Delegation, Member, RoleGrant, Unit
from placet.companies.permissions import (
    AUDIT_VIEW,
    LIMIT_MANAGE,
    MEMBER_MANAGE,
    PERMISSIONS,
    UNIT_MANAGE,
    can_do,
    can_favour,
    can_grant_role,
    can_manage_member,
)
from placet.companies.rights import EffectivePermission, list_effective_permissions
from placet.core.actor import Actor
from placet.web.limits.words import LimitWords, describe_limits
from placet.web.members.customers import list_charges
from placet.web.members.delegations import list_running_delegations
from placet.web.members.page import is_invited, list_grants, said_of
from placet.web.members.reach import is_household
from placet.web.roles.grant_form import GrantForm
from placet.web.shell import PageRequest


class GrantRow(NamedTuple):
    """A role that the member holds, as a sentence, and whether the reader may take it."""

    grant: RoleGrant
    said: str
    may_revoke: bool


class Right(NamedTuple):
    """A permission in words, with the roles and places that it comes from."""

    label: str | Promise
    effective: EffectivePermission


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with this member; each is a button, or is not there."""

    change: bool = False
    leave: bool = False
    come_back: bool = False
    invite_again: bool = False
    limit: bool = False
    send_away: bool = False
    audit: bool = False
    see_unit: bool = False
    charge: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """All of the page."""

    member: Member
    is_me: bool
    is_invited: bool
    grants: list[GrantRow]
    rights: list[Right]
    heads: list[Unit]
    delegations: list[Delegation]
    absences: list[Absence]
    limits: list[LimitWords]
    keys: list[ApiKey]
    charges: list[str] | None
    may: May


def read_detail(actor: Actor, member: Member, now: datetime) -> Detail:
    """The page of a member, in a fixed number of queries."""
    grants = list_grants([member.pk]).get(member.pk, [])
    absences = Absence.objects.filter(member=member, ends_at__gt=now)
    return Detail(
        member=member,
        is_me=member.pk == actor.member_id,
        is_invited=is_invited(member),
        grants=[GrantRow(one, said_of(one), _may_revoke(actor, member, one)) for one in grants],
        rights=[
            Right(PERMISSIONS[one.permission], one) for one in list_effective_permissions(member)
        ],
        heads=list(Unit.objects.filter(head=member, closed_at=None).order_by("path")),
        delegations=list_running_delegations(member, now),
        absences=list(absences.order_by("starts_at", "id")),
        limits=describe_limits(member),
        keys=list(ApiKey.objects.filter(member=member, revoked_at=None).order_by("name", "id")),
        charges=list_charges(member) if actor.is_merchant else None,
        may=_may(actor, member),
    )


def show_member(
    request: PageRequest, member: Member, grant_form: GrantForm | None = None
) -> HttpResponse:
    """The page of a member; ``grant_form`` is one that was sent and refused."""
    actor = request.actor
    form = grant_form or GrantForm(None, actor=actor, member=member)
    context: dict[str, Any] = {
        "detail": read_detail(actor, member, request.now),
        "grant_form": form if form.has_roles else None,
        "is_household": is_household(actor),
    }
    status = 422 if form.errors else 200
    return render(request, "web/members/page.html", context, status=status)


def _may_revoke(actor: Actor, member: Member, grant: RoleGrant) -> bool:
    path = grant.unit.path if grant.unit else ""
    refusal = can_grant_role(actor, grant.role, user_id=member.user_id, unit_path=path)
    return refusal is None


def _may(actor: Actor, member: Member) -> May:
    is_active = member.status == Member.Status.ACTIVE
    path = member.unit.path
    manages = can_manage_member(actor, member) is None
    keeps = can_do(actor, MEMBER_MANAGE, path) is None
    limits = can_favour(actor, member) is None and can_do(actor, LIMIT_MANAGE, path) is None
    return May(
        change=manages and is_active,
        leave=manages and is_active,
        come_back=manages and not is_active,
        invite_again=keeps and is_invited(member),
        limit=limits,
        send_away=manages and is_active,
        audit=actor.holds(AUDIT_VIEW),
        charge=actor.is_merchant and manages,
        see_unit=keeps or can_do(actor, UNIT_MANAGE, path) is None,
    )
