"""When an answer is due: in the working time of those who have to give it.

Each approver has the step's working hours, counted in their own calendar; whoever decides for them
as well. The step is due when as many people as have to say yes have had theirs, so of *any 1 of 3*
the first, of *all* the last. ``docs/algorithms/working-time.md`` has examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from placet.companies.working_time import WorkingTimes, load_working_times
from placet.policy.plan import PlanStep
from placet.policy.working_time import due_for_all


def due_of_step(step: PlanStep, start: datetime, times: WorkingTimes) -> datetime:
    """When the answer to a step is due that is asked at ``start``."""
    return moment_of_step(step, start, times.answer_in(step.due_hours), times)


def moment_of_step(
    step: PlanStep, start: datetime, length: timedelta, times: WorkingTimes
) -> datetime:
    """When as many of a step's people as it needs have had so much working time."""
    seats = [[times.of(member) for member in people] for people in _people(step)]
    return due_for_all(start, length, seats, step.quorum.needed)


def load_times(company_id: str, steps: Iterable[PlanStep]) -> WorkingTimes:
    """The working times of everybody whom these steps ask; two queries."""
    asked = [member for step in steps for people in _people(step) for member in people]
    return load_working_times(company_id, asked)


def due_in_order(steps: Sequence[PlanStep], start: datetime, times: WorkingTimes) -> list[datetime]:
    """When each step of a plan is due: those of one rank are asked at once, when all before end."""
    found: list[datetime] = []
    asked_at = start
    turn: tuple[str, int] | None = None
    for step in steps:
        if turn is not None and (step.side, step.rank) != turn:
            asked_at = max(found)
        turn = (step.side, step.rank)
        found.append(due_of_step(step, asked_at, times))
    return found


def _people(step: PlanStep) -> list[list[str]]:
    """The members of each seat: the approver, and who decides for them without a seat here."""
    own = {one.member for one in step.approvers}
    return [
        [one.member, one.delegate.member]
        if one.delegate and one.delegate.member not in own
        else [one.member]
        for one in step.approvers
    ]
