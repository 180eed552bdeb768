"""The run of a back-test: purchases in slices, the newest first, each under both texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from placet.plans.back_test_ground import BackTestGround
from placet.plans.back_test_replay import Replay
from placet.plans.back_test_tally import Past, Tally
from placet.plans.back_test_windows import Windows, wanted_by
from placet.plans.models import PastPurchase
from placet.plans.stored_facts import FORMAT, StoredFacts, read_facts
from placet.policy import facts
from placet.policy.codec import to_json
from placet.policy.rulebook import CompiledRulebook
from placet.rulebooks.models import Rulebook
from placet.runs.models import Run
from placet.runs.work import Outcome, Progress

KIND: Final = "back_test"
SLICE: Final = 1_000
COLUMNS: Final = (
    *("id", "created_at", "company_id", "unit_id", "unit__path", "requester_id"),
    *(
        "requisition_id",
        "number",
        "currency",
        "total_minor",
        "steps",
        "format",
        "facts",
        "is_rebuilt",
    ),
)
NO_CREDIT: Final = facts.Credit(facts.UNLIMITED, 0, 0, "warn")

Row = dict[str, Any]


def run_back_test(run: Run, progress: Progress) -> Outcome:
    """Try the text of the run's parameters against the stored purchases; nothing else is written.

    A fixed number of queries to begin with, and two for each slice.
    """
    asked = run.parameters
    rulebook = Rulebook.objects.select_related("company", "unit", "published").get(pk=run.subject)
    until = datetime.fromisoformat(asked["until"])
    ground = BackTestGround(rulebook, json.loads(asked["document"]), asked["base"], now=until)
    trial = BackTest(ground, days=asked["days"], until=until)
    total, done = trial.purchases.count(), 0
    progress(done, total)
    for rows in slices_of(trial.purchases):
        for row in rows:
            trial.try_row(row)
        done += len(rows)
        progress(done, max(total, done))
    return Outcome(to_json(trial.result()), [to_json(one) for one in trial.tally.changes])


class BackTest:
    """One back-test while it is under way."""

    def __init__(self, ground: BackTestGround, *, days: int, until: datetime) -> None:
        self.ground, self._days = ground, days
        self.tally = Tally(ZoneInfo(ground.rulebook.company.time_zone))
        self._side: facts.Side = "buyer" if ground.is_buyers else "merchant"
        self._replays: dict[str, Replay] = {}
        since = until - timedelta(days=days)
        self.purchases = purchases_between(ground, since, until)
        reads = [book.reads for book in ground.books if isinstance(book, CompiledRulebook)]
        wanted = wanted_by(
            [window for one in reads for window in one.windows],
            [fact for one in reads for fact in one.facts],
        )
        self._windows = Windows(ground.company_id, wanted, since=since, until=until)

    def try_row(self, row: Row) -> None:
        """Plan one purchase under both texts; where the rulebook does not hold, nothing happens."""
        unit_id = row["unit_id"] if self.ground.is_buyers else ""
        trial = self.ground.trial_of(unit_id)
        if trial is None:
            return
        replay = self._replays.get(unit_id)
        if replay is None:
            replay = self._replays[unit_id] = Replay(trial, self._side, self.ground.rulebook.pk)
        try:
            tried = replay.try_purchase(self.facts_of(row, trial.organisation))
        except (ValueError, facts.MissingFact):
            self.tally.leave_out()
            return
        self.tally.add(self._past(row), tried)

    def facts_of(self, row: Row, organisation: facts.Organisation) -> facts.Facts:
        """The purchase of then, the people of today; the other side's money is left out.

        Raises ``ValueError`` where what was stored cannot be read.
        """
        if row["format"] != FORMAT:
            raise ValueError("another format")
        stored, at = read_facts(row["facts"]), row["created_at"]
        stored = _for_buyers(stored) if self.ground.is_buyers else _for_merchant(stored)
        person = stored.requester.person
        moved = person._replace(unit_path=self.ground.path_of(person.unit_path))
        return facts.Facts(
            at,
            stored.purchase,
            stored.requester._replace(person=moved),
            stored.beneficiary,
            stored.authors,
            organisation,
            stored.budgets,
            stored.company,
            self._windows.history_of(
                row["company_id"], person.member, row["unit__path"], stored.purchase, at
            ),
            stored.rates,
        )

    def _past(self, row: Row) -> Past:
        steps_then = [side for side, _members in row["steps"] if side == self._side]
        return Past(
            row["requisition_id"],
            row["number"],
            row["created_at"],
            row["requester_id"],
            row["currency"],
            row["total_minor"],
            "approval" if steps_then else "free",
            row["is_rebuilt"],
        )

    def result(self) -> Any:
        """What was found, with the rules of both texts."""
        before, after = self.ground.rules_before, self.ground.rules_after
        return self.tally.result(self._days, before, after)


def purchases_between(
    ground: BackTestGround, since: datetime, until: datetime
) -> QuerySet[PastPurchase]:
    """The stored purchases for which the rulebook may hold, the newest first."""
    rows = PastPurchase.objects.filter(created_at__gte=since, created_at__lt=until)
    if ground.company_id is not None:
        rows = rows.filter(company_id=ground.company_id)
    if ground.unit_ids is not None:
        rows = rows.filter(unit_id__in=ground.unit_ids)
    return rows.order_by("-created_at", "-id")


def slices_of(rows: QuerySet[PastPurchase]) -> Iterator[list[Row]]:
    """The rows, so many at a time: one query each, by keyset."""
    behind = Q()
    while True:
        found = list(rows.filter(behind).values(*COLUMNS)[:SLICE])
        if found:
            yield found
        if len(found) < SLICE:
            return
        at, last = found[-1]["created_at"], found[-1]["id"]
        behind = Q(created_at__lt=at) | Q(created_at=at, id__lt=last)


def _for_buyers(stored: StoredFacts) -> StoredFacts:
    """What the merchant lends is the merchant's rule."""
    return stored._replace(company=stored.company._replace(credit=NO_CREDIT))


def _for_merchant(stored: StoredFacts) -> StoredFacts:
    """Limits and budgets are the company's rules."""
    return stored._replace(
        budgets=(), requester=stored.requester._replace(limit=facts.UNRESTRICTED)
    )
