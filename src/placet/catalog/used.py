"""What is in use: rows of any table that point to these."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.db.models import Model

AT_ONCE: Final = 5_000


def find_used(
    table: type[Model], ids: Sequence[str], besides: Collection[type[Model]] = ()
) -> set[str]:
    """Those of the ids that other rows point to; rows of the same set do not count.

    A fixed number of queries for so many ids at once: one for each table that points there.
    """
    found: set[str] = set()
    own = set(ids)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        for relation in _relations(table):
            other: Any = relation.related_model
            if other in besides:
                continue
            name = relation.field.attname
            rows = other._default_manager.filter(**{f"{name}__in": part})
            if other is table:
                pairs = rows.values_list(name, "pk")
                found.update(used for used, user in pairs if user not in own)
            else:
                found.update(rows.values_list(name, flat=True).distinct())
    return found


def _relations(table: type[Model]) -> Iterator[Any]:
    for relation in table._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.related_model is not None:
            yield relation
