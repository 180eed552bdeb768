"""Rows of a model written by as few statements as the database takes, with nothing per row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from placet.core import sql

Write = Callable[[Any], Any]


def insert_values(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that are plain values by column, all with the same columns."""
    if rows:
        columns = [connection.ops.quote_name(column) for column in rows[0]]
        values = [
            [_instant(one) if isinstance(one, datetime) else one for one in row.values()]
            for row in rows
        ]
        sql.insert(model._meta.db_table, columns, values)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; an id that the database counts is left to it."""
    if not rows:
        return
    fields = [
        field
        for field in type(rows[0])._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    ]
    writers = [(field.attname, _writer(field)) for field in fields]
    sql.insert(
        type(rows[0])._meta.db_table,
        [connection.ops.quote_name(str(field.column)) for field in fields],
        [_values(row, writers) for row in rows],
    )


def _values(row: models.Model, writers: Sequence[tuple[str, Write | None]]) -> list[Any]:
    known = row.__dict__
    return [write(known[name]) if write is not None else known[name] for name, write in writers]


def _writer(field: models.Field[Any, Any]) -> Write | None:
    """How a value is written where the driver does not take it as it is."""
    if isinstance(field, models.DateTimeField):
        return _instant
    if isinstance(field, models.JSONField | models.DateField | models.BinaryField):
        return lambda value: field.get_db_prep_save(value, connection)
    if field.choices:
        return lambda value: value and str(value)
    return None


@lru_cache(maxsize=4_096)
def _instant(moment: datetime | None) -> Any:
    """Many rows share their moment."""
    return None if moment is None else sql.instant(moment)
