"""A product as the merchant states it: every value of it, and which cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.core.errors import InvalidInput

SKU: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,63}")
MOST_PIECES: Final = 1_000_000_000
MOST_DAYS: Final = 3_650
MOST_NOTES: Final = 40
LONGEST: Final = {
    "name": 200, "pack": 60, "family": 120, "variant": 120, "brand": 80, "supplier": 80,
    "pictogram": 40, "description": 10_000,
}  # fmt: skip


class ProductValues(NamedTuple):
    """A product as the merchant states it; ``category`` is a path and ``substitute`` a SKU.

    ``tax_class`` is the key of one; without it the product has its own rate everywhere.
    """

    sku: str
    name: str
    category: str
    pack: str = "piece"
    description: str = ""
    family: str = ""
    variant: str = ""
    brand: str = ""
    supplier: str = ""
    price_quantity: int = 1
    minimum_quantity: int = 1
    step_quantity: int = 1
    stock: int = 0
    sells_beyond_stock: bool = True
    lead_time_days: int = 2
    tax_basis_points: int = 0
    is_restricted: bool = False
    tags: tuple[str, ...] = ()
    pictogram: str = ""
    is_discontinued: bool = False
    substitute: str = ""
    tax_class: str = ""
    attributes: Mapping[str, str] = MappingProxyType({})


PLAIN: Final = (
    *("name", "pack", "description", "family", "variant", "brand", "supplier", "price_quantity"),
    *(
        "minimum_quantity",
        "step_quantity",
        "stock",
        "sells_beyond_stock",
        "lead_time_days",
        "tax_basis_points",
    ),
    *("is_restricted", "pictogram"),
)


def values_of(product: Product) -> ProductValues:
    """What a product says now; its category, tax class and substitute should be loaded."""
    plain: dict[str, Any] = {name: getattr(product, name) for name in PLAIN}
    return ProductValues(
        sku=product.sku,
        category=product.category.path,
        tags=tuple(product.tags),
        is_discontinued=product.status == Product.Status.DISCONTINUED,
        substitute=product.substitute.sku if product.substitute else "",
        tax_class=product.tax_class.key if product.tax_class else "",
        attributes=dict(product.attributes),
        **plain,
    )


def refuse_product(place: int, row: ProductValues) -> None:
    """Raise ``InvalidInput`` below the row's place for what cannot be; asks no database."""
    if not SKU.fullmatch(row.sku):
        raise InvalidInput(f"{place}/sku", "sku", _("A SKU is letters, digits and . _ / + - only."))
    if not row.name.strip():
        raise InvalidInput(f"{place}/name", "empty", _("A product has a name."))
    for name, longest in LONGEST.items():
        if len(getattr(row, name)) > longest:
            sentence = _("At most %(most)d characters.") % {"most": longest}
            raise InvalidInput(f"{place}/{name}", "too_long", sentence)
        if name != "description" and not getattr(row, name).isprintable():
            sentence = _("Use letters, digits and signs only.")
            raise InvalidInput(f"{place}/{name}", "characters", sentence)
    for name in ("price_quantity", "minimum_quantity", "step_quantity"):
        if not 1 <= getattr(row, name) <= MOST_PIECES:
            raise InvalidInput(f"{place}/{name}", "quantity", _("Quantities are one or more."))
    if abs(row.stock) > MOST_PIECES:
        raise InvalidInput(f"{place}/stock", "range", _("This is too many."))
    if not 0 <= row.lead_time_days <= MOST_DAYS:
        raise InvalidInput(f"{place}/lead_time_days", "range", _("Ten years at most."))
    if not 0 <= row.tax_basis_points <= 10_000:
        raise InvalidInput(f"{place}/tax_basis_points", "tax", _("A tax is from 0 to 100 %."))
    _refuse_notes(place, row)


def _refuse_notes(place: int, row: ProductValues) -> None:
    notes = (*row.tags, *row.attributes, *row.attributes.values())
    if not all(str(one).isprintable() for one in notes):
        path = "tags" if not all(tag.isprintable() for tag in row.tags) else "attributes"
        raise InvalidInput(
            f"{place}/{path}", "characters", _("Use letters, digits and signs only.")
        )
    if len(row.tags) > MOST_NOTES or any(not 0 < len(tag) <= 60 for tag in row.tags):
        raise InvalidInput(f"{place}/tags", "range", _("Forty tags of 60 letters at most."))
    said = [*row.attributes, *row.attributes.values()]
    if len(said) > 2 * MOST_NOTES or any(not 0 < len(str(one)) <= 120 for one in said):
        raise InvalidInput(
            f"{place}/attributes", "range", _("Forty attributes of 120 letters at most.")
        )
