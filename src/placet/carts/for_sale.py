"""The product of a SKU, if the company can order it today."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.catalog.queries import find_products
from placet.core.errors import InvalidInput


def product_for_sale(company_id: str, currency: str, sku: str, *, now: datetime) -> Product:
    """The product; raises ``InvalidInput`` for one without a price, or with what took its place."""
    product = find_products([sku]).get(sku)
    prices = list_prices_for(company_id, currency, [product.id], now) if product else {}
    if product is None or product.id not in prices:
        raise InvalidInput(
            "sku", "unknown", _("There is no product %(sku)s for your company.") % {"sku": sku}
        )
    if product.status != Product.Status.ACTIVE:
        substitute = product.substitute.sku if product.substitute else ""
        sentence = _("%(sku)s is discontinued.") % {"sku": sku}
        if substitute:
            sentence += " " + _("%(sku)s takes its place.") % {"sku": substitute}
        raise InvalidInput("sku", "discontinued", sentence, substitute=substitute)
    return product
