"""Purchases by the thousand and the hundred thousand: what a page, an action and a round cost then.

Three databases of a PostgreSQL that is thrown away: few purchases, many of which the measured
company has as few as before, and as many that are all its own. Every one is filled with copies of
purchases that the real actions made. All sizes are measured in turns: the processor time of the
program and of its database connection together. A ratio says how much more of it something takes
than with few, and the number of queries has to be the same everywhere.
``--soak`` fills ten times as many, ``--explain`` shows what reads many rows.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.growth.process import Size
from bench.growth.reading import Captured

FEW: Final = 1_000
MANY: Final = 100_000
SOAK: Final = 1_000_000
TURNS: Final = 7
TARGET: Final = 1.5
BASE: Final = 0.003
"""Below so many seconds a ratio tells more of the machine than of the program."""
INSIDE: Final = "PLACET_BENCH_INSIDE"
ROOT: Final = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print the table; asks for a PostgreSQL that is installed."""
    if INSIDE not in os.environ:
        command = [sys.executable, str(ROOT / "tools/throwaway_postgres.py")]
        command += [sys.executable, "-m", "bench.growth"]
        command += [part for part in sys.argv[1:] if part.startswith("--")]
        environment = {**os.environ, INSIDE: "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings")
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
        return
    many = SOAK if "--soak" in sys.argv else MANY
    sizes = make_sizes(many)
    try:
        for size in sizes:
            size.tell("begin")  # all are filled at once
        for size in sizes:
            written, seconds = size.answer()
            print(f"  {size.label}: {written:,} rows in {seconds:.0f} s", flush=True)
        measure(sizes, chosen_names(sizes[0]))
    finally:
        for size in sizes:
            size.process.terminate()


def make_sizes(many: int) -> Sequence[Size]:
    """The ground, a copy of it for each size, and a process in each."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    from bench.growth.seed import lay_ground
    from placet.core import clock
    from placet.core.clock import real_now
    from tests.cast import NOW

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    setup_test_environment()
    offset = NOW - real_now()
    clock.set_offset_source(lambda: offset)
    ground = lay_ground()
    wanted = {
        "few": {"meridian": FEW, "kowalski": FEW},
        "others": {"meridian": FEW, "kowalski": many - FEW},
        "own": {"meridian": many, "kowalski": FEW},
    }
    home = str(connection.settings_dict["NAME"])
    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        for label in wanted:
            cursor.execute(f'CREATE DATABASE "growth_{label}" TEMPLATE "{home}"')
    connection.close()
    print(f"Growth: {FEW:,} purchases a company; {many:,} of others; {many:,} of its own")
    return [Size(label, f"growth_{label}", ground, those) for label, those in wanted.items()]


def chosen_names(size: Size) -> list[str]:
    """Everything, or what ``PLACET_BENCH_ONLY`` names parts of."""
    names: list[str] = size.ask("names")
    parts = [part for part in os.environ.get("PLACET_BENCH_ONLY", "").split(",") if part]
    return [name for name in names if not parts or any(part in name for part in parts)]


def measure(sizes: Sequence[Size], names: Sequence[str]) -> None:
    """A line for each: queries, milliseconds with few, and the ratios of the others."""
    over = []
    print(f"  {'':38} queries    few ms   others    own   (best of {TURNS} turns)")
    for name in names:
        for size in sizes:
            size.ask("measure", name)
        told = [size.ask("capture", name) for size in sizes]
        best = [float("inf")] * len(sizes)
        for _turn in range(TURNS):
            taken = [size.ask("measure", name) for size in sizes]
            best = [min(pair) for pair in zip(best, taken, strict=True)]
        ratios = [max(seconds, BASE) / max(best[0], BASE) for seconds in best[1:]]
        counts = [one.queries for one in told]
        is_over = max(ratios) > TARGET or len(set(counts)) > 1
        over += [name] if is_over else []
        shown = str(counts[0]) if len(set(counts)) == 1 else "/".join(map(str, counts))
        print(
            f"{'!' if is_over else ' '} {name:38} {shown:>8} {best[0] * 1000:8.1f}"
            f" {ratios[0]:8.2f} {ratios[1]:8.2f}",
            flush=True,
        )
        if "--explain" in sys.argv:
            show_heavy(told)
    print(f"  {len(names)} measured, {len(over)} over {TARGET}: {', '.join(over) or 'none'}")


def show_heavy(told: Sequence[Captured]) -> None:
    """Each part of a query that reads many rows where it does not with few."""
    seen: set[tuple[str, str]] = set()
    for one in told[1:]:
        for part in one.heavy:
            if (part.table, part.query) not in seen:
                seen.add((part.table, part.query))
                print(f"      {part.node} on {part.table}: {part.rows:,} rows, {part.condition}")
                print(f"        {part.query[:1500]}", flush=True)
