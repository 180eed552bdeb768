"""Categories and products: made where they are new, changed where they are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from placet.catalog.models import Category, Product, TaxClass
from placet.catalog.price_order import refresh_pieces
from placet.catalog.product_values import PLAIN, ProductValues, refuse_product
from placet.catalog.search import refresh_search
from placet.catalog.vocabulary import learn_words
from placet.companies.changing import update_row
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core import sql
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

PATH: Final = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/){1,6}")


AT_ONCE: Final = 2_000
_WRITTEN: Final = (
    *PLAIN,
    "tags",
    "attributes",
    "tax_class",
    "status",
    "category",
    "search_text",
    "folded_sku",
    "version",
)


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
    return _alone(values, actor, now)


@transaction
def change_product(
    product: Product, *, values: ProductValues, version: int, actor: Actor, now: datetime
) -> Product:
    """State a product anew under its SKU, which stays; orders and requisitions keep what they say.

    Raises ``ChangedMeanwhile`` where it is not as it was seen: an order may have taken stock.
    """
    require(actor, CATALOG_MANAGE)
    if values.sku != product.sku:
        raise InvalidInput("sku", "fixed", _("A SKU stays."))
    update_row(product, version)
    return _alone(values, actor, now)


@transaction
def upsert_products(rows: Sequence[ProductValues], *, actor: Actor, now: datetime) -> list[Product]:
    """Make or change many products by SKU in a fixed number of statements; all or none.

    A substitute may be one of the same rows. Raises ``InvalidInput`` with the row's place.
    """
    require(actor, CATALOG_MANAGE)
    for place, row in enumerate(rows):
        refuse_product(place, row)
    if len({row.sku for row in rows}) != len(rows):
        raise InvalidInput("sku", "twice", _("A product stands twice in the rows."))
    categories, tax_classes = _categories(rows), _tax_classes(rows)
    known = {p.sku: p for p in Product.objects.filter(sku__in=[row.sku for row in rows])}
    grounds = {_ground(product) for product in known.values()}
    fresh: dict[str, Product] = {}
    for row in rows:
        product = known.get(row.sku) or fresh.setdefault(
            row.sku, Product(created_at=now, sku=row.sku, version=0)
        )
        _write(product, row, categories[row.category], tax_classes.get(row.tax_class))
    Product.objects.bulk_create(fresh.values(), batch_size=200)
    _update(known.values())
    refresh_pieces([one.pk for one in known.values() if _ground(one) not in grounds])
    written = {**known, **fresh}
    learn_words(product.search_text for product in written.values())
    _link_substitutes(rows, written)
    for row in rows:
        product = written[row.sku]
        record("product.set", product.id, actor=actor, now=now, sku=row.sku, stock=row.stock)
    return [written[row.sku] for row in rows]


@transaction
def link_substitutes(pairs: Mapping[str, str], *, actor: Actor, now: datetime) -> None:
    """Say by SKU which product takes the place of which: the end of writing them in parts.

    Their versions stay: it is the same change. Raises ``InvalidInput`` for unknown SKUs.
    """
    require(actor, CATALOG_MANAGE)
    items = sorted(pairs.items())
    for start in range(0, len(items), AT_ONCE):
        part = dict(items[start : start + AT_ONCE])
        rows = Product.objects.filter(sku__in={*part, *part.values()})
        ids = dict(rows.values_list("sku", "id"))
        for sku, substitute in part.items():
            if sku not in ids or substitute not in ids or sku == substitute:
                raise InvalidInput(
                    "substitute", "unknown", _("There is no substitute %s.") % substitute
                )
        links = [(ids[substitute], ids[sku]) for sku, substitute in part.items()]
        sql.update(Product._meta.db_table, ["substitute_id"], "id", links)


def _ground(product: Product) -> tuple[str, int, int]:
    """What the order by price hangs on beside the prices."""
    return product.pk, product.minimum_quantity, product.price_quantity


def _alone(values: ProductValues, actor: Actor, now: datetime) -> Product:
    """A refusal of the only row points into it without its place."""
    try:
        return upsert_products([values], actor=actor, now=now)[0]
    except InvalidInput as refused:
        path = refused.path.partition("/")[2] or refused.path
        raise InvalidInput(path, refused.code, refused.detail) from None


def _categories(rows: Iterable[ProductValues]) -> dict[str, Category]:
    wanted = {row.category for row in rows}
    found = {c.path: c for c in Category.objects.filter(path__in=wanted)}
    for place, row in enumerate(rows):
        if row.category not in found:
            raise InvalidInput(
                f"{place}/category", "unknown", _("The category %s does not exist.") % row.category
            )
    return found


def _tax_classes(rows: Iterable[ProductValues]) -> dict[str, TaxClass]:
    wanted = {row.tax_class for row in rows if row.tax_class}
    found = {c.key: c for c in TaxClass.objects.filter(key__in=wanted)} if wanted else {}
    for place, row in enumerate(rows):
        if row.tax_class and row.tax_class not in found:
            raise InvalidInput(
                f"{place}/tax_class", "unknown", _("There is no tax class %s.") % row.tax_class
            )
    return found


def _write(
    product: Product, row: ProductValues, category: Category, tax_class: TaxClass | None
) -> None:
    for name in PLAIN:
        setattr(product, name, getattr(row, name))
    product.tags = list(row.tags)
    product.attributes = dict(row.attributes)
    product.category = category
    product.tax_class = tax_class
    product.status = Product.Status.DISCONTINUED if row.is_discontinued else Product.Status.ACTIVE
    product.version += 1
    refresh_search(product)


def _update(products: Iterable[Product]) -> None:
    """All columns by one prepared statement: what the ORM writes takes ten times as long."""
    fields: list[Any] = [Product._meta.get_field(name) for name in _WRITTEN]
    sql.update(
        Product._meta.db_table,
        [field.column for field in fields],
        "id",
        [
            [
                *(
                    field.get_db_prep_save(getattr(product, field.attname), connection)
                    for field in fields
                ),
                product.pk,
            ]
            for product in products
        ],
    )


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
