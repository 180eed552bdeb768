"""Which stories of the doors PostgreSQL is told again: those that ask it something new (ADR 36).

While the suite runs on SQLite, PLACET_TOLD names a folder, and every test writes down there which
statements it issued: their text without values. Where the suite then runs on PostgreSQL with the
same folder, the rooms are tried whole; of the tests of the pages, the API and the journeys those
run that ask for a statement which no test before them asked for. Without the folder all run.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper

FOLDER = os.environ.get("PLACET_TOLD", "")
DOORS = ("tests/web/", "tests/api/", "tests/journeys/", "tests/demo/")
# What is tried again whole: who is let in (ADR 30), two at once, and the order of rows.
WHOLE = ("test_rights_matrix", "test_race_", "test_idempotency", "test_paging", "test_query")
VALUES = re.compile(r"\((?:%s|\?)(?:, (?:%s|\?))+\)")
SAVEPOINT = re.compile(r'"s\d+_x\d+"')

Told = Mapping[str, frozenset[str]]


class Recorder:
    """The statements of the test that runs, and of those that ran."""

    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {}
        self._unheard: set[str] = set()
        self._issued: set[str] = set()
        self._names: dict[str, str] = {}

    def listen(self) -> Callable[[], None]:
        """From here on every statement is heard, until what this returns is called."""
        execute = CursorWrapper._execute  # type: ignore[attr-defined]
        issued = self._issued

        def heard(cursor: Any, sql: Any, *rest: Any) -> Any:
            issued.add(str(sql))
            return execute(cursor, sql, *rest)

        def stop() -> None:
            CursorWrapper._execute = execute  # type: ignore[attr-defined]

        CursorWrapper._execute = heard  # type: ignore[attr-defined]
        return stop

    @contextmanager
    def during(self, test: str) -> Iterator[None]:
        """Whatever is issued within is of this test."""
        self._issued.clear()
        yield
        if test not in self._unheard:
            self.told[test] = sorted({self._name(sql) for sql in self._issued})

    def forget(self, test: str) -> None:
        """What was skipped or failed has not asked everything: it is as if nobody had heard it."""
        self._unheard.add(test)

    def write(self, folder: Path, worker: str) -> None:
        """Keep what this worker heard."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{worker}.json").write_text(json.dumps(self.told), encoding="utf-8")

    def _name(self, sql: str) -> str:
        if sql not in self._names:
            bare = SAVEPOINT.sub("x", VALUES.sub("(…)", sql))
            self._names[sql] = blake2b(bare.encode(), digest_size=8).hexdigest()
        return self._names[sql]


def read_told(folder: Path) -> Told:
    """What all workers heard; nothing where nothing was written down."""
    return {
        test: frozenset(names)
        for written in sorted(folder.glob("*.json"))
        for test, names in json.loads(written.read_text(encoding="utf-8")).items()
    }


def choose_tests(tests: Sequence[str], told: Told) -> set[str]:
    """The tests to run again: all rooms, and of the doors what asks for something new.

    A test that was not heard runs. Those that ask for most are asked first: fewer are needed.
    """
    chosen = {test for test in tests if test not in told or not is_of_a_door(test)}
    asked = set(_all_of(told[test] for test in chosen if test in told))
    rest = [test for test in tests if test not in chosen]
    for test in sorted(rest, key=lambda one: (-len(told[one]), one)):
        if not told[test] <= asked:
            chosen.add(test)
            asked |= told[test]
    return chosen


def is_of_a_door(test: str) -> bool:
    """Whether it tells a story of pages or of the API, which a room's tests tell the database."""
    return test.startswith(DOORS) and not any(part in test for part in WHOLE)


def _all_of(sets: Iterable[frozenset[str]]) -> Iterator[str]:
    for names in sets:
        yield from names
