"""The ways to narrow a list further: values with how many products have each, counted at most to
a thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from placet.catalog.listing import MOST_COUNTED, Shelf
from placet.catalog.models import Category
from placet.catalog.wanted import Wanted

MOST_VALUES: Final = 12
MOST_ATTRIBUTES: Final = 8
COLUMNS: Final = ("category_id", "brand", "supplier", "stock", "is_restricted", "attributes")


class FacetValue(NamedTuple):
    """A value to choose; ``products`` is ``None`` where there are too many products to count."""

    value: str
    products: int | None
    is_chosen: bool


class Facet(NamedTuple):
    """A filter: ``key`` is its name in the address, ``name`` that of the attribute, if it is one.

    ``more`` are further values, less frequent ones.
    """

    key: str
    name: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...] = ()

    @property
    def is_chosen(self) -> bool:
        """Whether a value of it is chosen."""
        return any(value.is_chosen for value in (*self.values, *self.more))


class Facets(NamedTuple):
    """All filters of a list, how many products it has, and how many lie in each category.

    ``total`` is one more than a thousand where there are more; then nothing else is counted, and
    the values are those of some of the products.
    """

    facets: tuple[Facet, ...]
    total: int
    categories: Mapping[str, int]

    @property
    def is_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.total > MOST_COUNTED


class _Row(NamedTuple):
    category: str
    brand: str
    supplier: str
    stock: int
    is_restricted: bool
    attributes: Mapping[str, Any]


def read_facets(shelf: Shelf, wanted: Wanted, categories: Sequence[Category]) -> Facets:
    """One query, and one more for each filter that is set: its other values are told as well."""
    rows = _rows(shelf)
    keys = [key for key in shelf.filters if key != "category"]
    rest = {key: _rows(shelf, without=key) for key in keys}
    facets = [
        _facet("brand", "", (row.brand for row in rest.get("brand", rows)), wanted.brands),
        _facet(
            "supplier", "", (row.supplier for row in rest.get("supplier", rows)), wanted.suppliers
        ),
        _facet(
            "stock",
            "",
            ("1" for row in rest.get("stock", rows) if row.stock > 0),
            ("1",) if wanted.is_in_stock else (),
        ),
        _facet(
            "restricted",
            "",
            ("1" if row.is_restricted else "0" for row in rest.get("restricted", rows)),
            () if wanted.restricted is None else ("1" if wanted.restricted else "0",),
        ),
        *_attributes(rows, rest, wanted),
    ]
    counted = len(rows) <= MOST_COUNTED
    shown = [one if counted else _uncounted(one) for one in facets if _says_something(one)]
    return Facets(tuple(shown), len(rows), _by_category(rows, categories) if counted else {})


def _rows(shelf: Shelf, without: str = "") -> list[_Row]:
    rows = shelf.narrowed(without=without).order_by().values_list(*COLUMNS)
    return [_Row(*row) for row in rows[: MOST_COUNTED + 1]]


def _facet(key: str, name: str, values: Iterable[str], chosen: Sequence[str]) -> Facet:
    """The chosen values first, then the most frequent; what is chosen is told even without any."""
    counts = Counter(value for value in values if value)
    counts.update(dict.fromkeys(chosen, 0))
    ordered = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
    told = [FacetValue(value, counts[value], value in chosen) for value in ordered]
    return Facet(key, name, tuple(told[:MOST_VALUES]), tuple(told[MOST_VALUES : 5 * MOST_VALUES]))


def _attributes(
    rows: Sequence[_Row], rest: Mapping[str, Sequence[_Row]], wanted: Wanted
) -> list[Facet]:
    """The most frequent attributes, where words or a category make them comparable."""
    chosen = wanted.attribute_values()
    if not (wanted.category or wanted.text or chosen):
        return []
    names = Counter(name for row in rows for name in row.attributes)
    ordered = sorted({*names, *chosen}, key=lambda name: (name not in chosen, -names[name], name))
    return [
        _facet(
            "attr",
            name,
            (
                str(row.attributes[name])
                for row in rest.get(f"attr:{name}", rows)
                if name in row.attributes
            ),
            chosen.get(name, ()),
        )
        for name in ordered[:MOST_ATTRIBUTES]
    ]


def _says_something(facet: Facet) -> bool:
    """A filter with one value narrows nothing, except that of the stock and a chosen one."""
    return facet.is_chosen or len(facet.values) > 1 or (facet.key == "stock" and facet.values != ())


def _uncounted(facet: Facet) -> Facet:
    return facet._replace(
        values=tuple(one._replace(products=None) for one in facet.values),
        more=tuple(one._replace(products=None) for one in facet.more),
    )


def _by_category(rows: Iterable[_Row], categories: Sequence[Category]) -> dict[str, int]:
    """How many products lie in each category or below it, by path."""
    paths = {category.pk: category.path for category in categories}
    counts: Counter[str] = Counter()
    for row in rows:
        parts = paths.get(row.category, "").strip("/").split("/")
        counts.update("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))
    return dict(counts)
