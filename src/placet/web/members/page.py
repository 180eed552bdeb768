"""Members as the list tells them: who they are, what they hold, whether they are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.models import Absence, Delegation, Member, RoleGrant
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.web.members.forms import AWAY, DEACTIVATED, INVITED
from placet.web.members.reach import list_kept_members

BY_UNIT = "unit"
ORDERS: Mapping[str, tuple[str, ...]] = {
    BY_UNIT: ("unit__path", "user__name", "id"),
    "name": ("user__name", "id"),
    "newest": ("-created_at", "-id"),
}
PAGE_SIZE = 50
MOST_COUNTED = 1000


class MemberRow(NamedTuple):
    """One member in the list; ``roles`` are sentences such as "Approver for Intensive care"."""

    member: Member
    is_invited: bool
    roles: list[str]
    away_until: datetime | None
    deputies: list[str]


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of the list; the shape that the pager reads."""

    rows: list[MemberRow]
    count: int
    is_more_counted: bool
    next_query: str
    is_first: bool


def filtered_members(actor: Actor, wanted: Mapping[str, Any], now: datetime) -> QuerySet[Member]:
    """The members whom the actor keeps and the filters leave, in the order that was asked for."""
    state = wanted.get("state", "")
    members = list_kept_members(actor, with_deactivated=state == DEACTIVATED)
    if state == DEACTIVATED:
        members = members.exclude(status=Member.Status.ACTIVE, user__is_active=True)
    if state == AWAY:
        away = Absence.objects.filter(starts_at__lte=now, ends_at__gt=now)
        members = members.filter(pk__in=away.values("member_id"))
    if state == INVITED:
        # Without a password of their own, which is written as a sign before nothing.
        members = members.filter(
            invited_at__isnull=False, user__password__startswith=UNUSABLE_PASSWORD_PREFIX
        )
    if text := wanted.get("q", ""):
        named = Q(user__name__icontains=text) | Q(user__email__icontains=text)
        members = members.filter(named | Q(title__icontains=text))
    if unit_id := wanted.get("unit", ""):
        # A path is the ids from the root down, each ended by a slash: it also finds what is below.
        members = members.filter(unit__path__contains=f"{unit_id}/")
    if role := wanted.get("role", ""):
        holders = RoleGrant.objects.filter(role__key=role).values("member_id")
        members = members.filter(pk__in=holders)
    order = ORDERS[wanted.get("sort") or BY_UNIT]
    return members.select_related("manager__user").order_by(*order)


def page_of_members(members: QuerySet[Member], query: Any, now: datetime) -> MemberPage:
    """The page behind the member that ``after`` names; raises ``NotFound`` for a stranger."""
    after = query.get("after", "")
    shown = members.filter(_behind(members, after)) if after else members
    found = list(shown[: PAGE_SIZE + 1])
    next_query = ""
    if len(found) > PAGE_SIZE:
        found = found[:PAGE_SIZE]
        address = query.copy()
        address["after"] = found[-1].pk
        next_query = address.urlencode()
    is_whole = not after and not next_query
    count = len(found) if is_whole else members.order_by()[: MOST_COUNTED + 1].count()
    rows = _rows(found, now)
    return MemberPage(rows, min(count, MOST_COUNTED), count > MOST_COUNTED, next_query, not after)


def list_grants(member_ids: Collection[str]) -> Mapping[str, list[RoleGrant]]:
    """The roles of these members with the unit where they hold: one query."""
    grants: dict[str, list[RoleGrant]] = {}
    found = RoleGrant.objects.filter(member_id__in=member_ids).select_related("role", "unit")
    for grant in found.order_by("role__name", "unit__path"):
        grants.setdefault(grant.member_id, []).append(grant)
    return grants


def _behind(members: QuerySet[Member], after: str) -> Q:
    last = members.filter(pk=after).first()
    if last is None:
        raise NotFound(_("This list has changed; start at its beginning."))
    behind, equal = Q(), Q()
    for column in members.query.order_by:
        name = str(column)
        value = _value_of(last, name.lstrip("-"))
        beyond = "lt" if name.startswith("-") else "gt"
        behind |= equal & Q((f"{name.lstrip('-')}__{beyond}", value))
        equal &= Q((name.lstrip("-"), value))
    return behind


def _value_of(member: Member, column: str) -> Any:
    found: Any = member
    for part in column.split("__"):
        found = getattr(found, part)
    return found


def _rows(members: list[Member], now: datetime) -> list[MemberRow]:
    ids = [member.pk for member in members]
    grants = list_grants(ids)
    running = Q(starts_at__lte=now, ends_at__gt=now)
    away = dict(
        Absence.objects.filter(running, member_id__in=ids)
        .order_by("ends_at")
        .values_list("member_id", "ends_at")
    )
    deputies: dict[str, list[str]] = {}
    held = Delegation.objects.filter(running, principal_id__in=ids, revoked_at__isnull=True)
    for principal, name in held.values_list("principal_id", "delegate__user__name"):
        deputies.setdefault(principal, []).append(name)
    return [
        MemberRow(
            member,
            is_invited(member),
            [said_of(grant) for grant in grants.get(member.pk, [])],
            away.get(member.pk),
            deputies.get(member.pk, []),
        )
        for member in members
    ]


def is_invited(member: Member) -> bool:
    """Whether an invitation waits: they have no password of their own yet."""
    is_here = member.status == Member.Status.ACTIVE and member.user.is_active
    return is_here and member.invited_at is not None and not member.user.has_usable_password()


def said_of(grant: RoleGrant) -> str:
    """A role with its reach: "Approver for Intensive care and below", or its name alone."""
    if grant.unit is None:
        return str(grant.role.name)
    return _("%(role)s for %(unit)s") % {"role": grant.role.name, "unit": grant.unit.name}
