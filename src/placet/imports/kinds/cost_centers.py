"""Cost centres: found by their code; the code itself stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from placet.companies.actions import add_cost_center, close_cost_center
from placet.companies.models import CostCenter, Member, Unit
from placet.companies.organisation.reopening import reopen_cost_center
from placet.companies.permissions import ADDRESS_MANAGE
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.depending import refuse_used, unchanged_since
from placet.imports.kinds.kind import Cells, Kind, Made, nothing_above
from placet.imports.kinds.sight import within_paths
from placet.requisitions.actions import change_cost_center

COLUMNS = (
    Column("code", _("Code"), "", True, 40, ("kod", "mpk", "cost center", "numer"), "4410"),
    Column("name", _("Name"), "", True, 120, ("nazwa",), "Intensive care"),
    Column("unit", _("Unit"), _("Code of the unit"), False, 600, ("jednostka", "dział"), "ICU"),
    Column(
        "owner",
        _("Owner"),
        _("E-mail address of a member"),
        False,
        254,
        ("właściciel", "odpowiedzialny", "owner email"),
        "rashid@example.com",
    ),
)


def write_row(cells: Cells, ground: Ground) -> Made:
    """Add the cost centre of this code, open it again, or change what differs."""
    unit = ground.unit("unit", cells["unit"]) if cells.get("unit") else None
    owner = ground.member("owner", cells["owner"]) if cells.get("owner") else None
    found = ground.find_cost_center(cells["code"])
    if found is None:
        made = add_cost_center(
            ground.company,
            code=cells["code"],
            name=cells["name"],
            unit=unit,
            owner=owner,
            **ground.at,
        )
        return Made("added", made.pk, made.version)
    before: dict[str, Any] = {}
    if found.closed_at is not None:
        reopen_cost_center(found, **ground.at)
        before["was_closed"] = True
    changes = _changes(found, cells["name"], unit, owner)
    if not changes and not before:
        return Made("unchanged", found.pk, found.version)
    before |= {"name": found.name, "unit": found.unit_id, "owner": found.owner_id}
    if changes:
        change_cost_center(found, **changes, **ground.at)
    return Made("changed", found.pk, found.version, before)


def _changes(
    found: CostCenter, name: str, unit: Unit | None, owner: Member | None
) -> dict[str, Any]:
    """What differs; a blank cell leaves things as they are."""
    changes: dict[str, Any] = {}
    if name != found.name:
        changes["name"] = name
    if unit is not None and unit.pk != found.unit_id:
        changes["unit"] = unit
    if owner is not None and owner.pk != found.owner_id:
        changes["owner"] = owner
    return changes


def take_back(made: Made, ground: Ground) -> None:
    """Close what was added; give back what was changed."""
    found = CostCenter.objects.get(pk=made.id, company=ground.company)
    unchanged_since(found, made)
    if made.did == "changed":
        before = made.before
        change_cost_center(
            found,
            name=before["name"],
            unit=Unit.objects.filter(pk=before["unit"]).first(),
            owner=Member.objects.filter(pk=before["owner"]).first(),
            **ground.at,
        )
    if made.did == "added" or made.before.get("was_closed"):
        refuse_used(found)
        close_cost_center(found, **ground.at)


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The open cost centres of those parts of the company that the actor keeps, by code."""
    rows = CostCenter.objects.filter(company=ground.company, closed_at=None)
    for center in rows.select_related("unit", "owner__user").order_by("code"):
        if within_paths(ground.actor, ADDRESS_MANAGE, center.unit):
            yield {
                "code": center.code,
                "name": center.name,
                "unit": ground.name_of(center.unit),
                "owner": center.owner.user.email if center.owner else "",
            }


KIND = Kind(
    "cost_centers",
    _("Cost centres"),
    ADDRESS_MANAGE,
    COLUMNS,
    lambda cells: cells["code"],
    nothing_above,
    write_row,
    take_back,
    export_rows,
)
