"""Hand-written statements for the hot path: set-based writes whose returned rows are checked.

Everything that is not measured to be hot goes through the ORM. The statements are the same on
SQLite (3.35 and newer) and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

Row = tuple[Any, ...]

# SQLite takes 32,766 values a statement.
MOST_VALUES = 30_000
UPDATE = "UPDATE {table} SET {setting} WHERE {key} = %s"
INSERT = "INSERT INTO {table} ({columns}) VALUES {rows}"


def rows(statement: str, values: Sequence[Any]) -> list[Row]:
    """Run one statement and give back the rows that it returns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def write(statement: str, values: Sequence[Any], *, expected: int) -> None:
    """Run one statement that changes exactly so many rows; any other number is a mistake."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if cursor.rowcount != expected:
            raise RuntimeError(f"{cursor.rowcount} rows were written, {expected} were expected")


def insert(table: str, columns: Sequence[str], new_rows: Sequence[Sequence[Any]]) -> None:
    """Insert all rows, by one statement as long as the database takes that many values."""
    most = MOST_VALUES // len(columns)
    for start in range(0, len(new_rows), most):
        part = new_rows[start : start + most]
        statement = INSERT.format(
            table=table, columns=", ".join(columns), rows=value_rows(len(part), len(columns))
        )
        write(statement, [value for row in part for value in row], expected=len(part))


def update(table: str, columns: Sequence[str], key: str, changed: Sequence[Sequence[Any]]) -> None:
    """Change rows by their key, which stands last in each; one prepared statement for all."""
    if not changed:
        return
    setting = ", ".join(f"{column} = %s" for column in columns)
    statement = UPDATE.format(table=table, setting=setting, key=key)
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(changed))


def value_rows(count: int, columns: int) -> str:
    """``(%s, %s), (%s, %s)`` for an INSERT of ``count`` rows."""
    one = "(" + ", ".join(["%s"] * columns) + ")"
    return ", ".join([one] * count)


def instant(moment: datetime) -> Any:
    """An instant as the ORM writes it on this database, so that both can be compared."""
    return connection.ops.adapt_datetimefield_value(moment)


def is_postgres() -> bool:
    """Whether rows can be locked one by one; SQLite has one writer and needs no such lock."""
    return connection.vendor == "postgresql"
