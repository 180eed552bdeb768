"""Units: found by their code, or by their place and name where they have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from placet.companies.actions import add_unit, change_unit
from placet.companies.models import Member, Unit
from placet.companies.permissions import UNIT_MANAGE
from placet.companies.po_forms import PoForm
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.ground import SEPARATOR, Ground
from placet.imports.kinds.depending import refuse_used, unchanged_since
from placet.imports.kinds.kind import Cells, Kind, Made
from placet.imports.kinds.sight import within_paths
from placet.requisitions.actions import close_unit, move_unit, name_head

COLUMNS = (
    Column("name", _("Name"), "", True, 120, ("nazwa", "unit", "jednostka", "dział"), "ICU-4"),
    Column("code", _("Code"), _("What other files call it"), False, 40, ("kod",), "ICU-4"),
    Column(
        "parent",
        _("Unit above"),
        _("Its code, or the names from the top down; blank: directly below the company"),
        False,
        600,
        ("parent", "parent code", "jednostka nadrzędna", "nadrzędna"),
        "ICU",
    ),
    Column(
        "head",
        _("Head"),
        _("E-mail address of a member"),
        False,
        254,
        ("head email", "kierownik", "szef"),
        "rashid@example.com",
    ),
    Column(
        "po_pattern",
        _("Form of PO references"),
        _("Blank: as it is"),
        False,
        100,
        ("po pattern", "wzór zamówień"),
        "PR-\\d{5}",
    ),
    Column("po_hint", _("Example"), _("Of a PO reference"), False, 100, ("po hint",), "PR-88121"),
)


def key_of(cells: Cells) -> str:
    """The code; without one the names from the top down."""
    return cells.get("code") or _path(cells)


def _path(cells: Cells) -> str:
    return SEPARATOR.join(part for part in (cells.get("parent", ""), cells["name"]) if part)


def write_row(cells: Cells, ground: Ground) -> Made:
    """Add a unit, or rename, move and staff the one that is there."""
    parent = ground.unit("parent", cells["parent"]) if cells.get("parent") else None
    head = ground.member("head", cells["head"]) if cells.get("head") else None
    found = _found(cells, parent or ground.root, ground)
    if found is None:
        made = add_unit(
            ground.company,
            name=cells["name"],
            code=cells.get("code", ""),
            parent=parent,
            po_form=PoForm(cells.get("po_pattern", ""), cells.get("po_hint", "")),
            **ground.at,
        )
        ground.add_unit(made)
        if head is not None:
            name_head(made, member=head, **ground.at)
        return Made("added", made.pk, made.version)
    if found.parent_id is None:
        raise InvalidInput("code", "root", str(_("This code is that of the company itself.")))
    return _changed(found, cells, parent, head, ground)


def _found(cells: Cells, parent: Unit, ground: Ground) -> Unit | None:
    if cells.get("code"):
        coded = (one for one in ground.units.values() if one.code == cells["code"])
        return next(coded, None)
    beside = (one for one in ground.units.values() if one.parent_id == parent.pk)
    return next((one for one in beside if one.name == cells["name"]), None)


def _changed(
    found: Unit, cells: Cells, parent: Unit | None, head: Member | None, ground: Ground
) -> Made:
    before = {
        "name": found.name,
        "code": found.code,
        "parent": found.parent_id,
        "head": found.head_id,
        "po_form": [found.po_pattern, found.po_hint],
    }
    is_changed = False
    form = _form(cells, found)
    if cells["name"] != found.name or form != PoForm(found.po_pattern, found.po_hint):
        change_unit(found, name=cells["name"], code=found.code, po_form=form, **ground.at)
        is_changed = True
    if parent is not None and parent.pk != found.parent_id:
        move_unit(found, parent=parent, **ground.at)
        ground.__dict__.pop("units", None)
        is_changed = True
    if head is not None and head.pk != found.head_id:
        name_head(found, member=head, **ground.at)
        is_changed = True
    if not is_changed:
        return Made("unchanged", found.pk, found.version)
    found.refresh_from_db()
    ground.add_unit(found)
    return Made("changed", found.pk, found.version, before)


def _form(cells: Cells, found: Unit) -> PoForm:
    """The form that the row says; a blank cell leaves things as they are."""
    pattern = cells.get("po_pattern") or found.po_pattern
    return PoForm(pattern, cells.get("po_hint") or found.po_hint)


def take_back(made: Made, ground: Ground) -> None:
    """Close the units that were added; give back what was changed."""
    unit = Unit.objects.get(pk=made.id, company=ground.company)
    unchanged_since(unit, made)
    if made.did == "added":
        refuse_used(unit)
        close_unit(unit, **ground.at)
        return
    before: dict[str, Any] = dict(made.before)
    form = PoForm(*before.get("po_form", (unit.po_pattern, unit.po_hint)))
    now = (unit.name, unit.code, PoForm(unit.po_pattern, unit.po_hint))
    if now != (before["name"], before["code"], form):
        change_unit(unit, name=before["name"], code=before["code"], po_form=form, **ground.at)
    if unit.parent_id != before["parent"]:
        move_unit(unit, parent=Unit.objects.get(pk=before["parent"]), **ground.at)
    if unit.head_id != before["head"]:
        name_head(unit, member=Member.objects.filter(pk=before["head"]).first(), **ground.at)


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The open units below those that the actor keeps, parents first; never the company itself."""
    rows = Unit.objects.filter(company=ground.company, closed_at=None).exclude(parent=None)
    for unit in rows.select_related("parent", "head__user").order_by("path"):
        if within_paths(ground.actor, UNIT_MANAGE, unit):
            is_top = unit.parent_id == ground.root.pk
            head = unit.head
            is_there = head is not None and head.status == Member.Status.ACTIVE
            yield {
                "name": unit.name,
                "code": unit.code,
                "parent": "" if is_top else ground.name_of(unit.parent),
                "head": head.user.email if head is not None and is_there else "",
                "po_pattern": unit.po_pattern,
                "po_hint": unit.po_hint,
            }


KIND = Kind(
    "units",
    _("Units"),
    UNIT_MANAGE,
    COLUMNS,
    key_of,
    lambda cells: cells.get("parent", ""),
    write_row,
    take_back,
    export_rows,
)
