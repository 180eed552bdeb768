"""For whom an address or a cost centre is: everybody, a unit and below, or one member."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.models import Member, Unit
from placet.companies.permissions import ADDRESS_MANAGE
from placet.companies.queries import get_member, get_unit, list_members, list_units
from placet.core.actor import Actor, is_within

Choice = tuple[str, str]


class Place(NamedTuple):
    """What was chosen; neither of them: everybody in the company."""

    unit: Unit | None
    member: Member | None


def list_unit_choices(actor: Actor) -> list[Choice]:
    """The units whose addresses the actor manages, as the tree; everybody where it is theirs."""
    paths = actor.paths_of(ADDRESS_MANAGE)
    indent = "\N{NO-BREAK SPACE}" * 3
    units = [
        (f"unit:{unit.pk}", indent * (unit.path.count("/") - 1) + unit.name)
        for unit in list_units(actor)
        if any(is_within(unit.path, path) for path in paths)
    ]
    return [("company:", _("Everybody in the company")), *units] if "" in paths else units


def list_place_choices(actor: Actor) -> list[Choice | tuple[str, list[Choice]]]:
    """The same, and each member by themselves; a household has no units."""
    units, people = list_unit_choices(actor), _members(actor)
    if actor.company_kind == "household":
        return [("company:", _("Everybody")), *people]
    return [*units, (_("One member alone"), people)]


def read_place(actor: Actor, chosen: str) -> Place:
    """What a choice means; raises ``NotFound`` for what is not of the actor's company."""
    kind, _sign, pk = chosen.partition(":")
    if kind == "unit":
        return Place(get_unit(actor, pk), None)
    if kind == "member":
        member = get_member(actor, pk)
        # Who manages a part of the company manages the addresses of its people.
        is_whole = "" in actor.paths_of(ADDRESS_MANAGE)
        return Place(None if is_whole else member.unit, member)
    return Place(None, None)


def write_place(unit: Unit | None, member: Member | None) -> str:
    """The choice that stands for a place."""
    if member is not None:
        return f"member:{member.pk}"
    return f"unit:{unit.pk}" if unit else "company:"


def within_sight(actor: Actor) -> Q:
    """Of the parts that the actor manages, and of everything above them, which reaches them."""
    found = Q(unit=None)
    for path in actor.paths_of(ADDRESS_MANAGE):
        found |= Q(unit__path__startswith=path) | Q(unit_id__in=path.strip("/").split("/"))
    return found


def list_people(actor: Actor) -> list[Choice]:
    """The active members by name, with their unit."""
    return [(one.pk, f"{one.user.name}, {one.unit.name}") for one in list_members(actor)]


def _members(actor: Actor) -> list[Choice]:
    paths = actor.paths_of(ADDRESS_MANAGE)
    return [
        (f"member:{one.pk}", one.user.name)
        for one in list_members(actor)
        if any(is_within(one.unit.path, path) for path in paths)
    ]
