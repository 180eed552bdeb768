"""A database with so many purchases: shares of every fate, over two years, sums put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from django.db import connection
from django.db.models import Model

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
    "SET maintenance_work_mem = '512MB'",
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
    from placet.events.models import EventHead

    run(*QUICKLY)
    indexes = take_indexes(
        {
            model
            for shapes in ground.shapes.values()
            for shape in shapes.values()
            for model in shape.rows
        }
    )
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
    run(*indexes, "SET session_replication_role = DEFAULT", *PUT_RIGHT)
    run("VACUUM (ANALYZE)")
    return written


def take_indexes(filled: Iterable[type[Model]]) -> list[str]:
    """Drop the indexes that no constraint needs; returns what makes them again, all at once."""
    names = [model._meta.db_table for model in filled]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
            [names],
        )
        found = cursor.fetchall()
        for name, _made in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [made for _name, made in found]


def _behind(events_from: dict[str, int], shape: Shape, copies: int) -> dict[str, int]:
    taken = events_of(shape)
    return {one: last + copies * taken.get(one, 0) for one, last in events_from.items()}


def run(*statements: str) -> None:
    """Send these as they are."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
