"""What keeps an import from being taken back: something was changed, or hangs on it by now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.budgets.models import Budget
from placet.core.models import Resource
from placet.imports.kinds.kind import ChangedSince, Made

NAMES: Final = {
    "Unit": gettext_lazy("units"),
    "Member": gettext_lazy("members"),
    "Address": gettext_lazy("addresses"),
    "CostCenter": gettext_lazy("cost centres"),
    "Budget": gettext_lazy("budgets"),
    "Cart": gettext_lazy("carts"),
    "CartLine": gettext_lazy("lines of carts"),
    "Allocation": gettext_lazy("lines of carts"),
    "Requisition": gettext_lazy("requisitions"),
    "Order": gettext_lazy("orders"),
    "Limit": gettext_lazy("limits"),
    "Delegation": gettext_lazy("delegations"),
    "Rulebook": gettext_lazy("rulebooks"),
    "StepAssignment": gettext_lazy("open approvals"),
    "Reservation": gettext_lazy("reservations"),
}


def unchanged_since(row: Resource, made: Made) -> None:
    """Raise ``ChangedSince`` when a row is no longer what the import made of it."""
    if row.version != made.version:
        raise ChangedSince(_("It has been changed since."))


def refuse_used(row: Model, besides: Collection[str] = ()) -> None:
    """Raise ``ChangedSince`` when anything but the tables ``besides`` points to a row."""
    found = sorted(set(_dependents(row, besides)))
    if found:
        raise ChangedSince(
            _("It is used by: %(what)s.") % {"what": ", ".join(str(name) for name in found)}
        )


def _dependents(row: Model, besides: Collection[str]) -> Iterator[str]:
    """The names of the tables with a row that points here and is not over."""
    for relation in row._meta.get_fields(include_hidden=True):
        table: Any = getattr(relation, "related_model", None)
        is_backwards = relation.auto_created and not relation.concrete and table is not None
        if not is_backwards or table.__name__ in besides:
            continue
        rows = table._default_manager.filter(**{relation.field.name: row})  # type: ignore[union-attr]
        columns = {field.name for field in table._meta.get_fields()}
        if "closed_at" in columns:
            rows = rows.filter(closed_at=None)
        if table.__name__ == "Member":
            rows = rows.filter(status="active")
        if rows.exists():
            yield str(NAMES.get(table.__name__, table._meta.verbose_name_plural))
    if Budget.objects.filter(owner_ref=row.pk, closed_at=None).exists():
        yield str(NAMES["Budget"])
