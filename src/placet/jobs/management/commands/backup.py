"""``placet backup FILE``: a whole copy of a SQLite database, made while everything runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection


class Command(BaseCommand):
    """Copies by SQLite's online backup; for PostgreSQL it names the tool that does the same."""

    help = "Copy the SQLite database of this installation while it runs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the copy goes; never over a file that is there."""
        parser.add_argument("file", help="the copy; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy, check the copy, and give it its name only then."""
        if connection.vendor != "sqlite":
            raise CommandError("PostgreSQL has its own tool: pg_dump --format=custom.")
        copy = Path(options["file"])
        if copy.exists():
            raise CommandError(f"{copy} is there already.")
        source = Path(str(connection.settings_dict["NAME"]))
        if not source.exists():
            raise CommandError(f"There is no database {source}.")
        unfinished = copy.with_name(f"{copy.name}.unfinished")
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as original,
            closing(sqlite3.connect(unfinished)) as written,
        ):
            original.backup(written)
            found = written.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise CommandError(f"The copy {unfinished} is damaged: {found}")
        unfinished.replace(copy)
        self.stdout.write(f"{copy} is a whole copy, {copy.stat().st_size:,} bytes.")
