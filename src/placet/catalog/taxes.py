"""At which rate goods are taxed where they are delivered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from placet.catalog.models import Product, TaxRate


class TaxRates(NamedTuple):
    """The rates of tax classes, by class and country; ``""`` is everywhere else."""

    by_class: Mapping[str, Mapping[str, int]]

    def rate_of(self, product: Product, country: str) -> int:
        """Basis points for this product in this country; an empty country is not known yet.

        A product without a class has its own rate everywhere; so it has where its class states
        none, since goods that are taxed too little are found out too late.
        """
        if not product.tax_class_id:
            return product.tax_basis_points
        rates = self.by_class.get(product.tax_class_id, {})
        return rates.get(country, rates.get("", product.tax_basis_points))


def load_tax_rates(products: Iterable[Product]) -> TaxRates:
    """The rates for these products: one query, and none where no product has a class."""
    wanted = {product.tax_class_id for product in products if product.tax_class_id}
    rates: dict[str, dict[str, int]] = {}
    if wanted:
        rows = TaxRate.objects.filter(tax_class_id__in=sorted(wanted))
        for tax_class, country, minor in rows.values_list("tax_class", "country", "basis_points"):
            rates.setdefault(tax_class, {})[country] = minor
    return TaxRates(rates)
