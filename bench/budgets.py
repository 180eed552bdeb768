"""Reserve and commit, beside the same statements written by hand in psycopg.

A pair is one purchase: an amount is reserved in one transaction and committed in another, each with
its posting and its event in the company's chain. Four processes make pairs at once, on one budget
that all of them want, and on 1,000. What the ratio shows is what the ORM and the house cost; the
database does the same work for both. Runs on a PostgreSQL of its own, which is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

WORKERS: Final = 4
PAIRS: Final = 50
ROUNDS: Final = 3
MANY: Final = 1000
NOW: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
INSIDE: Final = "PLACET_BENCH_INSIDE"
Pair = Callable[[str, int], None]


def main() -> None:
    """Print both ways side by side; asks for a PostgreSQL that is installed."""
    if INSIDE not in os.environ:
        root = Path(__file__).resolve().parents[1]
        command = [sys.executable, str(root / "tools/throwaway_postgres.py")]
        command += [sys.executable, "-m", "bench.budgets"]
        environment = {**os.environ, INSIDE: "1", "PYTHONPATH": f"{root}:{root / 'src'}"}
        subprocess.run(command, check=True, cwd=root, env=environment)
        return
    company, budgets = lay_ground()
    print("\nBudgets: reserve and commit, pairs a second, four processes (best of three)")
    for label, chosen in (("one hot budget", budgets[:1]), (f"{MANY:,} budgets", budgets)):
        by_hand = ours = 0.0
        for _round in range(ROUNDS):
            by_hand = max(by_hand, pairs_a_second(hand_written, company, chosen))
            ours = max(ours, pairs_a_second(with_placet, company, chosen))
        print(
            f"  {label:16} placet {ours:6.0f}   by hand {by_hand:6.0f}   "
            f"{ours / by_hand:.2f} of by hand"
        )


def lay_ground() -> tuple[dict[str, str], list[str]]:
    """A company and its budgets in an empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from placet.budgets.models import Budget
    from placet.companies.actions import create_company
    from placet.core.actor import system_actor

    nobody = system_actor("", "", "merchant", "EUR")
    company = create_company(
        "Bench", slug="bench", kind="business", currency="EUR", actor=nobody, now=NOW
    )
    made = Budget.objects.bulk_create(
        Budget(
            created_at=NOW,
            company=company,
            name=f"Budget {number}",
            owner_kind="company",
            owner_ref=company.id,
            currency="EUR",
            amount_minor=10**12,
            mode="block",
            starts_at=NOW,
            ends_at=NOW.replace(year=NOW.year + 1),
        )
        for number in range(MANY)
    )
    return {"id": company.id, "slug": company.slug}, [budget.pk for budget in made]


def pairs_a_second(
    make: Callable[[dict[str, str]], Pair], company: dict[str, str], budgets: list[str]
) -> float:
    """Let all processes make their pairs at once."""
    from django.db import connections

    connections.close_all()
    context = get_context("fork")
    barrier = context.Barrier(WORKERS + 1)
    running = [
        context.Process(target=_work, args=(make, company, budgets, number, barrier))
        for number in range(WORKERS)
    ]
    for process in running:
        process.start()
    barrier.wait()
    started = time.perf_counter()
    for process in running:
        process.join()
    spent = time.perf_counter() - started
    if any(process.exitcode for process in running):
        raise SystemExit("a process of the bench failed")
    return WORKERS * PAIRS / spent


def _work(
    make: Callable[[dict[str, str]], Pair],
    company: dict[str, str],
    budgets: list[str],
    worker: int,
    barrier: Any,
) -> None:
    try:
        pair = make(company)
        pair(budgets[worker % len(budgets)], 1)  # warm: connection and statements
    except BaseException:
        barrier.abort()  # nobody waits for a process that is gone
        raise
    barrier.wait()
    for number in range(PAIRS):
        pair(budgets[(worker * PAIRS + number) % len(budgets)], 1)


def with_placet(company: dict[str, str]) -> Pair:
    """The actions, as a submission and a placement call them."""
    from placet.budgets.actions import Draw, commit_reservations, reserve_budgets
    from placet.core import ids
    from placet.core.actor import system_actor

    actor = system_actor(company["id"], company["slug"], "business", "EUR")

    def pair(budget: str, amount_minor: int) -> None:
        requisition = ids.new_id("req")
        reserve_budgets(
            requisition,
            revision_id=ids.new_id("rev"),
            draws=[Draw(budget, amount_minor)],
            actor=actor,
            now=NOW,
        )
        commit_reservations(requisition, actor=actor, now=NOW)

    return pair


