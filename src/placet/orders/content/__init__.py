"""The frozen content of a purchase: what is approved is what leaves.

A revision stores the exact canonical bytes that were hashed; the order is made from those bytes.
The shape of a format never changes; a new shape gets a new number, and old readers stay for ever.
"""

from placet.orders.content.delivered import delivered_content
from placet.orders.content.reading import UnreadableContent, read_content
from placet.orders.content.shape import (
    FREE_SHIPPING,
    Content,
    ContentAllocation,
    ContentDiscount,
    ContentEnvelope,
    ContentLine,
    ContentQuote,
    ContentShipment,
    ContentTax,
    CostCenterMark,
    Place,
)
from placet.orders.content.sums import adds_up
from placet.orders.content.writing import FORMAT, write_content

__all__ = [
    "FORMAT",
    "FREE_SHIPPING",
    "Content",
    "ContentAllocation",
    "ContentDiscount",
    "ContentEnvelope",
    "ContentLine",
    "ContentQuote",
    "ContentShipment",
    "ContentTax",
    "CostCenterMark",
    "Place",
    "UnreadableContent",
    "adds_up",
    "delivered_content",
    "read_content",
    "write_content",
]
