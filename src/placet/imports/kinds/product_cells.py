"""What the cells of a product's row say: changes of a product; a blank cell changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.product_values import ProductValues
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.kinds.kind import Cells
from placet.imports.reading import as_read
from placet.imports.values import read_choice, read_list, read_number

MOST: Final = 1_000_000_000
SKU: Final = Column(
    "sku", _("SKU"), "", True, 64, ("product id", "artikelnummer", "symbol", "indeks"), "GLV-M"
)
STOCK: Final = (
    Column("stock", _("In stock"), "", False, 20, ("stock", "quantity", "bestand", "stan"), "500"),
    Column("lead_time_days", _("Days to deliver"), "", False, 5, ("lead time", "lieferzeit"), "2"),
    Column("sells_beyond_stock", _("Sold beyond the stock too"), "", False, 10, (), "yes"),
)
PRODUCT: Final = (
    SKU,
    Column("name", _("Name"), "", False, 200, ("product name", "nazwa", "bezeichnung"), "Gloves"),
    Column(
        "category",
        _("Category"),
        _("Its path, or names from the top down, separated by “ / ”"),
        False,
        400,
        ("kategoria", "kategorie", "warengruppe"),
        "Consumables / Gloves",
    ),
    Column("price", _("Price"), _("On the default list"), False, 40, ("cena", "preis"), "8.90"),
    Column("pack", _("Pack"), "", False, 60, ("opakowanie", "verpackung", "unit"), "box of 100"),
    Column(
        "description",
        _("Description"),
        "",
        False,
        10_000,
        ("opis", "beschreibung"),
        "",
        has_lines=True,
    ),
    Column("brand", _("Brand"), "", False, 80, ("marka", "marke"), "Norden"),
    Column("supplier", _("Supplier"), "", False, 80, ("dostawca", "lieferant"), ""),
    Column("family", _("Family"), "", False, 120, (), "Nitrile gloves"),
    Column("variant", _("Variant"), "", False, 120, (), "M"),
    Column("price_quantity", _("Pieces that a price is for"), "", False, 20, (), "1"),
    Column("minimum_quantity", _("Smallest quantity"), "", False, 20, (), "1"),
    Column("step_quantity", _("In steps of"), "", False, 20, (), "1"),
    *STOCK,
    Column("tax_class", _("Tax class"), "", False, 40, (), "standard"),
    Column("tax", _("Tax, percent"), "", False, 10, ("vat", "mwst"), "19"),
    Column("is_restricted", _("Restricted"), "", False, 10, (), "no"),
    Column("is_discontinued", _("Discontinued"), "", False, 10, (), "no"),
    Column("substitute", _("Substitute"), _("SKU"), False, 64, ("zamiennik", "ersatz"), ""),
    Column("tags", _("Tags"), "", False, 2_600, ("tagi",), "nitrile, sterile"),
    Column("attributes", _("Attributes"), _("“Size: M; Colour: blue”"), False, 10_000, (), ""),
)
_TEXTS: Final = (
    *("name", "pack", "description", "brand", "supplier", "family", "variant"),
    *("tax_class", "substitute"),
)
_WHOLE: Final = (
    *("price_quantity", "minimum_quantity", "step_quantity", "stock", "lead_time_days"),
)
_TRUTHS: Final = ("sells_beyond_stock", "is_restricted", "is_discontinued")
_WORDS: Final = {
    "yes": ("yes", "y", "1", "true", "x", "ja", "tak"),
    "no": ("no", "n", "0", "false", "-", "nein", "nie"),
}


def read_changes(said: Cells) -> dict[str, Any]:
    """The values that cells state, but category and price; raises ``InvalidInput``."""
    changes: dict[str, Any] = {key: said[key] for key in _TEXTS if key in said}
    changes |= {key: _whole(key, said[key]) for key in _WHOLE if key in said}
    for key in _TRUTHS:
        if key in said:
            changes[key] = read_choice(key, said[key], _WORDS) == "yes"
    if "tax" in said:
        changes["tax_basis_points"] = _basis_points(said["tax"])
    if "tags" in said:
        changes["tags"] = tuple(read_list(said["tags"]))
    if "attributes" in said:
        changes["attributes"] = _attributes(said["attributes"])
    return changes


def cells_of(values: ProductValues) -> dict[str, str]:
    """A product as the cells of an export say it, all but its price."""
    said: dict[str, Any] = values._asdict()
    said |= {
        "tags": ", ".join(values.tags),
        "attributes": _attributes_cell(values.attributes),
        "tax": f"{values.tax_basis_points / 100:g}",
    }
    return {column.key: _cell(said[column.key]) for column in PRODUCT if column.key != "price"}


def said_anew(cells: Cells, there: Mapping[str, str]) -> dict[str, str]:
    """The cells that say something else than an export would, so that it changes nothing."""
    return {
        key: text
        for key, text in cells.items()
        if text and (key not in there or text not in (there[key], as_read(there[key])))
    }


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _attributes_cell(attributes: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in attributes.items())


def _whole(path: str, text: str) -> int:
    number = read_number(path, text)
    if number != number.to_integral_value() or abs(number) > MOST:
        raise InvalidInput(path, "whole", gettext("Write a whole number."))
    return int(number)


def _basis_points(text: str) -> int:
    scaled = read_number("tax", text.removesuffix("%").strip()) * 100
    if scaled != scaled.to_integral_value() or not 0 <= scaled <= 10_000:
        raise InvalidInput("tax", "tax", gettext("A tax is from 0 to 100 %."))
    return int(scaled)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, sign, value = (one.strip() for one in part.partition(":"))
        if part.strip() and not (sign and name and value):
            raise InvalidInput(
                "attributes", "form", gettext("Write attributes as “Size: M; Colour: blue”.")
            )
        if part.strip():
            found[name] = value
    return found
