"""Which quantities of a product can be ordered: from its minimum on, in its steps."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.core.errors import InvalidInput

LARGEST: Final = 1_000_000
MOST_LINES: Final = 500
MOST_PARTS: Final = 50
"""The most lines of a cart, and the most parts of a line."""


def nearest_quantity(product: Product, quantity: int) -> int:
    """The allowed quantity that is nearest, the larger one of two; multiples of the step."""
    step = product.step_quantity
    lowest = -(-product.minimum_quantity // step) * step
    below = quantity // step * step
    nearest = below if quantity - below < step - (quantity - below) else below + step
    if quantity == below:
        nearest = quantity
    return min(max(nearest, lowest), LARGEST // step * step)


def quantity_fault(product: Product, quantity: int) -> str:
    """Why this quantity cannot be ordered, with the nearest that can; empty when it can."""
    nearest = nearest_quantity(product, quantity)
    if nearest == quantity:
        return ""
    return _(
        "%(sku)s is sold from %(minimum)d in steps of %(step)d; the nearest is %(nearest)d."
    ) % {
        "sku": product.sku,
        "minimum": product.minimum_quantity,
        "step": product.step_quantity,
        "nearest": nearest,
    }


def refuse_quantity(product: Product, quantity: int) -> None:
    """Raise ``InvalidInput`` for a quantity that cannot be ordered; ``nearest`` says which can."""
    fault = quantity_fault(product, quantity)
    if fault:
        raise InvalidInput(
            "quantity", "quantity_step", fault, nearest=nearest_quantity(product, quantity)
        )
