"""Nobody answers: two reminders in working hours, then those above; each moment once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from placet.budgets.models import Budget
from placet.companies.models import Company, Unit
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import (
    apply_due_decisions,
    deactivate_member,
    remind_due_steps,
    set_absence,
)
from placet.requisitions.models import Requisition, Step, StepAssignment
from tests.cast import Cast
from tests.requisitions.road import (
    DRESSING,
    INFUSION_SET,
    answer,
    fill_cart,
    member,
    pending_step,
    submit,
)

pytestmark = pytest.mark.django_db


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, when Berlin is an hour ahead of UTC."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings wait for Rashid, the head of ICU, since Tuesday at ten in Berlin."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def told(kind: str) -> list[dict[str, object]]:
    """The payloads of the events of a type, in order."""
    rows = Event.objects.filter(type=kind).order_by("seq")
    return [json.loads(row.payload) for row in rows]


def asked(step: Step) -> set[str]:
    rows = StepAssignment.objects.filter(step=step, is_open=True)
    return set(rows.values_list("member_id", flat=True))


def test_an_open_step_is_due_tomorrow_and_reminds_after_half_of_its_hours(
    cast: Cast, waiting: Requisition
) -> None:
    step = pending_step(waiting)

    assert (step.remind_at, step.due_at) == (berlin(24, 14), berlin(25, 10))
    assert waiting.expires_at is not None
    assert waiting.expires_at >= cast.now + timedelta(days=30)


def test_rashid_is_reminded_twice_and_then_those_above_are_asked_too(
    cast: Cast, waiting: Requisition
) -> None:
    step = pending_step(waiting)
    moments = [berlin(24, 14), berlin(25, 10), berlin(25, 14)]
    for moment in moments:
        assert remind_due_steps(now=moment - timedelta(seconds=1)) == 0
        assert remind_due_steps(now=moment) == 1
        assert remind_due_steps(now=moment) == 0

    assert [one["reminder"] for one in told("step.reminded")] == [1, 2]
    assert all(one["asked"] == [cast.member["rashid"]] for one in told("step.reminded"))
    assert [one["added"] for one in told("step.escalated")] == [[cast.member["helena"]]]
    assert asked(step) == {cast.member["rashid"], cast.member["helena"]}
    step.refresh_from_db()
    assert (step.reminders, step.remind_at, step.quorum) == (3, None, 1)
    # She has as long as everybody, and her yes is enough.
    hers = StepAssignment.objects.get(step=step, member_id=cast.member["helena"])
    assert hers.due_at == berlin(26, 14)
    answer(waiting, "approve", actor=replace(cast.helena, channel="api"), now=berlin(25, 15))
    step.refresh_from_db()
    assert step.status == Step.Status.APPROVED
    # Nobody else is reminded of what is decided.
    assert remind_due_steps(now=berlin(30, 12)) == 0


def test_after_a_weeks_standstill_there_is_one_reminder_and_time_to_follow_it(
    waiting: Requisition,
) -> None:
    assert remind_due_steps(now=cast_week(waiting)) == 1
    assert remind_due_steps(now=cast_week(waiting)) == 0
    assert [one["reminder"] for one in told("step.reminded")] == [2]
    assert told("step.escalated") == []

    step = pending_step(waiting)
    assert step.remind_at == cast_week(waiting) + timedelta(hours=4)
    assert remind_due_steps(now=step.remind_at) == 1
    assert len(told("step.escalated")) == 1


def cast_week(waiting: Requisition) -> datetime:
    """Tuesday of the next week, at ten."""
    return waiting.submitted_at + timedelta(days=7)


def test_whoever_has_answered_is_not_reminded_while_they_may_undo_it(
    cast: Cast, waiting: Requisition
) -> None:
    decision = answer(waiting, "approve", actor=cast.rashid, now=berlin(24, 13, 59))
    assert decision.effective_at > berlin(24, 13, 59)

    late = berlin(24, 14)
    assert remind_due_steps(now=late) == 0
    apply_due_decisions(now=late)
    assert remind_due_steps(now=late) == 0
    assert told("step.reminded") == []


def test_of_several_only_those_who_have_not_answered_are_reminded(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=replace(cast.rashid, channel="api"), now=cast.now)
    engineers = {cast.member[who] for who in ("anika", "jonas", "piotr")}
    step = pending_step(requisition)
    assert asked(step) == engineers

    remind_due_steps(now=step.remind_at or cast.now)

    assert told("step.reminded")[0]["asked"] == sorted(engineers)


def test_a_head_who_left_or_is_away_is_not_asked_but_whoever_is_next(
    cast: Cast, waiting: Requisition
) -> None:
    """Helena is away: the next in line are the company's admins."""
    set_absence(
        member(cast, "helena"),
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=20),
        actor=cast.ines,
        now=cast.now,
    )
    step = pending_step(waiting)
    remind_due_steps(now=berlin(25, 10))
    remind_due_steps(now=berlin(25, 14))

    assert asked(step) == {cast.member["rashid"], cast.member["ines"]}


