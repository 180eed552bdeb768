"""Documents about schedules and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Person,
    Resourceful,
    actions_of,
    frame,
    money,
    person,
)
from placet.carts import models
from placet.carts.schedules.permissions import can_change_schedule, can_stop_schedule
from placet.core.actor import Actor
from placet.requisitions.models import StandingOccurrence
from placet.requisitions.standing_words import problem_words


class ScheduleEnvelope(Answer):
    """The most that approvals of one occurrence cover of later ones."""

    total: Money
    price_basis_points: int
    until_on: date


class Schedule(Resourceful):
    """When a list is bought again; `problem` says why it is paused, where something went wrong."""

    object: Literal["schedule"] = "schedule"
    purchase_list: str
    owner: Person
    kind: str
    every: str
    every_count: int
    starts_on: date
    next_on: date
    due_at: datetime
    ends_on: date | None
    status: str
    problem: str
    problem_detail: str
    ship_to: str | None
    bill_to: str | None
    cost_center: str | None
    po_number: str
    references: dict[str, str]
    justification: str
    rise_basis_points: int
    envelope: ScheduleEnvelope | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class Occurrence(Answer):
    """What came of one day: a requisition, a reminder, or a problem."""

    object: Literal["occurrence"] = "occurrence"
    id: str
    created_at: datetime
    number: int
    due_on: date
    requisition: str | None
    problem: str
    problem_detail: str


def show_schedules(schedules: Sequence[models.Schedule], actor: Actor) -> list[Schedule]:
    """Schedules with their people loaded."""
    return [show_schedule(schedule, actor) for schedule in schedules]


def show_schedule(schedule: models.Schedule, actor: Actor) -> Schedule:
    """A schedule, and what the actor may do with it."""
    return Schedule(
        **frame(schedule),
        **actions_of(
            {
                "change": can_change_schedule(actor, schedule),
                "stop": can_stop_schedule(actor, schedule),
            }
        ),
        purchase_list=schedule.purchase_list_id,
        owner=person(schedule.owner),
        kind=schedule.kind,
        every=schedule.every,
        every_count=schedule.every_count,
        starts_on=schedule.starts_on,
        next_on=schedule.next_on,
        due_at=schedule.due_at,
        ends_on=schedule.ends_on,
        status=schedule.status,
        problem=schedule.problem,
        problem_detail=_words(schedule.problem, schedule.problem_about),
        ship_to=schedule.ship_to_id,
        bill_to=schedule.bill_to_id,
        cost_center=schedule.cost_center_id,
        po_number=schedule.po_number,
        references=schedule.references,
        justification=schedule.justification,
        rise_basis_points=schedule.envelope_price_basis_points,
        envelope=_envelope(schedule),
    )


def show_occurrences(rows: Sequence[StandingOccurrence]) -> list[Occurrence]:
    """What came of each day."""
    return [
        Occurrence(
            id=row.pk,
            created_at=row.created_at,
            number=row.number,
            due_on=row.due_on,
            requisition=row.requisition_id,
            problem=row.problem,
            problem_detail=_words(row.problem, row.problem_about),
        )
        for row in rows
    ]


def _envelope(schedule: models.Schedule) -> ScheduleEnvelope | None:
    total, until = schedule.envelope_total_minor, schedule.envelope_until_on
    if total is None or until is None:
        return None
    return ScheduleEnvelope(
        total=money(total, schedule.company.currency),
        price_basis_points=schedule.envelope_price_basis_points,
        until_on=until,
    )


def _words(problem: str, about: Sequence[str]) -> str:
    return problem_words(problem, about) if problem else ""
