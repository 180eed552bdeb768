"""A process for each database: all sizes are measured in turns, each on a warm connection."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from bench.growth.seed import Ground


class Told(NamedTuple):
    """What a process answers: the result, or what went wrong."""

    result: Any
    wrong: str = ""


class Size:
    """One database of a size, with the process that works in it."""

    def __init__(
        self, label: str, database: str, ground: Ground, wanted: Mapping[str, int]
    ) -> None:
        context = get_context("fork")
        self.label, self.wanted = label, dict(wanted)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=_live, args=(theirs, database, ground, dict(wanted)), daemon=True
        )
        self.process.start()

    def ask(self, what: str, *values: Any) -> Any:
        """Let the process do something and wait for its answer."""
        self.tell(what, *values)
        return self.answer()

    def tell(self, what: str, *values: Any) -> None:
        """Let the process do something; its answer is waited for later."""
        self.pipe.send((what, *values))

    def answer(self) -> Any:
        """What the process says next."""
        told: Told = self.pipe.recv()
        if told.wrong:
            raise SystemExit(f"{self.label}: {told.wrong}")
        return told.result

    def end(self) -> None:
        """Let the process go."""
        self.pipe.send(("end",))
        self.process.join()


def _live(pipe: Any, database: str, ground: Ground, wanted: dict[str, int]) -> None:
    """Fill the database, then do what is asked until the end."""
    from django.db import connection

    from bench.growth.asked import Asked
    from bench.growth.filling import fill, run
    from bench.growth.reading import captured, rows_of_tables

    connection.close()
    connection.settings_dict["NAME"] = database
    asked: Asked | None = None

    def begin() -> tuple[int, float]:
        nonlocal asked
        started = time.perf_counter()
        written = fill(ground, wanted)
        run("SET max_parallel_workers_per_gather = 0")  # one process, whose time is known
        asked = Asked(ground.cast)
        return written, time.perf_counter() - started

    def here() -> Asked:
        assert asked is not None
        return asked

    can: dict[str, Callable[..., Any]] = {
        "begin": begin,
        "names": lambda: list(here().all),
        "measure": lambda name: _seconds(here().all[name]()),
        "capture": lambda name: captured(here().all[name]()),
        "tables": rows_of_tables,
    }
    while True:
        what, *values = pipe.recv()
        if what == "end":
            return
        try:
            pipe.send(Told(can[what](*values)))
        except BaseException:
            pipe.send(Told(None, traceback.format_exc()))


def _seconds(measured: Callable[[], object]) -> float:
    """The processor time of this process and of its database connection: what else runs on the
    machine hardly changes it, as it does the time on the wall.
    """
    before = _spent()
    measured()
    return _spent() - before


def _spent() -> float:
    from django.db import connection

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + int(backend.read_text().split()[0]) / 1e9
