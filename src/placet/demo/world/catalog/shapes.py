"""The shapes of a category, a product family, its variants, and the single product."""

from typing import NamedTuple


class Category(NamedTuple):
    """A node of the catalog's tree; ``path`` is ``department`` or ``department/shelf``."""

    path: str
    name: str


class Variant(NamedTuple):
    """One product of a family; ``list_minor`` is the list price of one sales unit in cents."""

    sku: str
    label: str
    list_minor: int
    stock: int
    attributes: tuple[tuple[str, str], ...] = ()


class Tier(NamedTuple):
    """From ``quantity`` sales units on, the price is ``off_basis_points`` lower (500 is 5 %)."""

    quantity: int
    off_basis_points: int


class Family(NamedTuple):
    """Products that differ in one thing only, and everything that they have in common.

    ``unit`` is what is counted in the cart (a box), ``pack_size`` how many pieces it holds.
    ``minimum`` and ``step`` are quantities in sales units. ``tax_basis_points`` is the VAT rate.
    """

    key: str
    name: str
    category: str
    brand: str
    supplier: str
    pictogram: str
    unit: str
    pack_size: int
    variants: tuple[Variant, ...]
    tags: tuple[str, ...] = ()
    minimum: int = 1
    step: int = 1
    tiers: tuple[Tier, ...] = ()
    tax_basis_points: int = 1900
    lead_days: int = 2
    restricted: bool = False


class Product(NamedTuple):
    """One row of the catalog, as the loader writes it."""

    sku: str
    name: str
    family: str
    variant: str
    category: str
    brand: str
    supplier: str
    pictogram: str
    unit: str
    pack_size: int
    pack: str
    tags: tuple[str, ...]
    minimum: int
    step: int
    list_minor: int
    tiers: tuple[Tier, ...]
    tax_basis_points: int
    lead_days: int
    restricted: bool
    stock: int
    attributes: tuple[tuple[str, str], ...] = ()


def variants(*rows: tuple[str, str, int, int]) -> tuple[Variant, ...]:
    """Read rows of SKU, label, list price in cents and stock."""
    return tuple(Variant(*row) for row in rows)


def tiers(*rows: tuple[int, int]) -> tuple[Tier, ...]:
    """Read rows of starting quantity and discount in basis points."""
    return tuple(Tier(*row) for row in rows)


def products_of(family: Family) -> tuple[Product, ...]:
    """Write out a family as its single products, in the order of its variants."""
    pack = family.unit if family.pack_size == 1 else f"{family.unit} of {family.pack_size}"
    return tuple(
        Product(
            sku=variant.sku,
            name=f"{family.name}, {variant.label}" if variant.label else family.name,
            family=family.key,
            variant=variant.label,
            category=family.category,
            brand=family.brand,
            supplier=family.supplier,
            pictogram=family.pictogram,
            unit=family.unit,
            pack_size=family.pack_size,
            pack=pack,
            tags=family.tags,
            minimum=family.minimum,
            step=family.step,
            list_minor=variant.list_minor,
            tiers=family.tiers,
            tax_basis_points=family.tax_basis_points,
            lead_days=family.lead_days,
            restricted=family.restricted,
            stock=variant.stock,
            attributes=variant.attributes,
        )
        for variant in family.variants
    )
