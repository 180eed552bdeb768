"""What the merchant grants and holds back: tax classes, promotions, assortments."""

from typing import NamedTuple

from placet.demo.world.companies import BERG, KOWALSKI, MERIDIAN, NORDEN, PARK


class TaxClass(NamedTuple):
    """Goods that are taxed alike; rates are basis points by country, ``""`` everywhere else."""

    key: str
    name: str
    rates: dict[str, int]


class Promotion(NamedTuple):
    """A reduction from today on. Without a company it is for everybody; days count from today."""

    key: str
    name: str
    kind: str
    company: str | None = None
    categories: tuple[str, ...] = ()
    from_goods_minor: int = 0
    from_quantity: int = 1
    amount_minor: int = 0
    basis_points: int = 0
    last_day: int | None = None


class Assortment(NamedTuple):
    """What people may order, or may not; ``by`` is the member who set it, or the merchant."""

    company: str
    by: str
    name: str
    effect: str
    categories: tuple[str, ...]
    unit: str = ""
    member: str = ""


# The rate of a product is that of its class where it is delivered; 19 % and 7 % are Germany's.
TAX_CLASSES = (
    TaxClass("standard", "Standard rate", {"": 1900, "DE": 1900, "PL": 2300, "IE": 2300}),
    TaxClass("reduced", "Reduced rate", {"": 700, "DE": 700, "PL": 800, "IE": 1350}),
)
CLASS_OF_RATE = {1900: "standard", 700: "reduced"}

# None of them lowers the golden cart: it stays at 3,240.00, 260.00 below the first threshold.
PROMOTIONS = (
    Promotion(
        "winter-50", "50.00 off large orders", "order_amount",
        from_goods_minor=3_500_00, amount_minor=50_00, last_day=40,
    ),
    Promotion(
        "shoes-6", "6 % off shoes from ten pairs", "line_percent",
        categories=("safety-wear/feet/",), from_quantity=10, basis_points=600, last_day=60,
    ),
    Promotion(
        "families-free", "Free delivery for families", "free_shipping",
        company=PARK, from_goods_minor=40_00,
    ),
)  # fmt: skip

ASSORTMENTS = (
    Assortment(MERIDIAN, "ines", "Catering buys no IT", "deny", ("it/",), unit="catering"),
    Assortment(
        MERIDIAN, "ines", "What trainees may order", "allow", ("laboratory/", "office/"),
        member="yuki",
    ),
    Assortment(KOWALSKI, NORDEN, "Trade customers", "deny", ("medical-devices/capital/",)),
    Assortment(PARK, NORDEN, "Households", "deny", ("laboratory/reagents/",)),
    Assortment(BERG, NORDEN, "Households", "deny", ("laboratory/reagents/",)),
)  # fmt: skip
