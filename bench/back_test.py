"""A back-test of 100,000 purchases with 50 rules, as the worker runs it, on a SQLite of its own.

Five lines a purchase, 40 units, 400 requesters; the draft changes five rules, drops two, adds two.
Printed: purchases a second (reading the rows included), the process's peak memory, and where the
time goes: the three functions with the most time of their own.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench.engine import CATEGORIES, CENTRES, rule

if TYPE_CHECKING:
    from placet.companies.models import Company, Member, Unit
    from placet.core.actor import Actor

PURCHASES: Final = 100_000
UNITS: Final = 40
REQUESTERS: Final = 400
RULES: Final = 50
NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAYS: Final = 365


def main() -> None:
    """Print the figures of one back-test."""
    with tempfile.TemporaryDirectory(prefix="placet-bench-") as folder:
        _set_up(Path(folder))
        _measure()


def _set_up(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "placet.project.settings_test"
    os.environ["PLACET_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["PLACET_STATE"] = str(folder)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _measure() -> None:
    from placet.core import ids

    with ids.seeded(48):
        actor, rulebook = _make_company()
    seconds = _run(rulebook, actor)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{'back-test, 50 rules':32}{PURCHASES / seconds:8.0f}   purchases a second")
    print(f"{'':32}{seconds:8.1f}   seconds for {PURCHASES:,}, {peak} MB at most")
    profile = cProfile.Profile()
    profile.runcall(_run, rulebook, actor)
    _print_top(pstats.Stats(profile))


def _run(rulebook: Any, actor: Actor) -> float:
    """Start a back-test and work on it; returns the seconds of this process."""
    from placet.jobs.timetable import RUNNERS
    from placet.plans.back_test import start_back_test
    from placet.runs.work import work_run

    run = start_back_test(rulebook, document=_document(1), days=DAYS, actor=actor, now=NOW)
    started = time.process_time()
    work_run(RUNNERS, now=NOW, read_real=lambda: NOW)
    run.refresh_from_db()
    assert run.result["totals"]["purchases"] == PURCHASES, (run.status, run.error)
    assert 0 < run.result["totals"]["changed"] < PURCHASES
    return time.process_time() - started


def _print_top(stats: pstats.Stats) -> None:
    rows = sorted(stats.stats.items(), key=lambda one: -one[1][2])  # type: ignore[attr-defined]
    total = sum(row[2] for _place, row in rows)
    for (file, line, name), row in rows[:3]:
        place = f"{Path(file).name}:{line} {name}" if line else name
        print(f"{'':32}{row[2] / total:8.0%}   {place}")


def _document(turn: int) -> dict[str, Any]:
    """The rules in force (0), or the draft (1)."""
    numbers = list(range(RULES)) if not turn else [*range(2, RULES), RULES, RULES + 1]
    return {
        "format": 1,
        "side": "buyer",
        "default": "free",
        "rules": [
            _rule(number, is_changed=bool(turn) and number in range(10, 15)) for number in numbers
        ],
    }


def _rule(number: int, *, is_changed: bool) -> dict[str, Any]:
    when, _expression = rule(number + 21 if is_changed else number)
    who = {"select": "role", "role": f"approver{number % 4}", "where": "company"}
    step = {"approvers": [who], "rank": 10 + number % 2 * 10}
    return {"id": f"r{number}", "when": when, "then": {"effect": "require", "steps": [step]}}


# ── The company and its history ─────────────────────────────────────────────────────────────────


def _make_company() -> tuple[Actor, Any]:
    from placet.companies.actions import create_company
    from placet.companies.models import Company, Member, Unit, User
    from placet.core.actor import system_actor
    from placet.rulebooks.actions import create_rulebook, publish_rulebook

    nobody = system_actor("", "", "merchant", "EUR")
    made = [
        create_company(
            name, slug=name.lower(), kind=kind, currency="EUR", language="en",
            time_zone="Europe/Berlin", tax_number="", actor=nobody, now=NOW,
        )
        for name, kind in (("Norden", Company.Kind.MERCHANT), ("Meridian", Company.Kind.BUSINESS))
    ]  # fmt: skip
    company = made[1]
    actor = system_actor(company.id, company.slug, company.kind, "EUR")
    root = Unit.objects.get(company=company)
    units = [
        Unit(company=company, parent=root, name=f"Ward {n}", path="", created_at=NOW)
        for n in range(UNITS)
    ]
    for unit in units:
        unit.path = f"{root.path}{unit.id}/"
    Unit.objects.bulk_create(units)
    users = [
        User(email=f"m{n}@meridian.example", name=f"M {n}", created_at=NOW)
        for n in range(REQUESTERS + 8)
    ]
    User.objects.bulk_create(users)
    members = [
        Member(company=company, user=user, unit=units[n % UNITS], created_at=NOW)
        for n, user in enumerate(users)
    ]
    Member.objects.bulk_create(members)
    _grant_roles(company, members[:8])
    rulebook = create_rulebook(name="Rules", actor=actor, now=NOW)
    publish_rulebook(rulebook, document=_document(0), actor=actor, now=NOW)
    rulebook.refresh_from_db()
    _write_history(company, units, members[8:])
    return actor, rulebook


def _grant_roles(company: Company, members: list[Member]) -> None:
    from placet.companies.models import Role, RoleGrant

    for number in range(4):
        role = Role.objects.create(
            company=company, key=f"approver{number}", name="A", permissions=[], created_at=NOW
        )
        for member in members[number * 2 : number * 2 + 2]:
            RoleGrant.objects.create(member=member, role=role, created_at=NOW)


def _write_history(company: Company, units: list[Unit], members: list[Member]) -> None:
    from placet.plans.models import PastPurchase

    rows: list[PastPurchase] = []
    for row in _purchases(company, units, members):
        rows.append(row)
        if len(rows) == 2_000:
            PastPurchase.objects.bulk_create(rows)
            rows.clear()
    PastPurchase.objects.bulk_create(rows)


def _purchases(company: Company, units: list[Unit], members: list[Member]) -> Iterator[Any]:
    from placet.plans.models import PastPurchase
    from placet.plans.stored_facts import FORMAT

    chance = random.Random(48)
    paths = {unit.id: unit.path.strip("/") for unit in units}
    for number in range(PURCHASES):
        member = members[number % len(members)]
        lines = [_line(place, chance) for place in range(1, 6)]
        goods = sum(line[10] for line in lines)
        who = [member.user_id, member.id, paths[member.unit_id]]
        kept = [
            ["EUR", lines, goods, 0, 0, goods, "", "net30", {"po": ""}, "", "cart", None, None],
            who, None, [["buyer"], ["order.submit"]], _UNRESTRICTED, [], [member.user_id], [],
            [company.id, "EUR", "Europe/Berlin", "2020-01-01", 10, _CREDIT], [],
        ]  # fmt: skip
        yield PastPurchase(
            created_at=NOW - timedelta(seconds=1 + number * 300 * 100_000 // PURCHASES),
            company=company,
            unit_id=member.unit_id,
            requester=member,
            requisition_id=f"req_{number}",
            number=f"REQ-{number}",
            currency="EUR",
            total_minor=goods,
            outcome="free",
            steps=[],
            format=FORMAT,
            facts=json.dumps(kept, separators=(",", ":")),
        )


_UNRESTRICTED: Final = json.dumps({
    "mode": "unrestricted",
    **dict.fromkeys(
        ("order_minimum", "order_maximum", "periods", "categories", "ship_tos"), "unlimited"
    ),
})  # fmt: skip
_CREDIT: Final = json.dumps({
    "limit": "unlimited", "open_balance_minor": 0, "overdue_minor": 0, "mode": "warn",
})  # fmt: skip


def _line(place: int, chance: random.Random) -> list[Any]:
    kind = chance.randrange(200)
    price = chance.randrange(500, 6_000)
    quantity = chance.randrange(1, 6)
    total = price * quantity
    category = f"Shelf {kind % CATEGORIES}/Row {kind % 3}/Box {kind}"
    part = [quantity, f"Dock {kind % 30}", f"44{kind % CENTRES:02d}", None, total, 0, 0]
    return [
        place, f"SKU-{kind}", "Thing", category, "Brand", "Norden", [f"tag {kind % 40}"],
        quantity, price, 1, total, None, None, False, False, [part],
    ]  # fmt: skip


if __name__ == "__main__":
    main()
