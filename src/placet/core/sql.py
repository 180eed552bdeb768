"""Hand-written statements for the hot path: set-based writes whose returned rows are checked.

Everything that is not measured to be hot goes through the ORM. The statements are the same on
SQLite (3.35 and newer) and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


def rows(statement: str, values: Sequence[Any]) -> list[Row]:
    """Run one statement and give back the rows that it returns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def value_rows(count: int, columns: int) -> str:
    """``(%s, %s), (%s, %s)`` for an INSERT of ``count`` rows."""
    one = "(" + ", ".join(["%s"] * columns) + ")"
    return ", ".join([one] * count)