def test_escalation_never_asks_the_requester_or_who_is_asked_already(cast: Cast) -> None:
    """Rashid buys himself: Helena decides; above her are only the admins."""
    cart = fill_cart(cast, (DRESSING, 50))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    deactivate_member(member(cast, "rashid"), actor=cast.ines, now=cast.now)
    step = pending_step(requisition)
    before = asked(step)
    remind_due_steps(now=berlin(25, 10))
    remind_due_steps(now=berlin(25, 14))

    assert asked(step) > before
    assert cast.member["lena"] not in asked(step)
    assert cast.member["rashid"] not in asked(step)


def test_where_nobody_is_above_the_same_people_are_reminded_once_more(
    cast: Cast, waiting: Requisition
) -> None:
    for who in ("helena", "ines"):
        set_absence(
            member(cast, who),
            starts_at=cast.now,
            ends_at=cast.now + timedelta(days=20),
            actor=cast.ines,
            now=cast.now,
        )
    step = pending_step(waiting)
    remind_due_steps(now=berlin(25, 10))
    assert remind_due_steps(now=berlin(25, 14)) == 1
    assert remind_due_steps(now=berlin(25, 18)) == 0

    assert [one["reminder"] for one in told("step.reminded")] == [2, 3]
    assert told("step.escalated") == []
    assert asked(step) == {cast.member["rashid"]}


def test_those_who_were_asked_by_escalation_stay_when_steps_are_staffed_anew(
    cast: Cast, waiting: Requisition
) -> None:
    step = pending_step(waiting)
    remind_due_steps(now=berlin(25, 10))
    remind_due_steps(now=berlin(25, 14))
    set_absence(
        member(cast, "rashid"),
        starts_at=berlin(25, 15),
        ends_at=berlin(29, 15),
        actor=cast.rashid,
        now=berlin(25, 15),
    )

    assert cast.member["helena"] in asked(step)


def test_nothing_is_due_in_a_company_that_is_suspended(cast: Cast, waiting: Requisition) -> None:
    companies = Company.objects.filter(pk=cast.company["meridian"])
    companies.update(status=Company.Status.SUSPENDED)
    assert remind_due_steps(now=berlin(27, 14)) == 0

    companies.update(status=Company.Status.ACTIVE)
    assert remind_due_steps(now=berlin(27, 14)) == 1


def test_reminders_cost_no_budget_and_no_outsider_hears_of_them(
    cast: Cast, waiting: Requisition
) -> None:
    before = list(Budget.objects.values_list("id", "reserved_minor"))
    remind_due_steps(now=berlin(25, 10))

    assert list(Budget.objects.values_list("id", "reserved_minor")) == before
    reminded = Event.objects.filter(type="step.reminded")
    assert set(reminded.values_list("company_id", flat=True)) == {cast.company["meridian"]}
    assert Unit.objects.filter(pk=waiting.unit_id, company_id=waiting.company_id).exists()
