"""A database that went step by step has the same tables as one that was made at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
STEP_BY_STEP = """
from django.db.migrations import loader

read = loader.MigrationLoader.load_disk

def load_disk(self):
    read(self)
    last = {key: one.replaces[-1] for key, one in self.disk_migrations.items() if one.replaces}
    for key in last:
        del self.disk_migrations[key]
    for one in self.disk_migrations.values():
        one.dependencies = [last.get(key, key) for key in one.dependencies]

loader.MigrationLoader.load_disk = load_disk
"""
"""Leaves out the migrations that stand for several, as a database goes that has begun those."""


def migrated(state: Path, before: str = "") -> Path:
    """A new database in a folder of its own."""
    state.mkdir()
    script = f"import django; django.setup()\n{before}\n{MIGRATE}"
    unset = {"PLACET_DATABASE_URL", "PLACET_QUEUE"}
    inherited = {name: text for name, text in os.environ.items() if name not in unset}
    subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        env={
            **inherited,
            "DJANGO_SETTINGS_MODULE": "placet.project.settings",
            "PLACET_STATE": str(state),
        },
    )
    return state / "placet.sqlite3"


def tables_of(path: Path) -> dict[str, Any]:
    """Columns, references and indexes of every table, and the triggers."""
    with sqlite3.connect(path) as database:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return database.execute(sql).fetchall()

        made = rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        found: dict[str, Any] = {
            table: (
                sorted(row[1:] for row in rows(f'PRAGMA table_info("{table}")')),
                sorted(row[2:] for row in rows(f'PRAGMA foreign_key_list("{table}")')),
                sorted(
                    (row[2:], [one[2] for one in rows(f'PRAGMA index_info("{row[1]}")')])
                    for row in rows(f'PRAGMA index_list("{table}")')
                ),
            )
            for (table,) in made
        }
        triggers = rows("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    return {**found, "triggers": triggers}


@pytest.mark.soak
def test_both_ways_make_the_same_tables(tmp_path: Path) -> None:
    at_once = tables_of(migrated(tmp_path / "at_once"))
    step_by_step = tables_of(migrated(tmp_path / "step_by_step", STEP_BY_STEP))
    assert at_once["triggers"]
    assert set(at_once) == set(step_by_step)
    assert {name for name in at_once if at_once[name] != step_by_step[name]} == set()
