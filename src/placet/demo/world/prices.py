"""Price lists: everybody's, Meridian's contract with an addendum, Kowalski's, and households'.

A list other than the first names a reduction a department and single prices; a product that it
does not mention costs the list price. All amounts are cents for one sales unit, net.
"""

from typing import NamedTuple

from placet.demo.world.catalog.assortment import PRODUCT_BY_SKU, PRODUCTS
from placet.demo.world.catalog.shapes import Product


class PriceList(NamedTuple):
    """A named list; ``off_basis_points`` by department (1200 is 12 % below the list price)."""

    key: str
    name: str
    is_default: bool
    off_basis_points: dict[str, int]
    single: dict[str, int]


class Price(NamedTuple):
    """The price of one sales unit from a quantity on."""

    price_list: str
    sku: str
    from_quantity: int
    unit_price_minor: int


# Comes into force next month, before the contract that it changes.
ADDENDUM = "mhg-workwear"

# What contract MHG-2025 says by the product: the golden cart and what the open requisitions hold.
_MERIDIAN_PRICES = {
    "NS-10412": 8_90,
    "NS-10413": 8_90,
    "NS-20871": 4_20,
    "NS-31105": 3_95,
    "NS-31260": 6_40,
    "NS-44062": 62_50,
    "NS-44118": 38_40,
    "NS-44119": 14_20,
    "NS-51030": 7_20,
    "NS-51033": 7_85,
    "NS-51240": 41_20,
    "NS-60017": 9_30,
    "NS-60201": 11_60,
    "NS-70155": 5_25,
    "NS-70310": 17_30,
    "NS-81920": 4_90,
    "NS-46310": 260_00,
    "NS-46311": 270_00,
    "NS-46320": 371_00,
    "NS-46321": 575_00,
    "NS-47010": 2_090_00,
    "NS-60221": 11_90,
    "NS-60222": 11_90,
    "NS-86310": 74_10,
    "NS-86411": 20_00,
    "NS-86421": 40_00,
    "NS-45112": 68_00,
}

PRICE_LISTS = (
    PriceList("list", "List prices", True, {}, {}),
    PriceList(
        "mhg-2025",
        "Contract MHG-2025",
        False,
        {
            "medical-consumables": 1200,
            "medical-devices": 1000,
            "hygiene": 1200,
            "laboratory": 800,
            "office": 500,
            "facility": 500,
            "safety-wear": 700,
        },
        _MERIDIAN_PRICES,
    ),
    PriceList(
        "kowalski",
        "Kowalski",
        False,
        {"facility": 900, "safety-wear": 1000, "hygiene": 500},
        {"NS-88110": 23_20, "NS-88111": 23_20, "NS-88112": 23_20},
    ),
    PriceList(ADDENDUM, "Addendum MHG-2025/2, work wear", False, {"safety-wear": 1500}, {}),
    PriceList("household", "Households", False, {"kitchen": 300}, {"NS-90131": 12_00}),
)

# What Meridian paid last time, where that is not today's price; everything else in the golden cart
# was bought at today's price, except what is named below.
LAST_PAID_MINOR = {"NS-20871": 4_35, "NS-31260": 6_15, "NS-44062": 61_00}
NEVER_BOUGHT = ("NS-51033",)


def reduced(amount_minor: int, basis_points: int) -> int:
    """The amount less a reduction in basis points, to the cent, halves up."""
    return (amount_minor * (10_000 - basis_points) + 5_000) // 10_000


def unit_price(price_list: PriceList, product: Product) -> int:
    """What one sales unit costs on a list, without tiers."""
    if product.sku in price_list.single:
        return price_list.single[product.sku]
    department = product.category.split("/")[0]
    off = price_list.off_basis_points.get(department)
    if off is None:
        return product.list_minor
    # A reduced price ends in a five or a zero, as people write contracts.
    return (reduced(product.list_minor, off) + 2) // 5 * 5


def price_at(list_key: str, sku: str, quantity: int) -> int:
    """What one sales unit costs a buyer of this list at this quantity."""
    rows = [row for row in _ROWS[list_key, sku] if row.from_quantity <= quantity]
    return rows[-1].unit_price_minor if rows else _ROWS[list_key, sku][0].unit_price_minor


def _rows(price_list: PriceList, product: Product) -> tuple[Price, ...]:
    first = unit_price(price_list, product)
    steps = [(1, 0), *product.tiers]
    return tuple(
        Price(price_list.key, product.sku, quantity, reduced(first, off)) for quantity, off in steps
    )


def _named(price_list: PriceList, product: Product) -> bool:
    if price_list.is_default or product.sku in price_list.single:
        return True
    return product.category.split("/")[0] in price_list.off_basis_points


PRICES: tuple[Price, ...] = tuple(
    row
    for price_list in PRICE_LISTS
    for product in PRODUCTS
    if _named(price_list, product)
    for row in _rows(price_list, product)
)
_ROWS: dict[tuple[str, str], tuple[Price, ...]] = {
    (price_list.key, sku): _rows(price_list, product)
    for price_list in PRICE_LISTS
    for sku, product in PRODUCT_BY_SKU.items()
}
