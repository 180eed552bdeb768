"""Carts and purchase lists, who shares them, and links to them for people outside."""

from placet.carts.models.cart import (
    Cart,
    CartAllocation,
    CartAuthor,
    CartGrant,
    CartLine,
    CartVisit,
    GrantLevel,
)
from placet.carts.models.line_imports import LineImport
from placet.carts.models.links import LinkGuest, ShareLink
from placet.carts.models.lists import ListGrant, PurchaseList, PurchaseListLine, Schedule

__all__ = [
    "Cart",
    "CartAllocation",
    "CartAuthor",
    "CartGrant",
    "CartLine",
    "CartVisit",
    "GrantLevel",
    "LineImport",
    "LinkGuest",
    "ListGrant",
    "PurchaseList",
    "PurchaseListLine",
    "Schedule",
    "ShareLink",
]
