"""What the merchant's desk looks like today: who looks after whom, what has left, what waits."""

from typing import NamedTuple

from placet.demo.world.companies import KOWALSKI, MERIDIAN


class Shipping(NamedTuple):
    """What becomes of one of Meridian's exported orders, counted from the newest.

    ``share`` of each quantity has left, in hundredths; the rest is expected in so many days.
    """

    order: int
    share: int
    days_ago: int
    carrier: str
    expected_days: int | None = None


MAJAS_CUSTOMERS = (MERIDIAN, KOWALSKI)

# The most that somebody takes off the list prices, in hundredths of a per cent.
DISCOUNTS = {"maja": 500, "signe": 2_000, "erik": 10_000}

SHIPPINGS = (
    Shipping(1, 50, 1, "DHL Freight", 6),
    Shipping(2, 100, 2, "DHL Freight"),
    Shipping(3, 100, 3, "UPS"),
    Shipping(5, 40, 2, "UPS", 12),
)
ASKED_TO_CANCEL = 4, "The ward is closed for two weeks: please do not send this."

# What a pack costs the merchant, in hundredths of its list price; one in forty is not known.
COST_SHARES = (58, 62, 66, 71, 74, 78)
UNKNOWN_COST = 40

VIEWS = (
    ("tomas", "To be processed, oldest first", "orders", "status=unprocessed&sort=placed"),
    ("tomas", "Meridian, exported", "orders", "status=exported&q=Meridian"),
    ("maja", "My turn", "quotes", "turn=mine"),
    ("signe", "Not accepted by the ERP", "orders", "status=failed"),
)

TEMPLATE = (
    "A year of gloves, delivered monthly",
    (("NS-10412", 240, 8_60), ("NS-10413", 160, 8_60)),
    "One delivery a month; prices hold for the whole quantity.",
    30,
)
WAITING = "Gloves, a pallet at once", (("NS-10412", 600, 6_90),)
"""Lena asked; what Maja offers is more than she may take off, so Signe is asked."""
