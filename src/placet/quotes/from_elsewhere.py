"""The lines of a request that is begun from a cart, a list, one product or typed rows."""

from __future__ import annotations

from placet.carts.models import Cart, PurchaseList
from placet.carts.paste import read_rows
from placet.catalog.queries import find_products
from placet.quotes.drafting import DraftLine


def lines_of_cart(cart: Cart) -> list[DraftLine]:
    """What lies in a cart; its notes are the company's own, and nothing for the supplier."""
    rows = cart.lines.select_related("product").order_by("position", "id")
    return [
        DraftLine(number, line.product.sku, line.product.name, line.quantity)
        for number, line in enumerate(rows, 1)
    ]


def lines_of_list(purchase_list: PurchaseList) -> list[DraftLine]:
    """What stands on a list, at its usual quantities; its notes stay inside as well."""
    rows = purchase_list.lines.select_related("product").order_by("position", "id")
    return [
        DraftLine(number, line.product.sku, line.product.name, line.quantity)
        for number, line in enumerate(rows, 1)
    ]


def lines_of_text(text: str) -> list[DraftLine]:
    """A SKU and a quantity a row, as in a cart; raises ``TooMuchText``.

    A row that names no product of the catalog stays as the words that it is.
    """
    rows = read_rows(text)
    known = find_products([row.sku for row in rows])
    found: dict[str, DraftLine] = {}
    for row in rows:
        product = known.get(row.sku)
        key = product.sku if product else row.text
        before = found[key].quantity if key in found else 0
        quantity = before + max(row.quantity, 1)
        name = product.name if product else row.text
        found[key] = DraftLine(0, product.sku if product else "", name, quantity)
    return [line._replace(number=number) for number, line in enumerate(found.values(), 1)]
