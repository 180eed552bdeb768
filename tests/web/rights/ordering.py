"""Quick orders: the rows that Lena sent, and what went into a cart of hers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from placet.carts.actions import AddedLine, Sent, add_lines, create_cart
from placet.catalog.models import Product
from placet.imports.quick_order.adding import keep_order_file
from placet.imports.quick_order.reading import table_of_text
from tests.cast import Cast

RECEIPT: Final = {"received_on": "2026-11-24", "reference": "A-1"}
ORDERING_PAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "quick_order": {"text": "PEN-B 5"},
    "quick_order_add": {"name": "Week 50"},
    "line_describe": {"version": "1", "note": "By the door"},
    "order_pay": {"amount": "1.00", **RECEIPT},
    "order_cancel": {"cancel_reason": "Found some."},
}
ORDERING_OPERATIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "add_line_import": {"rows": [{"sku": "PEN-B", "quantity": "5"}]},
    "receive_payment": {"amount_minor": 100, "currency": "EUR", **RECEIPT},
    "cancel_order": {"reason": "Found some."},
}


def ordering_things(cast: Cast) -> dict[str, Any]:
    """A file that was read, and an import that can be taken back."""
    at = {"actor": cast.lena, "now": cast.now}
    file = keep_order_file(table_of_text("PEN-B 5\nNO-SUCH 1"), name="week.csv", **at)
    cart = create_cart("Quick", **at)
    product = Product.objects.get(sku="PEN-B")
    added = add_lines(cart, wanted=[AddedLine(product, 5)], sent=Sent("week.csv", "d"), **at)
    found: dict[str, Any] = {
        f"{route}.import_id": added.pk
        for route in ("quick_order_added", "quick_order_undo", "reverse_line_import")
    }
    for route in ("quick_order_check", "quick_order_add", "quick_order_errors"):
        found[f"{route}.file_id"] = file.pk
    return found
