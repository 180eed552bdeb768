"""A new database and one that went step by step have the same tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tests.ground import Ground, ground_for

CREATED = re.compile(r'CREATE TABLE "\w+" \((.*)\)', re.DOTALL)


@pytest.mark.django_db
def test_no_model_is_without_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.soak
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite keeps the words of its tables")
def test_the_short_way_makes_what_the_long_way_makes(
    ground: Ground, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with django_db_blocker.unblock():
        before = ground.current
        short = _tables_of(tmp_path / "short", step_by_step=False)
        long = _tables_of(tmp_path / "long", step_by_step=True)
        ground.use(before)
    assert short == long


def _tables_of(folder: Path, *, step_by_step: bool) -> set[str]:
    folder.mkdir()
    ground_for(folder).use(str(folder / "placet.sqlite3"))
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=not step_by_step)
    executor.migrate(executor.loader.graph.leaf_nodes())
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        # Names that Django makes up end in a hash of what came before.
        rows = [(table, re.sub("_[0-9a-f]{8}", "", sql)) for table, sql in cursor.fetchall()]
    return {f"{table} {_in_order(sql)}" for table, sql in rows}


def _in_order(sql: str) -> str:
    """Columns stand in the order in which they came; the rest of the sentence counts."""
    created = CREATED.match(sql)
    return " ".join(sorted(re.findall(r"\w+", created[1] if created else sql)))
