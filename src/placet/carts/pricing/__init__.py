"""What a cart costs at this moment, and what it would take for it to cost less.

``price_cart`` is a fixed number of queries, however many lines there are. For the panel beside the
cart a ``PricedCart`` says what is missing: ``free_shipping_from_minor``, ``minimum_order_minor``,
``next_promotion``, and for each line ``next_tier`` and ``next_promotion``.
"""

from placet.carts.pricing.adding import Ground, load_ground, price_cart, price_lines, price_on
from placet.carts.pricing.values import (
    LineStep,
    NextTier,
    PricedAllocation,
    PricedCart,
    PricedDiscount,
    PricedLine,
)
from placet.carts.pricing.wanted import Held, Split, WantedLine, held_today, kept_lines

__all__ = [
    "Ground",
    "Held",
    "LineStep",
    "NextTier",
    "PricedAllocation",
    "PricedCart",
    "PricedDiscount",
    "PricedLine",
    "Split",
    "WantedLine",
    "held_today",
    "kept_lines",
    "load_ground",
    "price_cart",
    "price_lines",
    "price_on",
]
