"""Standing requisitions in a few words, for stories about what they do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from placet.carts.lists.actions import add_list_line, create_list
from placet.carts.lists.queries import get_list
from placet.carts.models import PurchaseList, Schedule
from placet.carts.schedules.actions import create_schedule
from placet.carts.schedules.queries import get_schedule
from placet.carts.schedules.values import ScheduleValues
from placet.core.actor import Actor
from placet.requisitions.actions import run_due_schedules
from placet.requisitions.models import Requisition, StandingOccurrence
from tests.cast import NOW, Cast

MONDAY = date(2026, 11, 30)
"""The first day of all schedules: the Monday after the instant of all tests."""
WEEK = timedelta(days=7)
AT_WORK = datetime.combine(MONDAY, NOW.timetz())
"""Ten in the morning of that day, in Berlin."""


def ward_list(cast: Cast, *lines: tuple[str, int], actor: Actor | None = None) -> PurchaseList:
    """A list of Lena's, by default of twelve boxes of gloves and five sets."""
    owner = actor or cast.lena
    made = create_list("Ward needs", actor=owner, now=cast.now)
    for sku, quantity in lines or (("GLV-M", 12), ("INF-SET", 5)):
        add_list_line(made, sku=sku, quantity=quantity, actor=owner, now=cast.now)
    return get_list(owner, made.pk)


def standing(cast: Cast, wanted: PurchaseList | None = None, **changes: Any) -> Schedule:
    """Every week from Monday on, on cost centre 4410, without an envelope."""
    wanted = wanted or ward_list(cast)
    values = ScheduleValues(
        kind="standing",
        every="week",
        every_count=1,
        starts_on=MONDAY,
        ship_to_id=cast.address["ICU dock"],
        cost_center_id=cast.cost_center["meridian/4410"],
        po_number="PR-88121",
        rise_basis_points=500,
    )._replace(**changes)
    return create_schedule(wanted, values=values, actor=cast.lena, now=cast.now)


def with_envelope(cast: Cast, *, total: int = 1_000_00, **changes: Any) -> Schedule:
    """The same, asking the approvers for an envelope until the end of May."""
    changes.setdefault("envelope_until_on", date(2027, 5, 31))
    return standing(cast, envelope_total_minor=total, **changes)


def occur(schedule: Schedule, number: int = 0) -> StandingOccurrence:
    """What came of the schedule at work on the day of its occurrence of this number."""
    run_due_schedules(now=AT_WORK + number * WEEK)
    return StandingOccurrence.objects.filter(schedule=schedule).latest("number")


def bought(schedule: Schedule, number: int = 0) -> Requisition:
    """The requisition of an occurrence; fails where there is none."""
    found = occur(schedule, number).requisition
    assert found is not None, Schedule.objects.get(pk=schedule.pk).problem
    return Requisition.objects.select_related("revision").get(pk=found.pk)


def again(cast: Cast, schedule: Schedule) -> Schedule:
    """The schedule as its owner reads it now."""
    return get_schedule(cast.lena, schedule.pk)