TAKE = """UPDATE budgets_budget SET reserved_minor = reserved_minor + %(amount)s
WHERE id = %(budget)s AND company_id = %(company)s AND closed_at IS NULL
AND (mode <> 'block' OR amount_minor >= committed_minor + reserved_minor + %(amount)s)"""
READ = "SELECT * FROM budgets_budget WHERE id = %(budget)s"
HOLD = """INSERT INTO budgets_reservation (id, created_at, budget_id, requisition_id, revision_id,
amount_minor, committed_minor, overdraft_minor, status)
VALUES (%(reservation)s, %(now)s, %(budget)s, %(key)s, %(key)s, %(amount)s, 0, 0, 'open')"""
POST = """INSERT INTO budgets_ledgerentry (id, created_at, budget_id, reservation_id, kind,
amount_minor, currency, rate_numerator, rate_denominator, requisition_id, actor_member, reason)
VALUES (%(entry)s, %(now)s, %(budget)s, %(reservation)s, %(kind)s, %(amount)s, 'EUR', 1, 1,
%(key)s, '', '')"""
FIND = """SELECT r.*, b.* FROM budgets_reservation r JOIN budgets_budget b ON b.id = r.budget_id
WHERE r.requisition_id = %(key)s AND r.status = 'open' ORDER BY r.budget_id"""
END = """UPDATE budgets_reservation SET status = 'committed', committed_minor = %(amount)s
WHERE id = %(reservation)s AND status = 'open'"""
MOVE = """UPDATE budgets_budget SET reserved_minor = reserved_minor - %(amount)s,
committed_minor = committed_minor + %(amount)s WHERE id = %(budget)s"""
HEAD = "SELECT * FROM events_eventhead WHERE company_id = %(company)s"
LINK = "UPDATE events_eventhead SET seq = %(seq)s, hash = %(hash)s WHERE company_id = %(company)s"
TELL = """INSERT INTO events_event (id, created_at, company_id, seq, type, subject, payload,
actor_user, actor_member, person_user, channel, previous_hash, private_hash, hash)
VALUES (%(event)s, %(now)s, %(company)s, %(seq)s, %(type)s, %(budget)s, %(payload)s,
'', '', '', 'system', %(previous)s, '', %(hash)s)"""
QUEUE = "INSERT INTO events_eventpending (event_id) VALUES (%(event)s)"


def hand_written(company: dict[str, str]) -> Pair:
    """The same statements in the same transactions, with nothing between them and psycopg."""
    import psycopg
    from django.db import connection

    from placet.core import ids

    wanted = connection.settings_dict
    opened = psycopg.connect(
        host=wanted["HOST"],
        port=wanted["PORT"],
        dbname=wanted["NAME"],
        user=wanted["USER"],
        password=wanted["PASSWORD"],
        autocommit=True,
    )
    run = opened.execute

    def record(values: dict[str, Any], kind: str) -> None:
        run(HEAD, values)
        found = run(HEAD + " FOR UPDATE", values)
        names = [column.name for column in found.description or ()]
        head = dict(zip(names, found.fetchone() or (), strict=True))
        payload = json.dumps({"budget": values["budget"], "amount_minor": values["amount"]})
        linked = hashlib.sha256((head["hash"] + payload).encode()).hexdigest()
        told = {
            **values,
            "event": ids.new_id("evt"),
            "seq": head["seq"] + 1,
            "type": kind,
            "payload": payload,
            "previous": head["hash"],
            "hash": linked,
        }
        for statement in (LINK, TELL, QUEUE):
            run(statement, told)

    def pair(budget: str, amount_minor: int) -> None:
        values: dict[str, Any] = {
            "budget": budget,
            "company": company["id"],
            "amount": amount_minor,
            "now": NOW,
            "key": ids.new_id("req"),
            "reservation": ids.new_id("rsv"),
        }
        with opened.transaction():
            assert run(TAKE, values).rowcount == 1
            run(READ, values).fetchone()
            run(HOLD, values)
            run(POST, {**values, "entry": ids.new_id("len"), "kind": "reserve"})
            record(values, "budget.reserved")
        with opened.transaction():
            run(FIND, values).fetchone()
            assert run(END, values).rowcount == 1
            run(MOVE, values)
            run(POST, {**values, "entry": ids.new_id("len"), "kind": "commit"})
            record(values, "budget.committed")

    return pair


if __name__ == "__main__":
    main()
