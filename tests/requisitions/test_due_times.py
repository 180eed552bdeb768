"""When a step is due: as the plan said, in the working time of those who answer."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.models import Company, Member
from placet.jobs.verify import verify
from placet.plans.describe import describe_plan
from placet.plans.planner import plan_cart
from placet.requisitions.actions import remind_due_steps, set_absence
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


def told_due(cart: Cart, cast: Cast, now: datetime) -> list[datetime]:
    """What the panel beside the cart says."""
    planned = plan_cart(cart, price_cart(cart, now=now), actor=cast.lena, now=now)
    described = describe_plan(
        planned.plan,
        company_id=cast.company["meridian"],
        language="en",
        time_zone="Europe/Berlin",
        now=now,
    )
    return [step.due_at for step in described.steps]


def test_the_plan_says_the_moment_at_which_the_step_is_then_due(cast: Cast) -> None:
    Member.objects.filter(pk=cast.member["rashid"]).update(
        time_zone="America/New_York", working_days=[1, 2, 3], work_starts=time(8)
    )
    Member.objects.filter(pk=cast.member["rashid"]).update(work_ends=time(12))
    cart = fill_cart(cast, (DRESSING, 50))
    (told,) = told_due(cart, cast, cast.now)
    step = pending_step(submit(cart, actor=cast.lena, now=cast.now))

    # Tuesday and Wednesday, eight to twelve in New York.
    assert step.due_at == told == datetime(2026, 11, 25, 17, tzinfo=UTC)
    assert step.remind_at == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_of_three_the_first_who_has_had_the_hours_counts(cast: Cast) -> None:
    """Anika works on Mondays only; any one of three is enough."""
    Member.objects.filter(pk=cast.member["anika"]).update(working_days=[1])
    cart = fill_cart(cast, (INFUSION_SET, 10))
    _first, told = told_due(cart, cast, cast.now)
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    assert told < datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_holidays_and_closed_days_of_the_company_do_not_count(cast: Cast) -> None:
    """Tuesday 22 December: closed from the 24th, Christmas on Friday, then a weekend."""
    Company.objects.filter(pk=cast.company["meridian"]).update(
        holiday_country="DE", closed_days=["2026-12-24"]
    )
    start = datetime(2026, 12, 23, 12, tzinfo=UTC)
    cart = fill_cart(cast, (DRESSING, 50))
    step = pending_step(submit(cart, actor=cast.lena, now=start))

    assert step.due_at == datetime(2026, 12, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # Friday 15:00 in Berlin, and on Monday the clocks have been put forward, or back.
        (datetime(2026, 3, 27, 14, tzinfo=UTC), datetime(2026, 3, 30, 13, tzinfo=UTC)),
        (datetime(2026, 10, 23, 13, tzinfo=UTC), datetime(2026, 10, 26, 14, tzinfo=UTC)),
    ],
)
def test_the_change_of_the_clock_neither_takes_nor_gives_time(
    cast: Cast, start: datetime, due: datetime
) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    step = pending_step(submit(cart, actor=cast.lena, now=start))

    assert step.due_at == due
    assert remind_due_steps(now=due - timedelta(seconds=1)) == 1
    assert remind_due_steps(now=due) == 1


def test_who_goes_away_meanwhile_keeps_no_timer_from_running(cast: Cast) -> None:
    """Rashid is away from the afternoon on: Helena is asked, and reminded in his place."""
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    before = pending_step(requisition)
    set_absence(
        member(cast, "rashid"),
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=9),
        actor=cast.rashid,
        now=cast.now + timedelta(hours=1),
    )
    after = pending_step(requisition)
    assert (after.due_at, after.remind_at) == (before.due_at, before.remind_at)
    asked = StepAssignment.objects.filter(step=after, is_open=True)
    assert cast.member["helena"] in set(asked.values_list("member_id", flat=True))

    assert remind_due_steps(now=after.remind_at or cast.now) == 1
    assert verify() == []


def test_a_step_without_a_timer_is_found(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    Step.objects.filter(requisition=requisition).update(remind_at=None)

    assert [finding.code for finding in verify()] == ["timer_missing"]
    assert Requisition.objects.filter(pk=requisition.pk, status="pending").exists()
