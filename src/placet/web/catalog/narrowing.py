"""The filters beside the list as links: each adds its value to the address, or takes it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.facets import Facet, Facets, FacetValue
from placet.catalog.models import Category

HEADINGS: Final[dict[str, Promise]] = {
    "brand": gettext_lazy("Brand"),
    "supplier": gettext_lazy("Supplier"),
    "stock": gettext_lazy("Availability"),
    "restricted": gettext_lazy("Restricted"),
}
ANSWERS: Final[dict[tuple[str, str], Promise]] = {
    ("stock", "1"): gettext_lazy("in stock"),
    ("restricted", "1"): gettext_lazy("restricted only"),
    ("restricted", "0"): gettext_lazy("without restricted ones"),
}
ALONE: Final = frozenset({"stock", "restricted"})
"""Only one value of these at a time."""


class Choice(NamedTuple):
    """A link that sets or takes away one value."""

    label: str
    url: str
    products: int | None
    is_chosen: bool


class ChoiceGroup(NamedTuple):
    """The values of one filter; it stands open where one of them is chosen."""

    heading: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    is_open: bool
    place: int


class Branch(NamedTuple):
    """A category to go into, with how deep it lies below the departments."""

    category: Category
    is_current: bool
    depth: int
    products: int | None


def list_groups(facets: Facets, query: QueryDict) -> list[ChoiceGroup]:
    """All filters that this list can be narrowed by; the first three stand open."""
    return [
        ChoiceGroup(
            facet.name or str(HEADINGS[facet.key]),
            tuple(_choice(facet, value, query) for value in facet.values),
            tuple(_choice(facet, value, query) for value in facet.more),
            facet.is_chosen or place < 3,
            place,
        )
        for place, facet in enumerate(facets.facets)
    ]


def list_chosen(groups: Sequence[ChoiceGroup]) -> list[Choice]:
    """What narrows the list now, each to be taken away."""
    return [
        choice._replace(
            label=_("%(filter)s: %(value)s") % {"filter": group.heading, "value": label}
        )
        for group in groups
        for choice in (*group.choices, *group.more)
        if choice.is_chosen and (label := choice.label)
    ]


def list_branches(categories: Sequence[Category], path: str, facets: Facets) -> list[Branch]:
    """The departments, and below the chosen one its way down and its children."""
    shown = []
    for category in categories:
        depth = category.path.count("/") - 1
        parent = category.path.rstrip("/").rpartition("/")[0]
        if depth == 0 or (path and path.startswith(f"{parent}/")):
            is_below = category.path.startswith(path)
            count = facets.categories.get(category.path) if is_below else None
            shown.append(Branch(category, category.path == path, min(depth, 2), count))
    return shown


def _choice(facet: Facet, value: FacetValue, query: QueryDict) -> Choice:
    said = f"{facet.name}:{value.value}" if facet.key == "attr" else value.value
    address = query.copy()
    address.pop("after", None)
    before = [] if facet.key in ALONE else address.getlist(facet.key)
    kept = [one for one in before if one != said]
    address.setlist(facet.key, kept if value.is_chosen else [*kept, said])
    label = ANSWERS.get((facet.key, value.value), value.value)
    return Choice(str(label), f"?{address.urlencode()}", value.products, value.is_chosen)
