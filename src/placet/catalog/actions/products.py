"""Categories and products: made where they are new, changed where they are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from placet.catalog.models import Category, Product
from placet.catalog.search import refresh_search
from placet.catalog.vocabulary import learn_words
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

SKU: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,63}")
PATH: Final = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/){1,6}")


class ProductValues(NamedTuple):
    """A product as the merchant states it; ``category`` is a path and ``substitute`` a SKU."""

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


_PLAIN: Final = (
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
_WRITTEN: Final = (*_PLAIN, "tags", "status", "category", "search_text", "folded_sku", "version")


@transaction
def upsert_category(
    path: str, *, name: str, actor: Actor, now: datetime, position: int = 0
) -> Category:
    """Make or rename the category at ``path`` (``medical-devices/infusion/``); parents come first.

    Raises ``InvalidInput`` when the path is malformed or the category above it does not exist.
    """
    require(actor, CATALOG_MANAGE)
    if not PATH.fullmatch(path):
        raise InvalidInput("path", "path", _("A path is keys, each ended by a slash."))
    *above, key = path.strip("/").split("/")
    parent = Category.objects.filter(path="/".join(above) + "/").first() if above else None
    if above and parent is None:
        raise InvalidInput("path", "no_parent", _("The category above it does not exist."))
    category, is_new = Category.objects.get_or_create(
        path=path,
        defaults={
            "created_at": now,
            "parent": parent,
            "key": key,
            "name": name,
            "position": position,
        },
    )
    if not is_new:
        Category.objects.filter(pk=category.pk).update(
            name=name, position=position, version=F("version") + 1
        )
        category.refresh_from_db()
    record("category.set", category.id, actor=actor, now=now, path=path)
    return category


@transaction
def upsert_product(values: ProductValues, *, actor: Actor, now: datetime) -> Product:
    """Make or change one product by its SKU; raises ``InvalidInput`` for values that cannot be."""
    return upsert_products([values], actor=actor, now=now)[0]


@transaction
def upsert_products(rows: Sequence[ProductValues], *, actor: Actor, now: datetime) -> list[Product]:
    """Make or change many products by SKU in a fixed number of statements; all or none.

    A substitute may be one of the same rows. Raises ``InvalidInput`` with the row's place.
    """
    require(actor, CATALOG_MANAGE)
    for place, row in enumerate(rows):
        _validate(place, row)
    categories = _categories(rows)
    known = {p.sku: p for p in Product.objects.filter(sku__in=[row.sku for row in rows])}
    fresh: dict[str, Product] = {}
    for row in rows:
        product = known.get(row.sku) or fresh.setdefault(
            row.sku, Product(created_at=now, sku=row.sku, version=0)
        )
        _write(product, row, categories[row.category])
    Product.objects.bulk_create(fresh.values(), batch_size=200)
    Product.objects.bulk_update(known.values(), _WRITTEN, batch_size=100)
    written = {**known, **fresh}
    learn_words(product.search_text for product in written.values())
    _link_substitutes(rows, written)
    for row in rows:
        product = written[row.sku]
        record("product.set", product.id, actor=actor, now=now, sku=row.sku, stock=row.stock)
    return [written[row.sku] for row in rows]


def _validate(place: int, row: ProductValues) -> None:
    if not SKU.fullmatch(row.sku):
        raise InvalidInput(f"{place}/sku", "sku", _("A SKU is letters, digits and . _ / + - only."))
    if not row.name.strip():
        raise InvalidInput(f"{place}/name", "empty", _("A product has a name."))
    if min(row.price_quantity, row.minimum_quantity, row.step_quantity) < 1:
        raise InvalidInput(f"{place}/quantity", "quantity", _("Quantities are one or more."))
    if not 0 <= row.tax_basis_points <= 10_000:
        raise InvalidInput(f"{place}/tax_basis_points", "tax", _("A tax is from 0 to 100 %."))


def _categories(rows: Iterable[ProductValues]) -> dict[str, Category]:
    wanted = {row.category for row in rows}
    found = {c.path: c for c in Category.objects.filter(path__in=wanted)}
    for place, row in enumerate(rows):
        if row.category not in found:
            raise InvalidInput(
                f"{place}/category", "unknown", _("The category %s does not exist.") % row.category
            )
    return found


def _write(product: Product, row: ProductValues, category: Category) -> None:
    for name in _PLAIN:
        setattr(product, name, getattr(row, name))
    product.tags = list(row.tags)
    product.category = category
    product.status = Product.Status.DISCONTINUED if row.is_discontinued else Product.Status.ACTIVE
    product.version += 1
    refresh_search(product)


def _link_substitutes(rows: Sequence[ProductValues], written: dict[str, Product]) -> None:
    wanted = {row.substitute for row in rows if row.substitute}
    known = {p.sku: p for p in Product.objects.filter(sku__in=wanted)}
    changed = []
    for place, row in enumerate(rows):
        if row.substitute and (row.substitute not in known or row.substitute == row.sku):
            raise InvalidInput(
                f"{place}/substitute", "unknown", _("There is no substitute %s.") % row.substitute
            )
        product = written[row.sku]
        substitute = known.get(row.substitute)
        if product.substitute_id != (substitute.id if substitute else None):
            product.substitute = substitute
            changed.append(product)
    Product.objects.bulk_update(changed, ["substitute"], batch_size=200)
