"""Counting what a back-test finds, purchase by purchase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from placet.plans.back_test_replay import Tried
from placet.plans.back_test_result import BackTestResult, Change, Hits, Load, Totals, Week

MOST_CHANGES: Final = 1_000
"""So many changed purchases are listed, the newest; all of them are counted."""


class Past(NamedTuple):
    """A row of the history as the list of changed purchases needs it."""

    requisition: str
    number: str
    submitted_at: datetime
    requester: str
    currency: str
    total_minor: int
    outcome_then: str


class Tally:
    """The counts so far."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.changes: list[Change] = []
        self._zone = zone
        self._counts: Counter[str] = Counter()
        self._load: dict[str, list[int]] = {}
        self._hits: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self._weeks: dict[date, Counter[str]] = {}

    def leave_out(self) -> None:
        """A purchase that cannot be planned again."""
        self._counts["left_out"] += 1

    def add(self, past: Past, tried: Tried) -> None:
        """Count one purchase."""
        before, after, *hits = tried
        counts = self._counts
        counts["purchases"] += 1
        counts[f"{before.outcome}_before"] += 1
        counts[f"{after.outcome}_after"] += 1
        counts["other_than_then"] += before.outcome != past.outcome_then
        self._count_week(past, tried)
        for place, summary in enumerate((before, after)):
            self._hits[place].update(hits[place])
            for step in summary.steps:
                for member in step.members:
                    self._load.setdefault(member, [0, 0])[place] += 1
        if before is not after and (
            before.outcome != after.outcome or sorted(before.steps) != sorted(after.steps)
        ):
            self._count_change(past, tried)

    def _count_week(self, past: Past, tried: Tried) -> None:
        day = past.submitted_at.astimezone(self._zone).date()
        week = self._weeks.setdefault(day - timedelta(days=day.weekday()), Counter())
        week["purchases"] += 1
        week[f"{tried.before.outcome}_before"] += 1
        week[f"{tried.after.outcome}_after"] += 1

    def _count_change(self, past: Past, tried: Tried) -> None:
        change = change_of(past, tried)
        counts = self._counts
        counts["changed"] += 1
        counts["steps_added"] += change.steps_added
        counts["steps_removed"] += change.steps_removed
        counts["free_to_approval"] += (change.before, change.after) == ("free", "approval")
        counts["approval_to_free"] += (change.before, change.after) == ("approval", "free")
        counts["newly_blocked"] += change.after == "blocked" != change.before
        counts["no_longer_blocked"] += change.before == "blocked" != change.after
        if len(self.changes) < MOST_CHANGES:
            self.changes.append(change)

    def result(
        self, days: int, rules_before: Sequence[str], rules_after: Sequence[str]
    ) -> BackTestResult:
        """Everything; the rules are those of the tried rulebook in both texts, in their order."""
        return BackTestResult(
            days=days,
            totals=Totals(*(self._counts[name] for name in Totals._fields)),
            load=tuple(
                Load(member, *counts)
                for member, counts in sorted(
                    self._load.items(), key=lambda one: (-abs(one[1][1] - one[1][0]), -one[1][1])
                )
            ),
            hits=tuple(self._hits_of(rules_before, rules_after)),
            weeks=tuple(self._all_weeks()),
            listed=len(self.changes),
        )

    def _hits_of(self, rules_before: Sequence[str], rules_after: Sequence[str]) -> list[Hits]:
        gone = [rule for rule in rules_before if rule not in set(rules_after)]
        known = (set(rules_before), set(rules_after))
        return [
            Hits(rule, *(found[rule] if rule in has else None
                         for found, has in zip(self._hits, known, strict=True)))
            for rule in (*rules_after, *gone)
        ]  # fmt: skip

    def _all_weeks(self) -> list[Week]:
        if not self._weeks:
            return []
        first, last = min(self._weeks), max(self._weeks)
        starts = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
        nothing: Counter[str] = Counter()
        return [
            Week(start, *(self._weeks.get(start, nothing)[name] for name in Week._fields[1:]))
            for start in starts
        ]


def change_of(past: Past, tried: Tried) -> Change:
    """The difference that the two texts make for one purchase."""
    before, after = tried.before, tried.after
    steps_before, steps_after = Counter(before.steps), Counter(after.steps)
    people_before = {member for step in before.steps for member in step.members}
    people_after = {member for step in after.steps for member in step.members}
    return Change(
        *past[:-1],
        before=before.outcome,
        after=after.outcome,
        steps_added=(steps_after - steps_before).total(),
        steps_removed=(steps_before - steps_after).total(),
        rules_added=tuple(sorted(after.rules - before.rules)),
        rules_removed=tuple(sorted(before.rules - after.rules)),
        people_added=tuple(sorted(people_after - people_before)),
        people_removed=tuple(sorted(people_before - people_after)),
    )
