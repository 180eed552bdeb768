"""Changing a row that others may be changing: the version that was seen, or a conflict."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.core.errors import Conflict
from placet.core.models import Resource


class ChangedMeanwhile(Conflict):
    """Somebody else changed it since it was looked at; ``facts['current']`` is its version."""

    code = "changed_meanwhile"


def update_row(row: Resource, seen: int | None, **changes: Any) -> None:
    """Write these columns if the row still has the version that was seen, and read it again.

    ``None`` as ``seen`` means that the caller has looked at nothing. Raises ``ChangedMeanwhile``.
    """
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    guarded = rows if seen is None else rows.filter(version=seen)
    if not guarded.update(**changes, version=F("version") + 1):
        current = rows.values_list("version", flat=True).first()
        raise ChangedMeanwhile(
            _("Somebody changed this meanwhile. Look at it again and decide anew."),
            current=current,
        )
    row.refresh_from_db()
