"""Keeping column maps: checked once here, for pages and API alike."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.holding import hold_actor
from placet.companies.models import ColumnMap, Company
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.documents.column_maps import can_manage_column_maps, list_column_maps
from placet.documents.column_shapes import ColumnMapShape, check_shape
from placet.documents.sheet_columns import LISTS
from placet.events.record import record

MOST_MAPS: Final = 50


class TooManyColumnMaps(Conflict):
    """A company keeps as many column maps as one may."""

    code = "too_many_column_maps"


@transaction
def save_column_map(
    list_name: str, *, shape: ColumnMapShape, actor: Actor, now: datetime
) -> ColumnMap:
    """Keep a new map of the company for exports of a list.

    Raises ``Forbidden``, ``InvalidInput`` at the value that is wrong, and ``TooManyColumnMaps``.
    """
    refuse(can_manage_column_maps(actor))
    if list_name not in LISTS:
        raise InvalidInput("list", "unknown", _("This list has no column maps."))
    _hold(actor)
    checked = check_shape(shape, list_name=list_name, actor=actor)
    if list_column_maps(actor).count() >= MOST_MAPS:
        raise TooManyColumnMaps(_("Your company keeps fifty column maps: delete one first."))
    _refuse_name(actor, list_name, checked.name)
    column_map = ColumnMap.objects.create(
        created_at=now,
        company_id=actor.company_id,
        list_name=list_name,
        changed_by_id=actor.member_id or None,
        changed_at=now,
        **_values(checked),
    )
    _record("column_map.saved", column_map, actor=actor, now=now)
    return column_map


@transaction
def change_column_map(
    column_map: ColumnMap,
    *,
    shape: ColumnMapShape,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> ColumnMap:
    """Give a map other columns, another name or another way of numbers; its list stays.

    A column that is gone may stay in it. Raises as ``save_column_map`` does.
    """
    refuse_foreign(actor, column_map.company_id)
    refuse(can_manage_column_maps(actor))
    _hold(actor)
    kept = frozenset(key for key, _heading in column_map.columns)
    checked = check_shape(shape, list_name=column_map.list_name, actor=actor, kept=kept)
    _refuse_name(actor, column_map.list_name, checked.name, but=column_map.pk)
    update_row(
        column_map,
        version,
        changed_by=actor.member_id or None,
        changed_at=now,
        **_values(checked),
    )
    _record("column_map.changed", column_map, actor=actor, now=now)
    return column_map


@transaction
def delete_column_map(column_map: ColumnMap, *, actor: Actor, now: datetime) -> None:
    """Forget a map; exports that name it are refused from now on."""
    refuse_foreign(actor, column_map.company_id)
    refuse(can_manage_column_maps(actor))
    _hold(actor)
    if ColumnMap.objects.filter(pk=column_map.pk).delete()[0]:
        _record("column_map.deleted", column_map, actor=actor, now=now)


def _refuse_name(actor: Actor, list_name: str, name: str, *, but: str = "") -> None:
    if list_column_maps(actor, list_name).filter(name=name).exclude(pk=but).exists():
        raise InvalidInput("name", "taken", _("Another column map of this list has this name."))


def _hold(actor: Actor) -> None:
    """Maps of a company are counted and named one after another."""
    hold_actor(actor)
    list(Company.objects.select_for_update(no_key=True).filter(pk=actor.company_id).values("pk"))


def _values(shape: ColumnMapShape) -> dict[str, object]:
    return {**shape._asdict(), "columns": [list(pair) for pair in shape.columns]}


def _record(what: str, column_map: ColumnMap, *, actor: Actor, now: datetime) -> None:
    record(
        what,
        column_map.pk,
        actor=actor,
        now=now,
        company_id=actor.company_id,
        list=column_map.list_name,
        private={"name": column_map.name},
    )
