"""A unit moves in the tree, with everything that hangs on it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Model, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import Unit
from placet.companies.permissions import UNIT_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

DEEPEST: Final = 12


@transaction
def move_unit(
    unit: Unit, *, parent: Unit, actor: Actor, now: datetime, version: int | None = None
) -> Unit:
    """Hang a unit, and all below it, under another one; rulebooks, addresses and people go along.

    Whoever manages both places may. Raises ``InvalidInput`` for the root, for a place below the
    unit itself, for a closed or foreign parent, and where the tree would get too deep.
    """
    refuse_foreign(actor, unit.company_id, parent.company_id)
    here = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    above = Unit.objects.get(pk=parent.pk)
    require(actor, UNIT_MANAGE, here.parent.path if here.parent else here.path)
    require(actor, UNIT_MANAGE, above.path)
    _check_place(here, above)
    before, after = here.path, f"{above.path}{here.pk}/"
    update_row(unit, version, parent=above)
    if after != before:
        rewrite_paths(Unit, "path", here.company_id, before, after)
        unit.refresh_from_db()
    record(
        "unit.moved",
        unit.id,
        actor=actor,
        now=now,
        company_id=unit.company_id,
        parent=above.id,
        parent_before=here.parent_id or "",
        path=after,
        path_before=before,
    )
    return unit


def rewrite_paths(
    table: type[Model], column: str, company_id: str, before: str, after: str
) -> None:
    """Give everything in a subtree its new path, in one statement a table."""
    rows = table._default_manager.filter(
        **{"company_id": company_id, f"{column}__startswith": before}
    )
    rows.update(**{column: Concat(Value(after), Substr(column, len(before) + 1))})


def _check_place(unit: Unit, parent: Unit) -> None:
    if unit.parent_id is None:
        raise InvalidInput("parent", "root", _("The company itself does not move."))
    if parent.company_id != unit.company_id or parent.closed_at is not None:
        raise InvalidInput("parent", "foreign", _("The unit is not one of this company."))
    if parent.path.startswith(unit.path):
        raise InvalidInput("parent", "circle", _("A unit cannot lie below itself."))
    below = Unit.objects.filter(company_id=unit.company_id, path__startswith=unit.path)
    tallest = max(path.count("/") for path in below.values_list("path", flat=True))
    if parent.path.count("/") + tallest - unit.path.count("/") + 1 > DEEPEST:
        raise InvalidInput("parent", "too_deep", _("The tree has twelve levels at most."))
