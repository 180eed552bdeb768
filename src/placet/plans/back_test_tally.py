"""Counting what a back-test finds, purchase by purchase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from placet.plans.back_test_replay import Tried
from placet.plans.back_test_result import BackTestResult, Change, Hits, Load, Totals, Week
from placet.plans.back_test_text import Asked
from placet.policy.plan import Outcome

MOST_CHANGES: Final = 1_000
"""So many changed purchases are listed, the newest; all of them are counted."""


Steps = tuple[Asked, ...]


class Past(NamedTuple):
    """A row of the history as the list of changed purchases needs it."""

    requisition: str
    number: str
    submitted_at: datetime
    requester: str
    currency: str
    total_minor: int
    outcome_then: str
    is_rebuilt: bool


class Tally:
    """The counts so far; sums are made at the end, since this is called for each purchase."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.changes: list[Change] = []
        self._zone = zone
        self._left_out = 0
        self._counts: Counter[str] = Counter()
        self._days: Counter[tuple[date, Outcome, Outcome]] = Counter()
        self._steps: tuple[Counter[Steps], Counter[Steps]] = (Counter(), Counter())
        self._hits: tuple[Counter[str], Counter[str]] = (Counter(), Counter())

    def leave_out(self) -> None:
        """A purchase that cannot be planned again."""
        self._left_out += 1

    def add(self, past: Past, tried: Tried) -> None:
        """Count one purchase."""
        before, after = tried.before, tried.after
        day = past.submitted_at.astimezone(self._zone).date()
        self._days[day, before.outcome, after.outcome] += 1
        self._steps[0][before.steps] += 1
        self._steps[1][after.steps] += 1
        self._hits[0].update(tried.hits_before)
        self._hits[1].update(tried.hits_after)
        self._counts["rebuilt"] += past.is_rebuilt
        if before.outcome != past.outcome_then:
            self._counts["other_than_then"] += 1
        if before is not after and (
            before.outcome != after.outcome or sorted(before.steps) != sorted(after.steps)
        ):
            self._count_change(past, tried)

    def _count_change(self, past: Past, tried: Tried) -> None:
        change = change_of(past, tried)
        counts = self._counts
        counts["changed"] += 1
        counts["steps_added"] += change.steps_added
        counts["steps_removed"] += change.steps_removed
        if len(self.changes) < MOST_CHANGES:
            self.changes.append(change)

    def result(
        self, days: int, rules_before: Sequence[str], rules_after: Sequence[str]
    ) -> BackTestResult:
        """Everything; the rules are those of the tried rulebook in both texts, in their order."""
        return BackTestResult(
            days=days,
            totals=self._totals(),
            load=tuple(self._load()),
            hits=tuple(self._hits_of(rules_before, rules_after)),
            weeks=tuple(self._weeks()),
            listed=len(self.changes),
        )

    def _totals(self) -> Totals:
        pairs: Counter[tuple[Outcome, Outcome]] = Counter()
        for (_day, before, after), count in self._days.items():
            pairs[before, after] += count

        def sum_of(before: Outcome | None = None, after: Outcome | None = None) -> int:
            return sum(
                count
                for (was, would_be), count in pairs.items()
                if before in (None, was) and after in (None, would_be)
            )

        stay_blocked = pairs["blocked", "blocked"]
        return Totals(
            purchases=sum_of(),
            changed=self._counts["changed"],
            free_before=sum_of("free"),
            free_after=sum_of(None, "free"),
            approval_before=sum_of("approval"),
            approval_after=sum_of(None, "approval"),
            blocked_before=sum_of("blocked"),
            blocked_after=sum_of(None, "blocked"),
            free_to_approval=pairs["free", "approval"],
            approval_to_free=pairs["approval", "free"],
            newly_blocked=sum_of(None, "blocked") - stay_blocked,
            no_longer_blocked=sum_of("blocked") - stay_blocked,
            steps_added=self._counts["steps_added"],
            steps_removed=self._counts["steps_removed"],
            other_than_then=self._counts["other_than_then"],
            rebuilt=self._counts["rebuilt"],
            left_out=self._left_out,
        )

    def _load(self) -> list[Load]:
        asked: dict[str, list[int]] = {}
        for place, counted in enumerate(self._steps):
            for steps, count in counted.items():
                for step in steps:
                    for member in step.members:
                        asked.setdefault(member, [0, 0])[place] += count
        load = [Load(member, *counts) for member, counts in asked.items()]
        return sorted(load, key=lambda one: (-abs(one.after - one.before), -one.after, one.member))

    def _hits_of(self, rules_before: Sequence[str], rules_after: Sequence[str]) -> list[Hits]:
        gone = [rule for rule in rules_before if rule not in set(rules_after)]
        known = (set(rules_before), set(rules_after))
        return [
            Hits(rule, *(found[rule] if rule in has else None
                         for found, has in zip(self._hits, known, strict=True)))
            for rule in (*rules_after, *gone)
        ]  # fmt: skip

    def _weeks(self) -> list[Week]:
        weeks: dict[date, list[int]] = {}
        for (day, before, after), count in self._days.items():
            week = weeks.setdefault(day - timedelta(days=day.weekday()), [0] * 5)
            week[0] += count
            for place, is_so in enumerate(
                (
                    *(before == "approval", after == "approval"),
                    *(before == "blocked", after == "blocked"),
                ),
                start=1,
            ):
                week[place] += count * is_so
        if not weeks:
            return []
        first, last = min(weeks), max(weeks)
        starts = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
        return [Week(start, *weeks.get(start, [0] * 5)) for start in starts]


def change_of(past: Past, tried: Tried) -> Change:
    """The difference that the two texts make for one purchase."""
    before, after = tried.before, tried.after
    steps_before, steps_after = Counter(before.steps), Counter(after.steps)
    people_before = {member for step in before.steps for member in step.members}
    people_after = {member for step in after.steps for member in step.members}
    return Change(
        *past[:-2],
        before=before.outcome,
        after=after.outcome,
        steps_added=(steps_after - steps_before).total(),
        steps_removed=(steps_before - steps_after).total(),
        rules_added=tuple(sorted(after.rules - before.rules)),
        rules_removed=tuple(sorted(before.rules - after.rules)),
        people_added=tuple(sorted(people_after - people_before)),
        people_removed=tuple(sorted(people_before - people_after)),
    )
