"""The inbox with 10 and with 10,000 open requests: how much longer its first page takes.

Everything is asked of one approver in an empty database of its own; the page is the whole answer,
with counters, flags, budgets and the sentence of each row, on a PostgreSQL that is thrown away.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

FEW: Final = 10
PAGE: Final = 50
"""A full page: what more than these adds is what the length of the inbox costs."""
MANY: Final = 10_000
TURNS: Final = 9
INSIDE: Final = "PLACET_BENCH_INSIDE"
ADDRESSES: Final = ("", "?sort=-total", "?q=INF-SET", "?look=none")


def main() -> None:
    """Print the pages of both side by side; asks for a PostgreSQL that is installed."""
    if INSIDE not in os.environ:
        root = Path(__file__).resolve().parents[1]
        command = [sys.executable, str(root / "tools/throwaway_postgres.py")]
        command += [sys.executable, "-m", "bench.inbox"]
        environment = {**os.environ, INSIDE: "1", "PYTHONPATH": f"{root}:{root / 'src'}"}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings")
        subprocess.run(command, check=True, cwd=root, env=environment)
        return
    browser, fill = lay_ground()
    fill(FEW - 1)
    few = {address: seconds(browser, address) for address in ADDRESSES}
    fill(PAGE - FEW)
    page = {address: seconds(browser, address) for address in ADDRESSES}
    fill(MANY - PAGE)
    print(f"Inbox: {FEW}, {PAGE} (a full page) and {MANY:,} open requests, best of {TURNS} turns")
    for address, before in few.items():
        after = seconds(browser, address)
        full = page[address]
        print(
            f"  /inbox/{address:14} {before * 1000:6.1f} ms {full * 1000:6.1f} ms"
            f" {after * 1000:6.1f} ms   {after / before:.2f} of few, {after / full:.2f} of a page"
        )


def lay_ground() -> tuple[Any, Any]:
    """The approver's browser, and what makes more requests for them."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    call_command("migrate", verbosity=0, interactive=False)
    setup_test_environment()
    from tests.cast import load_cast, make_cast
    from tests.web.inbox.multiply import multiply
    from tests.web.pages import as_actor
    from tests.web.road import waiting

    make_cast()
    cast = load_cast()
    first = waiting(cast)

    def fill(times: int) -> None:
        multiply(first, times)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    return as_actor(cast.rashid), fill


def seconds(browser: Any, address: str) -> float:
    """The fastest of some turns of one page."""
    best = float("inf")
    for _turn in range(TURNS):
        started = time.perf_counter()
        assert browser.get(f"/c/meridian/inbox/{address}").status_code == 200
        best = min(best, time.perf_counter() - started)
    return best


if __name__ == "__main__":
    main()
