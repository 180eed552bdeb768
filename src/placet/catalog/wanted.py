"""What is wanted of the catalog: words, filters and an order, as pages and API are asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from placet.catalog.models import Category, Product

MOST_CHOSEN: Final = 30
"""So many values of one filter are read; more is no choice."""

Order = Literal["", "relevance", "name", "price", "-price"]


class Wanted(NamedTuple):
    """Everything that narrows a list of products; empty asks for all.

    ``category`` is a path (``a/b/``) and includes what lies below. Values of one filter are
    alternatives, filters hold together. ``attributes`` are pairs of a name and a value. Where
    ``is_exact``, slips are not forgiven.
    """

    text: str = ""
    category: str = ""
    brands: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    is_in_stock: bool = False
    restricted: bool | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    order: Order = ""
    is_exact: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words narrows the list."""
        return self._replace(text="", order="", is_exact=False) != Wanted()

    def attribute_values(self) -> dict[str, list[str]]:
        """The wanted values of each attribute."""
        values: dict[str, list[str]] = {}
        for name, value in self.attributes[:MOST_CHOSEN]:
            values.setdefault(name, []).append(value)
        return values


Narrowing = Callable[[QuerySet[Product]], QuerySet[Product]]


def narrowings(wanted: Wanted, categories: list[Category]) -> Mapping[str, Narrowing]:
    """Each filter that is set, by its name in the address; an attribute is ``attr:<name>``."""
    found: dict[str, Narrowing] = {}
    if wanted.category:
        below = [one.pk for one in categories if one.path.startswith(wanted.category)]
        found["category"] = lambda rows: rows.filter(category_id__in=below)
    if wanted.brands:
        found["brand"] = lambda rows: rows.filter(brand__in=wanted.brands[:MOST_CHOSEN])
    if wanted.suppliers:
        found["supplier"] = lambda rows: rows.filter(supplier__in=wanted.suppliers[:MOST_CHOSEN])
    if wanted.is_in_stock:
        found["stock"] = lambda rows: rows.filter(stock__gt=0)
    if wanted.restricted is not None:
        is_restricted = wanted.restricted
        found["restricted"] = lambda rows: rows.filter(is_restricted=is_restricted)
    for place, (name, values) in enumerate(wanted.attribute_values().items()):
        found[f"attr:{name}"] = _by_attribute(place, name, values)
    return found


def _by_attribute(place: int, name: str, values: list[str]) -> Narrowing:
    """The name is a value here, never a part of a lookup's name; an odd one is on no product."""
    if not name.isprintable() or set(name) & set('"\\'):
        return lambda rows: rows.none()
    chosen = f"attribute_{place}"
    value = Cast(KeyTextTransform(name, "attributes"), TextField())
    return lambda rows: rows.alias(**{chosen: value}).filter(**{f"{chosen}__in": values})
