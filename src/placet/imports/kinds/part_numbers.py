"""The company's own part numbers: found by the SKU of the product."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.actions.part_numbers import remove_part_number, set_part_number
from placet.catalog.models import PartNumber, Product
from placet.catalog.queries import get_product
from placet.companies.permissions import ADDRESS_MANAGE
from placet.core.errors import InvalidInput, NotFound
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.depending import unchanged_since
from placet.imports.kinds.kind import Cells, Kind, Made, nothing_above

COLUMNS = (
    Column("sku", "SKU", "", True, 64, ("artikelnummer", "symbol", "item"), "GLV-M"),
    Column(
        "number",
        _("Part number"),
        _("What your company calls it"),
        True,
        64,
        ("own number", "eigene nummer", "numer", "material"),
        "MAT-10442",
    ),
)


def write_row(cells: Cells, ground: Ground) -> Made:
    """Give the product of this SKU its number, or another one."""
    product = _product(ground, cells["sku"])
    found = PartNumber.objects.filter(company=ground.company, product=product).first()
    if found is None:
        made = set_part_number(product, number=cells["number"], **ground.at)
        return Made("added", made.pk, made.version)
    before = found.number
    changed = set_part_number(product, number=cells["number"], **ground.at)
    if changed.version == found.version:
        return Made("unchanged", found.pk, found.version)
    return Made("changed", found.pk, changed.version, {"number": before})


def _product(ground: Ground, sku: str) -> Product:
    try:
        return get_product(ground.actor, sku, now=ground.now)
    except NotFound as error:
        said = gettext("There is no product %(sku)s for your company.") % {"sku": sku}
        raise InvalidInput("sku", "unknown", said) from error


def take_back(made: Made, ground: Ground) -> None:
    """Take away what was added; give back what was changed."""
    found = PartNumber.objects.select_related("product").get(pk=made.id, company=ground.company)
    unchanged_since(found, made)
    if made.did == "added":
        remove_part_number(found, **ground.at)
    elif made.did == "changed":
        set_part_number(found.product, number=made.before["number"], **ground.at)


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """The company's numbers, by SKU."""
    rows = PartNumber.objects.filter(company=ground.company).select_related("product")
    for row in rows.order_by("product__sku"):
        yield {"sku": row.product.sku, "number": row.number}


KIND = Kind(
    "part_numbers",
    _("Part numbers"),
    ADDRESS_MANAGE,
    COLUMNS,
    lambda cells: cells["sku"],
    nothing_above,
    write_row,
    take_back,
    export_rows,
)
