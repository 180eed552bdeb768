"""Rows of a model written by as few statements as the database takes, with nothing per row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models

from placet.core import sql

Write = Callable[[Any], Any]


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
        return lambda moment: None if moment is None else sql.instant(moment)
    if isinstance(field, models.JSONField | models.DateField | models.BinaryField):
        return lambda value: field.get_db_prep_save(value, connection)
    if field.choices:
        return lambda value: None if value is None else field.get_prep_value(value)
    return None
