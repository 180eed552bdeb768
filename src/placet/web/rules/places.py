"""Where rulebooks hold: the company, its units, and which of them count for one unit."""

from __future__ import annotations

from collections.abc import Sequence

from placet.companies.models import Company
from placet.companies.permissions import RULE_MANAGE
from placet.companies.queries import get_unit, list_units
from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import list_versions_in_force


def arrange(actor: Actor, rulebooks: Sequence[Rulebook], unit_id: str = "") -> list[Rulebook]:
    """The company's first, then those of units down the tree; the merchant's own come last.

    With a unit only those that hold there, inherited ones before its own; raises ``NotFound`` for
    another company's unit.
    """
    placed = sorted(rulebooks, key=lambda one: (one.side, one.unit.path if one.unit else ""))
    if not unit_id:
        return placed
    unit = get_unit(actor, unit_id)
    path = unit.path.strip("/").split("/")
    in_force = {version.rulebook_id for version in list_versions_in_force(actor.company_id, path)}
    return [rulebook for rulebook in placed if rulebook.pk in in_force]


def list_place_choices(actor: Actor, rulebooks: Sequence[Rulebook]) -> list[tuple[str, str]]:
    """The units to look from; none while no unit has rules of its own."""
    if not any(rulebook.unit_id for rulebook in rulebooks):
        return []
    return [(unit.pk, indented(unit.path, unit.name)) for unit in list_units(actor)]


def list_free_places(actor: Actor) -> list[tuple[str, str]]:
    """Where the actor could begin a rulebook: id (empty for the company) and path of each unit."""
    own = Rulebook.objects.filter(company_id=actor.company_id, side=side_of(actor))
    taken = {unit_id or "" for unit_id in own.values_list("unit_id", flat=True)}
    places = [("", "")]
    if not actor.is_merchant and actor.company_kind != Company.Kind.HOUSEHOLD:
        # The root of the tree is the company itself.
        places += [(unit.pk, unit.path) for unit in list_units(actor) if unit.parent_id]
    return [
        (unit_id, path)
        for unit_id, path in places
        if unit_id not in taken and actor.holds(RULE_MANAGE, unit_path=path)
    ]


def may_create(actor: Actor) -> bool:
    """Whether a button for a new rulebook would lead anywhere."""
    return bool(list_free_places(actor))


def side_of(actor: Actor) -> str:
    """The side whose rules the actor's company writes for itself."""
    return Rulebook.Side.MERCHANT if actor.is_merchant else Rulebook.Side.BUYER


def indented(path: str, name: str) -> str:
    """A unit's name as far in as it lies deep in the tree."""
    return "\N{NO-BREAK SPACE}" * 3 * path.strip("/").count("/") + name
