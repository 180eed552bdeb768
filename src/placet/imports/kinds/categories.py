"""Categories of the merchant's catalog: found by their path, those above first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.actions import upsert_category
from placet.catalog.actions.removing import remove_empty_categories
from placet.catalog.models import Category
from placet.companies.permissions import CATALOG_MANAGE
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.depending import unchanged_since
from placet.imports.kinds.kind import Cells, Change, ChangedSince, Kind, Made
from placet.imports.values import read_number

MOST_PLACES: Final = 1_000_000
COLUMNS: Final = (
    Column("path", _("Path"), _("Keys from the top down, each ended by a slash"), True, 400,
           ("ścieżka", "pfad"), "consumables/gloves/"),
    Column("name", _("Name"), _("A new category needs one"), False, 120, ("nazwa",), "Gloves"),
    Column("position", _("Position"), _("Among its neighbours, the smallest first"), False, 10,
           ("kolejność", "reihenfolge"), "10"),
)  # fmt: skip


def above_of(cells: Cells) -> str:
    """The path above."""
    above = cells["path"].strip("/").rpartition("/")[0]
    return f"{above}/" if above else ""


def write_row(cells: Cells, ground: Ground) -> Made:
    """Add the category, or say its name and position anew."""
    path, name = cells["path"], cells.get("name", "")
    found = Category.objects.filter(path=path).first()
    if found is None and not name:
        raise InvalidInput("name", "required", gettext("A new category needs this."))
    position = _position(cells.get("position", ""), found)
    if found is None:
        made = upsert_category(path, name=name, position=position, **ground.at)
        return Made("added", made.pk, made.version)
    changes = []
    if name and name != found.name:
        changes.append(Change("name", found.name, name))
    if position != found.position:
        changes.append(Change("position", str(found.position), str(position)))
    if not changes:
        return Made("unchanged", found.pk, found.version)
    before = {"name": found.name, "position": found.position}
    now = upsert_category(path, name=name or found.name, position=position, **ground.at)
    return Made("changed", now.pk, now.version, before, (), tuple(changes))


def take_back(made: Made, ground: Ground) -> None:
    """Take away what was added and nothing stands in; give back what was changed."""
    category = Category.objects.get(pk=made.id)
    unchanged_since(category, made)
    if made.did == "changed":
        upsert_category(category.path, **made.before, **ground.at)
    elif not remove_empty_categories([category], **ground.at):
        raise ChangedSince(gettext("Something stands in it or names it by now."))


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The whole tree."""
    for one in Category.objects.order_by("path"):
        yield {"path": one.path, "name": one.name, "position": str(one.position)}


def _position(text: str, found: Category | None) -> int:
    if not text:
        return found.position if found else 0
    number = read_number("position", text)
    if number != number.to_integral_value() or not 0 <= number <= MOST_PLACES:
        raise InvalidInput("position", "range", gettext("A position is a whole number."))
    return int(number)


KIND = Kind(
    "categories",
    _("Categories"),
    CATALOG_MANAGE,
    COLUMNS,
    lambda cells: cells["path"],
    above_of,
    write_row,
    take_back,
    export_rows,
)
