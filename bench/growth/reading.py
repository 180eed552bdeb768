"""How the database finds what it is asked for: queries, and the rows that each had to look at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

MANY_ROWS: Final = 1_500
"""Lists count up to 1,000 and read a page: a query that looks at more rows grows with its table."""


class Heavy(NamedTuple):
    """A part of a query that reads a whole table or many of its rows."""

    node: str
    table: str
    rows: int
    condition: str
    query: str


class Captured(NamedTuple):
    """How many queries something took, and which parts of them are heavy."""

    queries: int
    heavy: list[Heavy]


def captured(measured: Callable[[], object]) -> Captured:
    """Do it once and look at every query of it."""
    with CaptureQueriesContext(connection) as queries:
        measured()
    asked = [query["sql"] for query in queries.captured_queries]
    heavy = [part for sql in asked if _is_explained(sql) for part in explain(sql)]
    return Captured(len(asked), heavy)


def _is_explained(sql: str) -> bool:
    return sql.startswith(("SELECT", "WITH", "UPDATE", "DELETE"))


def explain(sql: str) -> Iterator[Heavy]:
    """The heavy parts; only what reads is done once more for it."""
    analyze = "ANALYZE, TIMING OFF, " if sql.startswith("SELECT") and " FOR " not in sql else ""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({analyze}FORMAT JSON) {sql.replace('%', '%%')}", [])
        ((found,),) = cursor.fetchall()
    plans = json.loads(found) if isinstance(found, str) else found
    for node in _nodes(plans[0]["Plan"]):
        rows = _rows_read(node)
        if node.get("Relation Name") and rows >= MANY_ROWS:
            condition = node.get("Filter") or node.get("Index Cond") or node.get("Recheck Cond", "")
            table = node["Relation Name"]
            yield Heavy(node["Node Type"], table, rows, condition, shortened(sql))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", []):
        yield from _nodes(below)


def _rows_read(node: dict[str, Any]) -> int:
    """Rows that were looked at, of all loops; what is only planned says how many it expects."""
    if "Actual Rows" not in node:
        return int(node["Plan Rows"]) if node["Node Type"] == "Seq Scan" else 0
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + removed) * node["Actual Loops"])


def shortened(sql: str) -> str:
    """The query without the list of what it selects, and without ids."""
    told = re.sub(r"SELECT (DISTINCT )?.*? FROM", r"SELECT \1… FROM", sql, count=1)
    return re.sub(r"'(\w{3})_\w{26}'", r"'\1_…'", told)


def rows_of_tables() -> dict[str, int]:
    """About how many rows every table has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'")
        return {name: int(rows) for name, rows in cursor.fetchall()}
