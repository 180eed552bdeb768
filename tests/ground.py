"""Databases for tests: one template a session, copied in a moment.

On SQLite a copy is a file, on PostgreSQL a database made with ``CREATE DATABASE … TEMPLATE``.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.utils import truncate_name

from tests.cast import make_cast


def ground_for(folder: Path) -> Ground:
    """The ground of this session on the database that the settings name."""
    kind = PostgresGround if connection.vendor == "postgresql" else SqliteGround
    return kind(folder)


class Ground:
    """Makes, uses and drops copies; ``current`` is the database in use, ``shared`` everybody's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.current = ""
        self.shared = ""
        self._counter = itertools.count(1)
        self._copies: set[str] = set()

    def build_template(
        self, fill: Callable[[], object] = make_cast, *, tables: Ground | None = None
    ) -> None:
        """Fill a copy of ``tables``, or migrate an empty one; the first worker does it for all."""
        with _only_one(self.folder / "template.lock"):
            ready = self.folder / "template.ready"
            if ready.exists():
                return
            self._make_template(tables.template if tables else None)
            self.use(self.template)
            if tables is None:
                call_command("migrate", verbosity=0, interactive=False)
            fill()
            self.close()
            ready.touch()

    def new_copy(self) -> str:
        """A fresh database as the template is; the caller uses and drops it."""
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = self._copy_named(f"{worker}_{os.getpid()}_{next(self._counter)}")
        self._copies.add(name)
        return name

    def use(self, name: str) -> None:
        """Let every connection of this process, also in new threads, go to this database."""
        self.close()
        connection.settings_dict["NAME"] = name
        self.current = name

    def close(self) -> None:
        """Close this thread's connection."""
        connections.close_all()

    def drop(self, name: str) -> None:
        """Remove a copy that nobody uses any more."""
        self._copies.discard(name)
        self._drop(name)

    def drop_copies(self) -> None:
        """Remove what this worker made."""
        for name in sorted(self._copies):
            self._drop(name)

    template: str

    def _make_template(self, source: str | None) -> None:
        raise NotImplementedError

    def _copy_named(self, suffix: str) -> str:
        raise NotImplementedError

    def _drop(self, name: str) -> None:
        raise NotImplementedError


class SqliteGround(Ground):
    """Copies are files; the template's journal is folded into its file when it closes."""

    @property
    def template(self) -> str:  # type: ignore[override]
        return str(self.folder / "template.sqlite3")

    def _make_template(self, source: str | None) -> None:
        Path(self.template).unlink(missing_ok=True)
        if source is not None:
            shutil.copyfile(source, self.template)

    def _copy_named(self, suffix: str) -> str:
        copy = self.folder / f"copy_{suffix}.sqlite3"
        shutil.copyfile(self.template, copy)
        return str(copy)

    def _drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)


class PostgresGround(Ground):
    """Copies are databases of the same server, named after this session."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._home = connection.settings_dict["NAME"]
        session = folder.name if folder.name.startswith("pytest-") else str(os.getpid())
        self._prefix = truncate_name(f"placet_{session}".replace("-", "_"), 40)

    @property
    def template(self) -> str:  # type: ignore[override]
        return f"{self._prefix}_template"

    def _make_template(self, source: str | None) -> None:
        of = "" if source is None else f' TEMPLATE "{source}"'
        self._at_home(f'DROP DATABASE IF EXISTS "{self.template}"')
        self._at_home(f'CREATE DATABASE "{self.template}"{of}')

    def _copy_named(self, suffix: str) -> str:
        name = f"{self._prefix}_{suffix}"
        with _only_one(self.folder / "copy.lock"):
            self._at_home(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"{_quickest_way()}')
        return name

    def _drop(self, name: str) -> None:
        self._at_home(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _at_home(self, statement: str) -> None:
        """Whoever uses a copy, of this ground or of another, still uses it afterwards."""
        in_use = connection.settings_dict["NAME"]
        connections.close_all()
        connection.settings_dict["NAME"] = self._home
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = in_use


def _quickest_way() -> str:
    """Files that are copied take half as long as a copy that is written into the log."""
    return " STRATEGY FILE_COPY" if connection.pg_version >= 150_000 else ""  # type: ignore[attr-defined]


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Failed(NamedTuple):
    """How a call of ``race`` ended that raised: the error's class, its code, its sentence."""

    kind: str
    code: str
    detail: str


def race(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run each call in a forked process of its own, all at once, against the current database.

    Returns their results in order, which must be plain values; an error comes back as ``Failed``.
    Use with ``committed_db``.
    """
    connections.close_all()
    context = get_context("fork")
    barrier = context.Barrier(len(calls))
    running = []
    for call in calls:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_run_one, args=(call, barrier, sender))
        process.start()
        sender.close()
        running.append((process, receiver))
    return [_answer(process, receiver) for process, receiver in running]


def _answer(process: Any, receiver: Any) -> Any:
    try:
        return receiver.recv()
    except EOFError:
        return Failed("Died", "", "the process ended without an answer")
    finally:
        process.join()


def _run_one(call: Callable[[], Any], barrier: Any, sender: Any) -> None:
    connections.close_all()
    result: Any
    try:
        connection.ensure_connection()
        barrier.wait(timeout=60)
        result = call()
    except BaseException as error:
        result = Failed(type(error).__name__, getattr(error, "code", ""), str(error))
    connections.close_all()
    sender.send(result)
    sender.close()
    os._exit(0)
