"""Scheduling a list, and changing when and how it is bought again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from placet.carts.lists.lines import read_lines
from placet.carts.models import PurchaseList, Schedule
from placet.carts.schedules.confirming import confirmed_of
from placet.carts.schedules.moments import company_day, following_on, moment_of
from placet.carts.schedules.moving import move_schedule, record_schedule
from placet.carts.schedules.permissions import can_change_schedule, can_schedule_list
from placet.carts.schedules.values import ScheduleValues, checked_columns
from placet.companies.holding import hold_actor
from placet.companies.models import Company
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction


@transaction
def create_schedule(
    wanted: PurchaseList,
    *,
    values: ScheduleValues,
    warnings_read: Sequence[str] = (),
    actor: Actor,
    now: datetime,
) -> Schedule:
    """Be reminded of a list, or have it bought again in one's own name, from a day on.

    What the actor sees on the list now is what is bought: more, something else, or something that
    became too dear pauses it. Raises ``Forbidden`` and ``InvalidInput``.
    """
    hold_actor(actor)
    refuse_foreign(actor, wanted.company_id)
    hold_actor(actor)
    refuse(can_schedule_list(actor, wanted, values.kind))
    company = Company.objects.get(pk=wanted.company_id)
    columns = checked_columns(values, company, actor=actor, today=company_day(company, now))
    made = Schedule.objects.create(
        created_at=now,
        changed_at=now,
        company=company,
        purchase_list=wanted,
        owner_id=actor.member_id,
        unit_id=actor.unit_id,
        next_on=values.starts_on,
        due_at=moment_of(company, values.starts_on),
        confirmed=_seen_by(actor, wanted, now),
        warnings_read=sorted(warnings_read),
        **columns,
    )
    record_schedule(made, "schedule.created", actor=actor, now=now, every=made.every)
    return made


@transaction
def change_schedule(
    schedule: Schedule,
    *,
    values: ScheduleValues,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Schedule:
    """Say anew when and how the list is bought again; the actor has looked at it by that.

    Another kind is another schedule. An envelope that was approved stays as it was approved: what
    is stated now is asked of the approvers with the next occurrence that they decide.
    """
    hold_actor(actor)
    refuse_foreign(actor, schedule.company_id)
    hold_actor(actor)
    refuse(can_change_schedule(actor, schedule))
    if values.kind != schedule.kind:
        raise InvalidInput("kind", "fixed")
    company = schedule.company
    today = company_day(company, now)
    if values.starts_on == schedule.starts_on and schedule.starts_on < today:
        # The first day lies behind: the rhythm goes on from it.
        columns = checked_columns(
            values._replace(starts_on=today), company, actor=actor, today=today
        )
        columns["starts_on"] = schedule.starts_on
    else:
        columns = checked_columns(values, company, actor=actor, today=today)
    columns["confirmed"] = _seen_by(actor, schedule.purchase_list, now)
    move_schedule(schedule, version=version, now=now, **columns)
    next_on = following_on(schedule, today - timedelta(days=1))
    Schedule.objects.filter(pk=schedule.pk).update(
        next_on=next_on, due_at=moment_of(company, next_on)
    )
    schedule.next_on, schedule.due_at = next_on, moment_of(company, next_on)
    record_schedule(schedule, "schedule.changed", actor=actor, now=now)
    return schedule


def _seen_by(actor: Actor, wanted: PurchaseList, now: datetime) -> dict[str, list[int]]:
    listed = read_lines(wanted, currency=actor.currency, requester_id=actor.member_id, now=now)
    return confirmed_of(listed)
