"""Whom the keepers of members see: the people of the parts of the company that are theirs.

Who manages members or sets their limits for a unit finds the people of that unit and of those
below it in lists, pages and pickers; everybody else is not there.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.models import Company, Member, Unit
from placet.companies.permissions import LIMIT_MANAGE, MEMBER_MANAGE, UNIT_MANAGE, can_do
from placet.companies.queries import get_member, list_members, list_units
from placet.companies.refusals import refuse
from placet.core.actor import Actor, is_within
from placet.core.errors import NotFound


def require_keeper(actor: Actor) -> None:
    """Let those pass who keep members of any part of the company; ``Forbidden`` for all others."""
    if not kept_paths(actor):
        refuse(can_do(actor, MEMBER_MANAGE), permission=MEMBER_MANAGE)


def kept_paths(actor: Actor) -> frozenset[str]:
    """The parts of the company whose members the actor keeps; ``""`` is all of it."""
    return frozenset({*actor.paths_of(MEMBER_MANAGE), *actor.paths_of(LIMIT_MANAGE)})


def within(paths: Iterable[str], column: str) -> Q:
    """Rows whose unit's path, in this column, lies in one of the parts; none without parts."""
    reach = Q(pk=None)
    for path in paths:
        reach |= Q((f"{column}__startswith", path))
    return reach


def list_kept_members(actor: Actor, *, with_deactivated: bool = False) -> QuerySet[Member]:
    """The members whom the actor keeps, by name."""
    members = list_members(actor, with_deactivated=with_deactivated)
    return members.filter(within(kept_paths(actor), "unit__path"))


def get_kept_member(actor: Actor, member_id: str) -> Member:
    """A member whom the actor keeps, or the actor themselves; raises ``NotFound`` for others."""
    member = get_member(actor, member_id)
    is_kept = any(is_within(member.unit.path, path) for path in kept_paths(actor))
    if not is_kept and member.pk != actor.member_id:
        raise NotFound(_("There is no such member in the units that you manage."))
    return member


def list_units_of(actor: Actor, *permissions: str) -> list[Unit]:
    """The open units for which one of these permissions is held, parents before children."""
    paths = {path for permission in permissions for path in actor.paths_of(permission)}
    return [unit for unit in list_units(actor) if any(is_within(unit.path, path) for path in paths)]


def list_kept_units(actor: Actor) -> list[Unit]:
    """The units whose members the actor keeps."""
    return list_units_of(actor, MEMBER_MANAGE, LIMIT_MANAGE)


def is_household(actor: Actor) -> bool:
    """Whether this is a family, to which the pages speak with fewer words."""
    return actor.company_kind == Company.Kind.HOUSEHOLD


def keeps_units(actor: Actor) -> bool:
    """Whether the actor sees the tree of units: who manages units, or the members in them."""
    return bool(actor.holds_anywhere(UNIT_MANAGE) or actor.holds_anywhere(MEMBER_MANAGE))
