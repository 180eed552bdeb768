"""The product of a SKU, if somebody of the company can order it today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.catalog.assortments import allowed_products, list_who_allow
from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.catalog.queries import find_products
from placet.core.errors import InvalidInput


def product_for_sale(
    company_id: str, currency: str, sku: str, *, requester_id: str, now: datetime
) -> Product:
    """The product that the requester (a member's id) may order, whoever asks for it.

    Raises ``InvalidInput`` for one without a price, for one that the requester may not have, with
    whom to ask, and for a discontinued one with what took its place.
    """
    product = find_products([sku]).get(sku)
    prices = list_prices_for(company_id, currency, [product.id], now) if product else {}
    allowed = allowed_products(company_id, requester_id)
    if product is None or product.id not in prices or not allowed.merchant.permits(product):
        raise InvalidInput(
            "sku", "unknown", _("There is no product %(sku)s for your company.") % {"sku": sku}
        )
    if not allowed.company.permits(product):
        raise InvalidInput("sku", "not_allowed", sentence_not_allowed(company_id, [product.sku]))
    if product.status != Product.Status.ACTIVE:
        substitute = product.substitute.sku if product.substitute else ""
        sentence = _("%(sku)s is discontinued.") % {"sku": sku}
        if substitute:
            sentence += " " + _("%(sku)s takes its place.") % {"sku": substitute}
        raise InvalidInput("sku", "discontinued", sentence, substitute=substitute)
    return product


def sentence_not_allowed(company_id: str, skus: Sequence[str]) -> str:
    """That the company holds these back from the requester, and whom to ask for them."""
    return said_not_allowed(skus, list_who_allow(company_id))


def said_not_allowed(skus: Sequence[str], people: Sequence[str]) -> str:
    """The same, with the names of those whom to ask at hand."""
    names = {"skus": ", ".join(skus), "people": ", ".join(people)}
    if not people:
        return _("The assortment of the requester leaves out %(skus)s.") % names
    return _("The assortment of the requester leaves out %(skus)s. Ask: %(people)s.") % names
