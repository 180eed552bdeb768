"""What all that the merchant keeps has in common: keys, names, days, and what it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.models import Category, Product
from placet.core.errors import InvalidInput

KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_CATEGORIES: Final = 200
MOST_PRODUCTS: Final = 2_000


class Naming(NamedTuple):
    """What an assortment or a promotion names: paths of categories, and SKUs."""

    categories: Sequence[str] = ()
    products: Sequence[str] = ()


class Found(NamedTuple):
    """The same as rows of the catalog, each once."""

    categories: Collection[Category] = ()
    products: Collection[Product] = ()

    def written(self) -> list[dict[str, Category | Product]]:
        """One entry each, as the tables of entries keep them."""
        categories: Iterator[tuple[str, Category | Product]]
        categories = (("category", one) for one in self.categories)
        products = (("product", one) for one in self.products)
        return [{name: one} for name, one in chain(categories, products)]


def find_named(naming: Naming) -> Found:
    """The categories and products by path and SKU; two queries.

    Raises ``InvalidInput`` with the path ``categories`` or ``products`` and what is unknown.
    """
    paths, skus = list(dict.fromkeys(naming.categories)), list(dict.fromkeys(naming.products))
    if len(paths) > MOST_CATEGORIES or len(skus) > MOST_PRODUCTS:
        raise InvalidInput(
            "products", "too_many", _("Name 200 categories and 2,000 products at most.")
        )
    categories = {one.path: one for one in Category.objects.filter(path__in=paths)}
    products = {one.sku: one for one in Product.objects.filter(sku__in=skus)}
    for path, wanted, known in (
        ("categories", paths, set(categories)),
        ("products", skus, set(products)),
    ):
        missing = [one for one in wanted if one not in known]
        if missing:
            raise InvalidInput(
                path, "unknown", _("Unknown: %(names)s.") % {"names": ", ".join(missing[:10])}
            )
    return Found([categories[path] for path in paths], [products[sku] for sku in skus])


def checked_name(name: str) -> str:
    """The name without what stands around it; raises ``InvalidInput``."""
    if not 0 < len(name.strip()) <= 120 or not name.isprintable():
        raise InvalidInput("name", "required", _("A name has at most 120 characters."))
    return name.strip()


def checked_days(first: date | None, last: date | None) -> dict[str, date | None]:
    """The columns of the days on which something holds; raises ``InvalidInput``."""
    if first is not None and last is not None and last < first:
        raise InvalidInput("valid_until", "order", _("The last day is before the first."))
    return {"valid_from": first, "valid_until": last}


def refuse_key(key: str) -> None:
    """Raise ``InvalidInput`` for what is no key of ours."""
    if not KEY.fullmatch(key) or len(key) > 60:
        raise InvalidInput(
            "key", "key", _("A key is small letters and digits, with hyphens between them.")
        )
