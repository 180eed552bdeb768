"""The moments of an open step: half of the time, the end of it, and when the purchase expires."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from placet.companies.models import Company
from placet.companies.working_time import WorkingTimes, read_times
from placet.policy.working_time import due_for_all
from placet.requisitions.models import Requisition, Step, StepAssignment

HALF = 2


class AnswerTime(NamedTuple):
    """How long the people of a step have, and whose working time counts."""

    length: timedelta
    needed: int
    seats: tuple[tuple[str, ...], ...]
    times: WorkingTimes

    def after(self, start: datetime, length: timedelta) -> datetime:
        """When as many of them as have to say yes have had so much working time."""
        calendars = [[self.times.of(member) for member in seat] for seat in self.seats]
        return due_for_all(start, length, calendars, self.needed)

    def due_at(self, opened_at: datetime) -> datetime:
        """When the answer is due."""
        return self.after(opened_at, self.length)

    def half_at(self, start: datetime) -> datetime:
        """When half of the time has passed since ``start``."""
        return self.after(start, self.length / HALF)

    def fair_until(self, due_at: datetime) -> datetime:
        """Until when nothing expires: those above are asked half of the time after the due time,
        and have as long as everybody."""
        return self.after(due_at, self.length + self.length / HALF)


def read_answer_time(step: Step, company: Company, hours: int | None) -> AnswerTime:
    """The time of a step's people; ``hours`` is what its rule says. One query."""
    rows = list(
        StepAssignment.objects.filter(step=step).select_related("member__company").order_by("id")
    )
    seats: dict[str, list[str]] = {}
    for row in rows:
        seats.setdefault(row.principal_id or row.member_id, []).append(row.member_id)
    times = read_times(company, [row.member for row in rows])
    return AnswerTime(times.answer_in(hours), step.quorum, tuple(map(tuple, seats.values())), times)


def first_expiry(company: Company, now: datetime) -> datetime:
    """When a revision of this moment expires, unless its steps need longer."""
    return now + timedelta(days=company.expire_days)


def expire_no_earlier(requisition: Requisition, until: datetime) -> None:
    """Let a locked requisition live at least until then."""
    if requisition.expires_at is None or requisition.expires_at < until:
        Requisition.objects.filter(pk=requisition.pk).update(expires_at=until)
        requisition.expires_at = until
