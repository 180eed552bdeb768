"""The golden path's cart: what Lena pastes, and what must come of it."""

from typing import NamedTuple


class GoldenLine(NamedTuple):
    """A line of the cart as it must stand after the paste."""

    sku: str
    quantity: int
    unit_price_minor: int
    total_minor: int


# NS-51030 is out of sale; its substitute NS-51033 takes its place on line 9.
PASTE = """\
NS-10412 40
NS-10413 24
NS-20871 30
NS-31105 48
NS-31260 36
NS-44062 10
NS-44118 6
NS-44119 12
NS-51030 20
NS-51240 5
NS-60017 18
NS-60201 10
NS-70155 40
NS-70310 14
"""
DISCONTINUED_SKU = "NS-51030"
SUBSTITUTE_SKU = "NS-51033"

LINES = (
    GoldenLine("NS-10412", 40, 8_90, 356_00),
    GoldenLine("NS-10413", 24, 8_90, 213_60),
    GoldenLine("NS-20871", 30, 4_20, 126_00),
    GoldenLine("NS-31105", 48, 3_95, 189_60),
    GoldenLine("NS-31260", 36, 6_40, 230_40),
    GoldenLine("NS-44062", 10, 62_50, 625_00),
    GoldenLine("NS-44118", 6, 38_40, 230_40),
    GoldenLine("NS-44119", 12, 14_20, 170_40),
    GoldenLine("NS-51033", 20, 7_85, 157_00),
    GoldenLine("NS-51240", 5, 41_20, 206_00),
    GoldenLine("NS-60017", 18, 9_30, 167_40),
    GoldenLine("NS-60201", 10, 11_60, 116_00),
    GoldenLine("NS-70155", 40, 5_25, 210_00),
    GoldenLine("NS-70310", 14, 17_30, 242_20),
)
TOTAL_MINOR = 3_240_00

CART_NAME = "ICU-4 week 48"
COST_CENTER = "4410"
SHIP_TO = "dock-b"
PO_NUMBER = "PR-88121"
QUESTION = ("lena", "@Pavel right connector?")
ANSWER = (
    "pavel",
    "Yes, Luer lock fits the new pumps. The slip version, NS-44060, does not.",
)
