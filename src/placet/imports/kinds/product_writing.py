"""Writing the rows of products together: what they name is read once, what fits is written once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext as _

from placet.catalog.actions import (
    PriceValues,
    ProductValues,
    link_substitutes,
    remove_prices,
    set_prices,
    upsert_category,
    upsert_products,
)
from placet.catalog.models import Category, Price, PriceList, Product, TaxClass
from placet.catalog.product_values import refuse_product, values_of
from placet.catalog.search import folded
from placet.core.errors import InvalidInput
from placet.imports.ground import Ground
from placet.imports.kinds.kind import Cells, Change, Made, Result
from placet.imports.kinds.product_cells import cells_of, read_changes, said_anew
from placet.imports.values import read_amount, show_amount

AT_ONCE = 1_000


class Wanted(NamedTuple):
    """A row that can be written; ``price_minor`` is ``None`` where it says none.

    ``values`` go without a substitute that is not there yet: it is linked at the end.
    """

    values: ProductValues
    before: ProductValues | None
    price_minor: int | None
    categories: list[str]
    substitute: str = ""


class Shelf:
    """The catalog as the rows find it."""

    def __init__(self, rows: Sequence[Cells], ground: Ground) -> None:
        self.ground = ground
        skus = {text for cells in rows for key in ("sku", "substitute") if (text := cells.get(key))}
        # Locked in the order of the orders that take stock: a blank cell leaves what is there then.
        found = Product.objects.filter(sku__in=skus).select_related(
            "category", "tax_class", "substitute"
        )
        found = found.select_for_update(of=("self",)).order_by("id")
        self.products = {product.sku: product for product in found}
        self.coming = ground.skus | {cells["sku"] for cells in rows}
        self.categories = {one.path: one for one in Category.objects.all()}
        self.tax_classes = set(TaxClass.objects.values_list("key", flat=True))
        self.currency = ground.company.currency
        self.default = PriceList.objects.filter(is_default=True, currency=self.currency).first()
        priced = Price.objects.filter(price_list=self.default, product__in=self.products.values())
        self.tiers: dict[str, dict[int, int]] = {}
        for sku, start, minor in priced.values_list(
            "product__sku", "from_quantity", "unit_price_minor"
        ):
            self.tiers.setdefault(sku, {})[start] = minor

    def category(self, text: str) -> tuple[str, list[str]]:
        """The path of a category that a cell names, and the ids of those made for it."""
        if text in self.categories:
            return text, []
        if text.endswith("/") and " " not in text:
            raise InvalidInput("category", "unknown", _("There is no such category."))
        made, path = [], ""
        for name in (part.strip() for part in text.replace(">", "/").split("/")):
            key = slugify(folded(name))
            if not key or len(name) > 120:
                raise InvalidInput("category", "name", _("Name the category in letters."))
            path += f"{key}/"
            if path not in self.categories:
                new = upsert_category(path, name=name, **self.ground.at)
                self.categories[path] = new
                made.append(new.pk)
        return path, made


def write_products(rows: Sequence[Cells], ground: Ground, *, may_add: bool) -> list[Result]:
    """Write all rows that can be; the answer says of each what it did or why it was refused."""
    shelf = Shelf(rows, ground)
    found: list[Wanted | InvalidInput] = []
    for cells in rows:
        try:
            found.append(_wanted(cells, shelf, may_add=may_add))
        except InvalidInput as error:
            found.append(error)
    wanted = [one for one in found if isinstance(one, Wanted)]
    written = _write(wanted, shelf)
    _price(wanted, shelf)
    return [_result(one, written, shelf) if isinstance(one, Wanted) else one for one in found]


def link_later(ground: Ground) -> None:
    """Link the substitutes whose rows came after those that name them."""
    if ground.links:
        link_substitutes(dict(ground.links), **ground.at)
        ground.links.clear()


def give_back(made: Sequence[Made], ground: Ground) -> None:
    """State these products as they were before, with their prices on the default list."""
    for start in range(0, len(made), AT_ONCE):
        _give_back(made[start : start + AT_ONCE], ground)


def _give_back(made: Sequence[Made], ground: Ground) -> None:
    products = Product.objects.select_related("category", "tax_class", "substitute")
    there = {one.pk: values_of(one) for one in products.filter(pk__in=[one.id for one in made])}
    rows = [_as_before(there[one.id], one.before["values"]) for one in made]
    changed = [row for row, one in zip(rows, made, strict=True) if row != there[one.id]]
    upsert_products(changed, **ground.at)
    shelf = Shelf([{"sku": row.sku} for row in rows], ground)
    priced = [(row.sku, one) for row, one in zip(rows, made, strict=True) if "price" in one.before]
    if shelf.default is None or not priced:
        return
    for sku, one in priced:
        tiers = shelf.tiers.setdefault(sku, {})
        if one.before["price"] is None:
            tiers.pop(1, None)
        else:
            tiers[1] = one.before["price"]
    remove_prices(shelf.default, skus=[sku for sku, _one in priced], **ground.at)
    _set_tiers(shelf, [sku for sku, _one in priced])


def _wanted(cells: Cells, shelf: Shelf, *, may_add: bool) -> Wanted:
    product = shelf.products.get(cells["sku"])
    if product is None and not may_add:
        raise InvalidInput("sku", "unknown", _("There is no product with this SKU."))
    before = values_of(product) if product else None
    for key in ("name", "category"):
        if before is None and not cells.get(key):
            raise InvalidInput(key, "required", _("A new product needs this."))
    said = said_anew(cells, cells_of(before) if before else {})
    changes = read_changes(said)
    if changes.get("tax_class", "") not in {"", *shelf.tax_classes}:
        raise InvalidInput("tax_class", "unknown", _("There is no such tax class."))
    _refuse_substitute(cells["sku"], changes.get("substitute", ""), shelf)
    minor = _price_of(cells, shelf)
    start = before or ProductValues(cells["sku"], "", "")
    # Checked before its category is made, so that a refused row leaves none behind.
    _refuse(start._replace(**changes))
    made: list[str] = []
    if said.get("category"):
        changes["category"], made = shelf.category(said["category"])
    values = start._replace(**changes)
    if values.substitute and values.substitute not in shelf.products:
        return Wanted(values._replace(substitute=""), before, minor, made, values.substitute)
    return Wanted(values, before, minor, made, values.substitute)


def _price_of(cells: Cells, shelf: Shelf) -> int | None:
    if not cells.get("price"):
        return None
    minor = read_amount("price", cells["price"], shelf.currency)
    if minor < 0 or shelf.default is None:
        raise InvalidInput("price", "range", _("This is not a price."))
    return minor


def _refuse(values: ProductValues) -> None:
    try:
        refuse_product(0, values)
    except InvalidInput as error:
        path = error.path.partition("/")[2]
        column = "tax" if path == "tax_basis_points" else path
        raise InvalidInput(column, error.code, error.detail) from None


def _refuse_substitute(sku: str, substitute: str, shelf: Shelf) -> None:
    is_known = substitute in shelf.products or substitute in shelf.coming
    if substitute and (not is_known or substitute == sku):
        raise InvalidInput("substitute", "unknown", _("There is no such other product."))


def _write(wanted: Iterable[Wanted], shelf: Shelf) -> Mapping[str, Product]:
    """What differs; a substitute of the same rows is linked with them, a later one at the end."""
    rows = [one for one in wanted if _differs(one)]
    here = {one.values.sku for one in rows}
    values = []
    for one in rows:
        is_here = one.substitute in here or one.substitute in shelf.products
        values.append(one.values._replace(substitute=one.substitute if is_here else ""))
        if one.substitute and not is_here:
            shelf.ground.links.append((one.values.sku, one.substitute))
    return {one.sku: one for one in upsert_products(values, **shelf.ground.at)} if rows else {}


def _differs(one: Wanted) -> bool:
    return one.values._replace(substitute=one.substitute) != one.before


def _price(wanted: Iterable[Wanted], shelf: Shelf) -> None:
    """Prices of one piece on the default list; the other tiers stay."""
    changed = []
    for one in wanted:
        tiers = shelf.tiers.get(one.values.sku, {})
        if one.price_minor is not None and tiers.get(1) != one.price_minor:
            changed.append(one.values.sku)
    before = {sku: dict(shelf.tiers.get(sku, {})) for sku in changed}
    for one in wanted:
        if one.values.sku in before and one.price_minor is not None:
            shelf.tiers[one.values.sku] = {**before[one.values.sku], 1: one.price_minor}
    _set_tiers(shelf, changed)
    # What was there before is what the report keeps.
    shelf.tiers |= before


def _set_tiers(shelf: Shelf, skus: Iterable[str]) -> None:
    prices = [
        PriceValues(sku, minor, start)
        for sku in skus
        for start, minor in sorted(shelf.tiers.get(sku, {}).items())
    ]
    if prices and shelf.default is not None:
        set_prices(shelf.default, prices=prices, **shelf.ground.at)


def _result(one: Wanted, written: Mapping[str, Product], shelf: Shelf) -> Made:
    sku = one.values.sku
    product = written.get(sku) or shelf.products[sku]
    before: dict[str, Any] = {"categories": one.categories} if one.categories else {}
    price = shelf.tiers.get(sku, {}).get(1)
    is_priced_anew = one.price_minor is not None and one.price_minor != price
    if one.before is None:
        return Made("added", product.pk, product.version, before)
    if sku not in written and not is_priced_anew:
        return Made("unchanged", product.pk, product.version)
    was, now = one.before, one.values._replace(substitute=one.substitute)
    before["values"] = {
        name: value for name, value, new in zip(was._fields, was, now, strict=True) if value != new
    }
    changes = _changes(was, now)
    if is_priced_anew:
        before["price"] = price
        cells = [
            show_amount(one, shelf.currency) if one is not None else ""
            for one in (price, one.price_minor)
        ]
        changes += (Change("price", *cells),)
    return Made("changed", product.pk, product.version, before, (), changes)


def _changes(was: ProductValues, now: ProductValues) -> tuple[Change, ...]:
    if was == now:
        return ()
    cells = cells_of(now)
    return tuple(
        Change(key, text, cells[key]) for key, text in cells_of(was).items() if text != cells[key]
    )


def _as_before(there: ProductValues, kept: Mapping[str, Any]) -> ProductValues:
    """The values with those that a report kept; lists were tuples."""
    before = there._replace(**kept)
    return before._replace(tags=tuple(before.tags), attributes=dict(before.attributes))
