"""The kinds of rows that can be imported and exported."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.imports.kinds import (
    addresses,
    budgets,
    categories,
    cost_centers,
    costs,
    members,
    part_numbers,
    prices,
    products,
    promotions,
    units,
)
from placet.imports.kinds.kind import Kind

KINDS: Final[Mapping[str, Kind]] = {
    kind.key: kind
    for kind in (
        *(room.KIND for room in (members, units, addresses, cost_centers, budgets, part_numbers)),
        *(products.KIND, prices.KIND, products.STOCK_KIND),
        *(promotions.KIND, costs.KIND, categories.KIND),
    )
}


def get_kind(key: str) -> Kind:
    """The kind of this key; raises ``NotFound``."""
    if key not in KINDS:
        raise NotFound(_("There is nothing of this kind to import."))
    return KINDS[key]


def list_kinds(actor: Actor) -> list[Kind]:
    """What the actor keeps, for any part of the company."""
    return [kind for kind in KINDS.values() if actor.holds_anywhere(kind.permission)]
