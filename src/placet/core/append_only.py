"""Tables that only grow: triggers refuse UPDATE, DELETE and TRUNCATE on both databases.

A model says ``APPEND_ONLY = True``. The triggers are made again after every migrate, since SQLite
drops them when a migration rebuilds a table; start-up and ``placet verify`` refuse without them.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections

MESSAGE = "append-only table"
EVENTS = ("UPDATE", "DELETE")


def append_only_tables() -> list[str]:
    """The names of all tables whose rows never change."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)
    )


def install_append_only(using: str = "default") -> None:
    """Create the missing triggers for every append-only table that exists."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in missing_triggers(using):
            if table in existing:
                statements = (
                    _postgres_statements(table)
                    if connection.vendor == "postgresql"
                    else _sqlite_statements(table)
                )
                for statement in statements:
                    cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """The append-only tables that lack one of their triggers; empty when all is well."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal"
        wanted: tuple[str, ...] = ("update", "delete", "truncate")
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        wanted = ("update", "delete")
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = {row[0] for row in cursor.fetchall()}
    return [
        table
        for table in append_only_tables()
        if any(_name(table, event) not in found for event in wanted)
    ]


def _name(table: str, event: str) -> str:
    return f"append_only_{table}_{event}"[:63]


def _sqlite_statements(table: str) -> list[str]:
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{_name(table, event.lower())}" BEFORE {event} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
        for event in EVENTS
    ]


def _postgres_statements(table: str) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION placet_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME; END $$"
    )
    rows = [
        f'CREATE OR REPLACE TRIGGER "{_name(table, event.lower())}" BEFORE {event} ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION placet_append_only()"
        for event in EVENTS
    ]
    truncate = (
        f'CREATE OR REPLACE TRIGGER "{_name(table, "truncate")}" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION placet_append_only()"
    )
    return [function, *rows, truncate]
