"""A database with so many purchases: shares of every fate, over two years, sums put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from django.db import connection

from bench.growth.copying import Filling, Shape, copy_shape, events_of
from bench.growth.seed import FATES, Ground

SPAN: Final = timedelta(days=700)
"""What is over happened in about two years, so more purchases also mean more of them a day."""
NUMBERED_BEHIND: Final = 100
"""The purchases that were made while the ground was laid have the first human numbers."""
OPEN_SPAN: Final = timedelta(hours=2)
"""What is open was submitted lately: nothing of it is due before the clock of the bench."""

QUICKLY: Final = (
    "SET session_replication_role = replica",  # no triggers and no foreign keys while it is copied
    "SET maintenance_work_mem = '1GB'",
    "SET work_mem = '64MB'",
)
PUT_RIGHT: Final = (
    """UPDATE budgets_budget AS budget SET committed_minor = told.committed,
    reserved_minor = told.reserved FROM (
        SELECT budget_id, coalesce(sum(committed_minor), 0) AS committed,
        coalesce(sum(amount_minor) FILTER (WHERE status = 'open'), 0) AS reserved
        FROM budgets_reservation WHERE status IN ('open', 'committed') GROUP BY budget_id
    ) AS told WHERE told.budget_id = budget.id AND budget.account = 'budget'""",
    """UPDATE budgets_periodcounter AS counter SET spend_minor = told.spent, orders = told.many
    FROM (SELECT counter_id, sum(spend_minor) AS spent, count(*) AS many
        FROM budgets_periodcount GROUP BY counter_id) AS told
    WHERE told.counter_id = counter.id""",
    """UPDATE events_reader SET position = (SELECT max(position) FROM events_eventposition)""",
    """UPDATE events_eventhead AS head SET seq = told.seq, hash = told.hash FROM (
        SELECT DISTINCT ON (company_id) company_id, seq, hash FROM events_event
        ORDER BY company_id, seq DESC) AS told WHERE told.company_id = head.company_id""",
)


def fill(ground: Ground, wanted: Mapping[str, int]) -> int:
    """Copy so many purchases for each company; returns how many rows were written."""
    from django.db import transaction

    run(*QUICKLY)
    tables = filled_tables(ground)
    with transaction.atomic():
        put_aside(tables)
        written = _copy(ground, wanted)
        run(*[f'DROP TABLE pg_temp."{table}"' for table in tables])
        run(*[f'REINDEX TABLE "{table}"' for table in tables])
    run("SET session_replication_role = DEFAULT", *PUT_RIGHT)
    run("VACUUM (ANALYZE)")
    return written


def _copy(ground: Ground, wanted: Mapping[str, int]) -> int:
    from placet.events.models import EventHead

    events_from = dict(EventHead.objects.values_list("company_id", "seq"))
    written, orders = 0, NUMBERED_BEHIND
    for company, purchases in wanted.items():
        numbered = NUMBERED_BEHIND
        for fate in FATES:
            shape = ground.shapes[company][fate.name]
            copies = purchases * fate.of_thousand // 1_000
            if not copies:
                continue
            span = SPAN if fate.is_over else OPEN_SPAN
            starts = {"REQ": numbered, "ORD": orders}
            filling = Filling(shape, 1, copies, span / copies, starts, events_from)
            written += copy_shape(filling)
            events_from = _behind(events_from, shape, copies)
            numbered += copies
            orders += copies if "ORD" in shape.numbers.values() else 0
    return written


def filled_tables(ground: Ground) -> list[str]:
    """The tables that copies are written to."""
    shapes = [shape for of_company in ground.shapes.values() for shape in of_company.values()]
    return sorted({model._meta.db_table for shape in shapes for model in shape.rows})


def put_aside(tables: Iterable[str]) -> None:
    """Let no index be written to before it is made anew: sorting once is several times as fast.

    A table that is written anew in the same transaction needs no log either. What is copied is read
    from tables of the same names that stand before them, and stay as small as they are.
    """
    for table in tables:
        run(f'CLUSTER "{table}" USING "{_key_of(table)}"')
        run(
            "UPDATE pg_index SET indisready = false, indisvalid = false"
            f" WHERE indrelid = '\"{table}\"'::regclass"
        )
    for table in tables:
        run(f'CREATE TEMPORARY TABLE "{table}" AS SELECT * FROM "{table}"')


def _key_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = %s::regclass",
            [f'"{table}"'],
        )
        ((name,),) = cursor.fetchall()
    return str(name)


def _behind(events_from: dict[str, int], shape: Shape, copies: int) -> dict[str, int]:
    taken = events_of(shape)
    return {one: last + copies * taken.get(one, 0) for one, last in events_from.items()}


def run(*statements: str) -> None:
    """Send these as they are."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
