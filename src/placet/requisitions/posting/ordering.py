"""A customer's own program names SKUs: lines are at the catalog's prices, as in a cart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.pricing import PricedCart, Split, WantedLine, price_lines
from placet.carts.quantities import quantity_fault
from placet.catalog.assortments import allowed_products
from placet.catalog.models import Product
from placet.catalog.queries import find_products
from placet.core.errors import InvalidInput
from placet.requisitions.posting.values import PostedLine, PostedPurchase


def price_by_catalog(
    posted: PostedPurchase, wanted: Sequence[tuple[Split, ...]], *, cart: Cart, now: datetime
) -> PricedCart:
    """Lines at the company's prices of this moment, with the store's shipping and promotions.

    Raises ``InvalidInput`` for a SKU that is not sold to it, for a quantity that is not, and with
    ``price_by_supplier`` for a line that states a price of its own.
    """
    if posted.currency != cart.company.currency:
        said = _("The company buys in %(currency)s.") % {"currency": cart.company.currency}
        raise InvalidInput("currency", "not_the_companys", said)
    if posted.shipping or posted.shipping_tax_basis_points:
        said = _("Only the supplier says what something costs.")
        raise InvalidInput("shipping", "price_by_supplier", said)
    if posted.discounts:
        said = _("Only the supplier says what something costs.")
        raise InvalidInput("discounts", "price_by_supplier", said)
    products = find_products([line.sku for line in posted.lines], cart.company_id)
    lines = [
        WantedLine(
            product=_product(at, line, products),
            quantity=line.quantity,
            splits=splits,
            added_by_id=cart.owner_id,
            note=line.note,
            references=line.references,
        )
        for at, (line, splits) in enumerate(zip(posted.lines, wanted, strict=True))
    ]
    _refuse_twice(lines)
    return price_lines(
        cart.company_id,
        posted.currency,
        lines,
        allowed=allowed_products(cart.company_id, cart.owner_id),
        now=now,
    )


def _product(at: int, line: PostedLine, products: Mapping[str, Product]) -> Product:
    if line.stated is not None:
        said = _("Only the supplier says what something costs: name the SKU alone.")
        raise InvalidInput(f"lines/{at}/unit_price_minor", "price_by_supplier", said)
    product = products.get(line.sku)
    if product is None:
        said = _("There is no product %(sku)s for your company.") % {"sku": line.sku}
        raise InvalidInput(f"lines/{at}/sku", "unknown", said)
    fault = quantity_fault(product, line.quantity)
    if fault:
        raise InvalidInput(f"lines/{at}/quantity", "quantity_step", fault)
    return product


def _refuse_twice(lines: Sequence[WantedLine]) -> None:
    """A product may be named by its SKU and by the company's own number; it stands once."""
    seen: set[str] = set()
    for at, line in enumerate(lines):
        if line.product.pk in seen:
            said = _("%(sku)s is there already.") % {"sku": line.product.sku}
            raise InvalidInput(f"lines/{at}/sku", "twice", said)
        seen.add(line.product.pk)
