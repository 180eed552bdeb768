"""Imports of 1,000 and of 100,000 rows: what a row takes, and how much memory the worker needs.

Each kind goes in as a run, is taken back, and is measured in a process of its own, on SQLite and on
a PostgreSQL that is thrown away.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

FEW: Final = 1_000
MANY: Final = 100_000
INSIDE: Final = "PLACET_BENCH_IMPORT"
ROOT: Final = Path(__file__).resolve().parents[1]
SHAPES: Final = ("products", "changed", "prices", "stock", "costs")
"""``products`` are all new; ``changed`` says name, stock and price of them anew."""


SECONDS: Final[dict[str, float]] = {}


class Measured(NamedTuple):
    """Seconds of a run and of its undo, and megabytes of the process so far."""

    seconds: float
    undone: float
    megabytes: int


def main() -> None:
    """Print seconds, the ratio per row and memory for each kind and both databases."""
    if INSIDE in os.environ:
        measure_all()
        return
    databases = os.environ.get("PLACET_BENCH_ON", "").split() or ["sqlite", "postgresql"]
    for database in databases:
        command = [sys.executable, "-m", "bench.imports"]
        if database == "postgresql":
            command = [sys.executable, str(ROOT / "tools/throwaway_postgres.py"), *command]
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, INSIDE: database, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
            environment.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings")
            environment["PLACET_STATE"] = folder
            if database == "sqlite":
                environment["PLACET_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
            subprocess.run(command, check=True, cwd=ROOT, env=environment)


def measure_all() -> None:
    """Few rows of every kind and then many, in a database that both find alike."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests.cast import load_cast, make_cast

    make_cast()
    cast = load_cast()
    print(f"Imports on {os.environ[INSIDE]}: {FEW:,} and {MANY:,} rows", flush=True)
    shapes = os.environ.get("PLACET_BENCH_SHAPES", " ".join(SHAPES)).split()
    few = {shape: measured(cast, shape, FEW) for shape in SHAPES if shape in shapes}
    forget()
    many = import_rows(cast, "products", rows_of("products", 0, MANY))
    for shape in shapes:
        if shape == "products":
            show(shape, few[shape], Measured(seconds_of(many), 0, megabytes()))
        else:
            show(shape, few[shape], measured(cast, shape, MANY))


def show(shape: str, before: Measured, after: Measured) -> None:
    """One line."""
    ratio = after.seconds / MANY / (before.seconds / FEW)
    print(
        f"  {shape:9} {before.seconds:6.2f} s {after.seconds:7.1f} s, {ratio:4.2f} times a row;"
        f" taken back in {before.undone:5.2f} s and {after.undone:6.1f} s; {after.megabytes} MB",
        flush=True,
    )


def measured(cast: Any, shape: str, count: int) -> Measured:
    """One import of so many rows and, unless later ones need them, taking it back."""
    kind = "products" if shape == "changed" else shape
    run = import_rows(cast, kind, rows_of(shape, 0, count))
    result = run.result
    assert result["is_written"], (run.error, result)
    assert result["unchanged"] == 0, result
    started = time.perf_counter()
    if shape != "products":
        undo(cast, run)
    return Measured(seconds_of(run), time.perf_counter() - started, megabytes())


def seconds_of(run: Any) -> float:
    """How long a run took that this process worked on."""
    return SECONDS[run.pk]


def megabytes() -> int:
    """The most that this process has needed so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def forget() -> None:
    """Leave no product of an import behind, without the history of it."""
    from placet.catalog.models import Price, Product

    Price.objects.filter(product__sku__startswith="IM-").delete()
    Product.objects.filter(sku__startswith="IM-").delete()


def rows_of(shape: str, start: int, end: int) -> list[list[str]]:
    """Header and rows; the same ones every time."""
    numbers = range(start, end)
    if shape == "products":
        header = ["sku", "name", "category", "price", "pack", "brand", "stock", "tags"]
        return [header, *(product(number) for number in numbers)]
    if shape == "changed":
        header = ["sku", "name", "stock", "price"]
        body = ([f"IM-{n:06}", f"Thing {n} anew", "7", f"{3 + n % 90}.77"] for n in numbers)
        return [header, *body]
    if shape == "prices":
        return [["sku", "from_quantity", "price"], *([f"IM-{n:06}", "10", "0.99"] for n in numbers)]
    if shape == "stock":
        return [["sku", "stock"], *([f"IM-{n:06}", "12345"] for n in numbers)]
    return [["sku", "cost"], *([f"IM-{n:06}", f"{n % 50}.55"] for n in numbers)]


def product(number: int) -> list[str]:
    """A product as a row."""
    name = f"Steel bracket {number % 977} by {number % 89} mm"
    place = f"Department {number % 10} / Part {number % 200}"
    price = f"{1 + number % 90}.{number % 100:02}"
    return [
        *(f"IM-{number:06}", name, place, price, "box of 10", f"Brand {number % 40}"),
        *(str(number % 500), "steel, zinc"),
    ]


def import_rows(cast: Any, kind: str, table: list[list[str]]) -> Any:
    """A run from the table to its end."""
    from placet.imports.actions import keep_import_file, start_import
    from placet.imports.columns import guess_columns
    from placet.imports.kinds import get_kind
    from placet.imports.reading import read_table

    here = get_kind(kind)
    at = {"actor": cast.mira, "now": cast.now}
    read = read_table(table, most_rows=here.most_rows)
    file = keep_import_file(read, kind=here, name="bench", **at)
    columns = guess_columns(here.columns, file.header)
    return work(start_import(file, columns=columns, is_dry_run=False, **at))


def undo(cast: Any, run: Any) -> None:
    """Take it back to the end."""
    from placet.imports.actions import start_undo

    taken = work(start_undo(run, actor=cast.mira, now=cast.now))
    assert taken.result["is_undone"], (taken.error, taken.result)


def work(run: Any) -> Any:
    """What a worker would do, here."""
    from placet.core.clock import real_now
    from placet.jobs.timetable import RUNNERS
    from placet.runs.work import work_run

    started = time.perf_counter()
    work_run(RUNNERS, now=real_now(), read_real=real_now)
    SECONDS[run.pk] = time.perf_counter() - started
    run.refresh_from_db()
    assert run.status == "done", run.error
    return run


if __name__ == "__main__":
    main()
