"""Reserve and commit, beside the same statements written by hand in psycopg.

A pair is one purchase: an amount is reserved in one transaction and committed in another, each with
its posting and its event in the company's chain. Four processes make pairs at once, on one budget
that all of them want, and on 1,000. The database does the same work for both, so the ratio shows
what the actions cost beside psycopg with prepared statements. Both take turns, and the time of our
processor a pair is told too, since that hardly depends on what else the machine does. Runs on a
PostgreSQL of its own, which is thrown away.
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
from typing import Any, Final, NamedTuple

WORKERS: Final = 4
PAIRS: Final = 25
ROUNDS: Final = 6
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
    print("Budgets: reserve and commit by four processes, the best of six turns each")
    for label, chosen in (("one hot budget", budgets[:1]), (f"{MANY:,} budgets", budgets)):
        by_hand = ours = Speed(0.0, 0.0)
        for _round in range(ROUNDS):
            by_hand = by_hand.better(pairs_a_second(hand_written, company, chosen))
            ours = ours.better(pairs_a_second(with_placet, company, chosen))
        print(
            f"  {label:16} placet {ours.pairs:5.0f}/s {ours.spent * 1000:5.2f} ms of processor   "
            f"by hand {by_hand.pairs:5.0f}/s {by_hand.spent * 1000:5.2f} ms   "
            f"{ours.pairs / by_hand.pairs:.2f} of the speed by hand"
        )


class Speed(NamedTuple):
    """Pairs a second of all processes, and seconds of their processor time a pair."""

    pairs: float
    spent: float

    def better(self, other: Speed) -> Speed:
        """The best of both in each."""
        return Speed(max(self.pairs, other.pairs), min(self.spent or other.spent, other.spent))


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
) -> Speed:
    """Let all processes make their pairs at once."""
    from django.db import connections

    connections.close_all()
    context = get_context("fork")
    barrier = context.Barrier(WORKERS + 1)
    spent = context.Value("d", 0.0)
    running = [
        context.Process(target=_work, args=(make, company, budgets, number, barrier, spent))
        for number in range(WORKERS)
    ]
    for process in running:
        process.start()
    barrier.wait()
    started = time.perf_counter()
    for process in running:
        process.join()
    passed = time.perf_counter() - started
    if any(process.exitcode for process in running):
        raise SystemExit("a process of the bench failed")
    return Speed(WORKERS * PAIRS / passed, spent.value / (WORKERS * PAIRS))


def _work(
    make: Callable[[dict[str, str]], Pair],
    company: dict[str, str],
    budgets: list[str],
    worker: int,
    barrier: Any,
    spent: Any,
) -> None:
    try:
        pair = make(company)
        pair(budgets[worker % len(budgets)], 1)  # warm: connection and statements
    except BaseException:
        barrier.abort()  # nobody waits for a process that is gone
        raise
    barrier.wait()
    started = time.process_time()
    for number in range(PAIRS):
        pair(budgets[(worker * PAIRS + number) % len(budgets)], 1)
    with spent.get_lock():
        spent.value += time.process_time() - started


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
AND (mode <> 'block' OR amount_minor >= committed_minor + reserved_minor + %(amount)s)
RETURNING id, company_id, account, currency, amount_minor, committed_minor, reserved_minor,
alert_percents"""
HOLD = """INSERT INTO budgets_reservation (id, created_at, budget_id, requisition_id, revision_id,
amount_minor, committed_minor, overdraft_minor, status)
VALUES (%(reservation)s, %(now)s, %(budget)s, %(key)s, %(key)s, %(amount)s, 0, 0, 'open')"""
POST = """INSERT INTO budgets_ledgerentry (id, created_at, budget_id, reservation_id, kind,
amount_minor, currency, rate_numerator, rate_denominator, requisition_id, actor_member, reason)
VALUES (%(entry)s, %(now)s, %(budget)s, %(reservation)s, %(kind)s, %(amount)s, 'EUR', 1, 1,
%(key)s, '', '')"""
END = """UPDATE budgets_reservation SET status = 'committed', committed_minor = amount_minor
WHERE requisition_id = %(key)s AND status = 'open' RETURNING id, budget_id, amount_minor"""
MOVE = """UPDATE budgets_budget SET reserved_minor = reserved_minor - %(amount)s,
committed_minor = committed_minor + %(amount)s WHERE id = %(budget)s
RETURNING id, company_id, account, currency, amount_minor, committed_minor, reserved_minor,
alert_percents"""
HEAD = """INSERT INTO events_eventhead (company_id, seq, hash) VALUES (%(company)s, 1, '')
ON CONFLICT (company_id) DO UPDATE SET seq = events_eventhead.seq + excluded.seq
RETURNING seq, hash"""
LINK = "UPDATE events_eventhead SET hash = %(hash)s WHERE company_id = %(company)s"
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
        seq, before = run(HEAD, values).fetchone() or (0, "")
        payload = json.dumps({"budget": values["budget"], "amount_minor": values["amount"]})
        linked = hashlib.sha256((before + payload).encode()).hexdigest()
        told = {
            **values,
            "event": ids.new_id("evt"),
            "seq": seq,
            "type": kind,
            "payload": payload,
            "previous": before,
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
            assert run(TAKE, values).fetchone()
            run(HOLD, values)
            run(POST, {**values, "entry": ids.new_id("len"), "kind": "reserve"})
            record(values, "budget.reserved")
        with opened.transaction():
            assert run(END, values).fetchone()
            assert run(MOVE, values).fetchone()
            run(POST, {**values, "entry": ids.new_id("len"), "kind": "commit"})
            record(values, "budget.committed")

    return pair


if __name__ == "__main__":
    main()
