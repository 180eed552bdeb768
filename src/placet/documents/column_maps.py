"""Column maps: which there are, who keeps them, and the columns that a company's may name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.companies.models import ColumnMap, ReferenceField
from placet.companies.permissions import COMPANY_MANAGE, ORDER_PROCESS, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.documents.sheet_columns import (
    COLUMNS,
    LISTS,
    REFERENCE,
    SheetColumn,
    gone_column,
    reference_column,
)

MOST_FIELDS: Final = 200
"""The supplier may see the fields of all its customers: so many of them are offered."""


def list_column_maps(actor: Actor, list_name: str = "") -> QuerySet[ColumnMap]:
    """The maps of the actor's company, by list and name."""
    found = ColumnMap.objects.filter(company_id=actor.company_id).order_by(
        "list_name", "name", "pk"
    )
    found = found.select_related("changed_by__user")
    return found.filter(list_name=list_name) if list_name else found


def get_column_map(actor: Actor, map_id: str, list_name: str = "") -> ColumnMap:
    """A map of the actor's company, of this list if one is named; else ``NotFound``."""
    found = list_column_maps(actor, list_name).filter(pk=map_id).first()
    if found is None:
        raise NotFound(_("There is no such column map in your company."))
    return found


def can_manage_column_maps(actor: Actor) -> Refusal | None:
    """A company's admins keep its maps; at the supplier those who process orders do."""
    return can_do(actor, ORDER_PROCESS if actor.is_merchant else COMPANY_MANAGE)


def list_columns(actor: Actor, list_name: str) -> Mapping[str, SheetColumn]:
    """What a map of this list may name, by key: ours, and the fields that the reader may read."""
    if list_name not in LISTS:
        raise NotFound(_("This list has no column maps."))
    found = {
        key: column
        for key, column in COLUMNS.items()
        if list_name in column.lists and not (column.is_own and actor.is_merchant)
    }
    return {**found, **_fields(actor)}


def columns_of(column_map: ColumnMap, actor: Actor) -> list[tuple[str, SheetColumn]]:
    """The headings and columns of a map, in its order; what is gone stands there empty."""
    known = list_columns(actor, column_map.list_name)
    return [(heading, known.get(key) or gone_column(key)) for key, heading in column_map.columns]


def _fields(actor: Actor) -> dict[str, SheetColumn]:
    fields = ReferenceField.objects.order_by("key", "pk")
    if actor.is_merchant:
        fields = fields.filter(is_for_supplier=True)
    else:
        fields = fields.filter(company_id=actor.company_id)
    by_key: dict[str, list[ReferenceField]] = {}
    for field in fields:
        by_key.setdefault(field.key, []).append(field)
    return {
        f"{REFERENCE}{key}": reference_column(
            key,
            rows[0].name,
            is_per_line=any(row.is_per_line for row in rows),
            companies=frozenset(row.company_id for row in rows),
            is_closed=all(row.closed_at is not None for row in rows),
        )
        for key, rows in list(by_key.items())[:MOST_FIELDS]
    }
