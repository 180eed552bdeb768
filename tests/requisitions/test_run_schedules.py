"""What is due of a schedule happens once, for its owner, or pauses and says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from placet.budgets.models import Budget
from placet.carts.lists.actions import add_list_line, archive_list, change_list_line, share_list
from placet.carts.lists.queries import get_list, get_list_line
from placet.carts.models import Cart, Schedule
from placet.carts.schedules.actions import (
    change_schedule,
    create_schedule,
    end_schedule,
    pause_schedule,
    resume_schedule,
    skip_occurrence,
)
from placet.carts.schedules.queries import get_schedule
from placet.carts.schedules.values import ScheduleValues
from placet.catalog.models import Price, Product
from placet.companies.actions import deactivate_member
from placet.companies.models import Address, Company, Member, ReferenceField, RoleGrant
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.orders.content import read_content
from placet.requisitions.actions import run_due_schedules, run_schedule
from placet.requisitions.models import Requisition, StandingOccurrence
from tests.cast import Cast
from tests.cast_people import system_of
from tests.requisitions.road import asked
from tests.requisitions.schedules import (
    AT_WORK,
    MONDAY,
    WEEK,
    again,
    bought,
    occur,
    standing,
    ward_list,
)

pytestmark = pytest.mark.django_db


def test_an_occurrence_is_a_requisition_of_its_owner_that_asks_who_has_to_be_asked(
    cast: Cast,
) -> None:
    schedule = standing(cast)
    assert run_due_schedules(now=AT_WORK - timedelta(hours=3)) == 0
    requisition = bought(schedule)
    assert requisition.requester_id == cast.member["lena"]
    assert asked(cast, requisition) == {"rashid"}
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    assert (content.source, content.po_number, content.envelope) == ("standing", "PR-88121", None)
    assert [(line.sku, line.quantity) for line in content.lines] == [("GLV-M", 12), ("INF-SET", 5)]
    assert requisition.revision.authors == [cast.user["lena"]]
    submitted = Event.objects.get(type="requisition.submitted", subject=requisition.pk)
    assert (submitted.channel, submitted.actor_member) == ("schedule", cast.member["lena"])


def test_it_happens_once_however_often_the_timetable_looks(cast: Cast) -> None:
    schedule = standing(cast)
    assert [run_due_schedules(now=AT_WORK) for _time in range(3)] == [1, 0, 0]
    # Clocks that go back see nothing that is due.
    assert run_due_schedules(now=AT_WORK - 2 * WEEK) == 0
    assert not run_schedule(schedule.pk, now=AT_WORK - timedelta(minutes=1))
    assert StandingOccurrence.objects.filter(schedule=schedule).count() == 1
    assert again(cast, schedule).next_on == MONDAY + WEEK


def test_after_a_standstill_what_was_missed_is_bought_once(cast: Cast) -> None:
    schedule = standing(cast)
    run_due_schedules(now=AT_WORK + 5 * WEEK + timedelta(days=1))
    assert Requisition.objects.count() == 1
    assert again(cast, schedule).next_on == MONDAY + 6 * WEEK


def test_a_holiday_moves_it_to_the_next_working_day_and_not_the_rhythm(cast: Cast) -> None:
    Company.objects.filter(slug="meridian").update(closed_days=["2026-11-30", "2026-12-01"])
    schedule = standing(cast)
    assert schedule.due_at.isoformat() == "2026-12-02T09:00:00+01:00"
    assert run_due_schedules(now=AT_WORK + timedelta(days=1)) == 0
    assert run_due_schedules(now=AT_WORK + timedelta(days=2)) == 1
    assert again(cast, schedule).next_on == date(2026, 12, 7)


def test_a_day_that_is_closed_afterwards_is_respected(cast: Cast) -> None:
    schedule = standing(cast)
    Company.objects.filter(slug="meridian").update(closed_days=["2026-11-30"])
    assert run_due_schedules(now=AT_WORK) == 1  # looked at, and put off
    assert not StandingOccurrence.objects.exists()
    assert run_due_schedules(now=AT_WORK + timedelta(days=1)) == 1
    assert StandingOccurrence.objects.get().due_on == MONDAY
    assert schedule.number == 0


def test_the_hour_is_that_of_the_companys_clock_on_either_side_of_its_change(cast: Cast) -> None:
    schedule = standing(cast, starts_on=date(2027, 3, 26))
    moments = [again(cast, schedule).due_at]
    run_due_schedules(now=moments[0])
    moments.append(again(cast, schedule).due_at)
    assert [moment.isoformat() for moment in moments] == [
        "2027-03-26T08:00:00+00:00",
        "2027-04-02T07:00:00+00:00",
    ]


def test_a_reminder_buys_nothing(cast: Cast) -> None:
    wanted = ward_list(cast)
    values = ScheduleValues("reminder", "month", 1, MONDAY)
    schedule = create_schedule(wanted, values=values, actor=cast.lena, now=cast.now)
    occurrence = occur(schedule)
    assert (occurrence.requisition, occurrence.problem) == (None, "")
    assert Event.objects.filter(type="schedule.due", subject=schedule.pk).count() == 1
    assert not Cart.objects.exists()
    assert again(cast, schedule).next_on == date(2026, 12, 30)


def test_the_last_one_ends_it(cast: Cast) -> None:
    schedule = standing(cast, ends_on=MONDAY + timedelta(days=3))
    bought(schedule)
    assert again(cast, schedule).status == Schedule.Status.ENDED
    assert run_due_schedules(now=AT_WORK + WEEK) == 0


def _left(cast: Cast) -> None:
    lena = Member.objects.get(pk=cast.member["lena"])
    system = system_of(Company.objects.get(slug="meridian"))
    deactivate_member(lena, actor=system, now=cast.now)


def _no_right(cast: Cast) -> None:
    RoleGrant.objects.filter(member_id=cast.member["lena"]).delete()


def _discontinued(cast: Cast) -> None:
    Product.objects.filter(sku="GLV-M").update(status=Product.Status.DISCONTINUED)


def _without_price(cast: Cast) -> None:
    Price.objects.filter(product__sku="GLV-M").delete()


def _sold_out(cast: Cast) -> None:
    Product.objects.filter(sku="GLV-M").update(stock=0, sells_beyond_stock=False)


def _dearer(cast: Cast) -> None:
    Price.objects.filter(product__sku="GLV-M", unit_price_minor=750).update(unit_price_minor=788)


def _place_closed(cast: Cast) -> None:
    Address.objects.filter(pk=cast.address["ICU dock"]).update(closed_at=cast.now)


def _new_reference(cast: Cast) -> None:
    ReferenceField.objects.create(
        created_at=cast.now,
        company_id=cast.company["meridian"],
        key="project",
        name="Project",
        kind=ReferenceField.Kind.TEXT,
        is_required=True,
        position=1,
    )


def _other_po_form(cast: Cast) -> None:
    Company.objects.filter(slug="meridian").update(po_pattern=r"PO-\d{3}")


def _no_budget(cast: Cast) -> None:
    Budget.objects.filter(name="ICU consumables Q4").update(mode="block", amount_minor=1_000)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (_left, "owner_gone"),
        (_no_right, "right_lost"),
        (_discontinued, "discontinued"),
        (_without_price, "not_for_sale"),
        (_sold_out, "out_of_stock"),
        (_dearer, "price"),
        (_place_closed, "place"),
        (_new_reference, "references"),
        (_other_po_form, "references"),
        (_no_budget, "budget"),
    ],
)
def test_what_cannot_be_bought_pauses_with_the_reason_and_leaves_no_cart(
    cast: Cast, spoil: object, problem: str
) -> None:
    schedule = standing(cast)
    spoil(cast)  # type: ignore[operator]
    occurrence = occur(schedule)
    assert (occurrence.problem, occurrence.requisition) == (problem, None)
    stopped = Schedule.objects.get(pk=schedule.pk)
    assert (stopped.status, stopped.problem, stopped.next_on) == ("paused", problem, MONDAY)
    assert Event.objects.filter(type="schedule.stopped", subject=schedule.pk).count() == 1
    assert not Cart.objects.exists()
    assert not Requisition.objects.exists()
    # It waits for somebody: nothing is tried again, and nobody is told again.
    assert run_due_schedules(now=AT_WORK + WEEK) == 0


def test_a_price_within_what_the_owner_allows_does_not_stop_it(cast: Cast) -> None:
    schedule = standing(cast)
    gloves = Price.objects.filter(product__sku="GLV-M", unit_price_minor=750)
    gloves.update(unit_price_minor=787)
    assert bought(schedule)
    # The next one is measured from what the owner saw, not from the last one.
    Price.objects.filter(product__sku="GLV-M", unit_price_minor=787).update(unit_price_minor=825)
    assert occur(schedule, 1).problem == "price"


def test_going_on_buys_what_was_due_and_takes_todays_prices_as_seen(cast: Cast) -> None:
    schedule = standing(cast)
    _dearer(cast)
    occur(schedule)
    with pytest.raises(Forbidden):
        resume_schedule(again(cast, schedule), actor=cast.rashid, now=AT_WORK)
    resume_schedule(again(cast, schedule), actor=cast.lena, now=AT_WORK)
    assert bought(schedule).status == Requisition.Status.PENDING
    assert [one.problem for one in StandingOccurrence.objects.order_by("number")] == ["price", ""]
    assert again(cast, schedule).next_on == MONDAY + WEEK


def test_what_others_put_on_the_list_waits_for_the_owner(cast: Cast) -> None:
    wanted = ward_list(cast)
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_list(wanted, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    schedule = standing(cast, wanted)
    add_list_line(
        get_list(cast.pavel, wanted.pk), sku="INF-PUMP", quantity=3, actor=cast.pavel, now=cast.now
    )
    occurrence = occur(schedule)
    assert (occurrence.problem, occurrence.problem_about) == ("list_changed", ["INF-PUMP"])
    resume_schedule(again(cast, schedule), actor=cast.lena, now=AT_WORK)
    assert bought(schedule)


def test_what_the_owner_puts_on_the_list_needs_no_second_look(cast: Cast) -> None:
    wanted = ward_list(cast)
    schedule = standing(cast, wanted)
    add_list_line(wanted, sku="PEN-B", quantity=3, actor=cast.lena, now=cast.now)
    gloves = wanted.lines.get(product__sku="GLV-M")
    change_list_line(
        get_list_line(cast.lena, wanted.pk, gloves.pk),
        quantity=20,
        actor=cast.lena,
        now=cast.now,
    )
    revision = bought(schedule).revision
    assert revision is not None
    content = read_content(revision.content)
    assert {(line.sku, line.quantity) for line in content.lines} == {
        *(("GLV-M", 20), ("INF-SET", 5), ("PEN-B", 3))
    }


def test_one_occurrence_is_left_out(cast: Cast) -> None:
    schedule = standing(cast)
    skip_occurrence(schedule, actor=cast.lena, now=cast.now)
    assert run_due_schedules(now=AT_WORK) == 0
    assert again(cast, schedule).next_on == MONDAY + WEEK


def test_a_list_that_is_put_away_is_not_bought(cast: Cast) -> None:
    schedule = standing(cast)
    archive_list(get_list(cast.lena, schedule.purchase_list_id), actor=cast.lena, now=cast.now)
    assert run_due_schedules(now=AT_WORK) == 0
    assert again(cast, schedule).status == Schedule.Status.ENDED


def test_nothing_is_due_while_the_company_is_suspended(cast: Cast) -> None:
    schedule = standing(cast)
    Company.objects.filter(slug="meridian").update(status=Company.Status.SUSPENDED)
    assert run_due_schedules(now=AT_WORK) == 0
    Company.objects.filter(slug="meridian").update(status=Company.Status.ACTIVE)
    assert bought(schedule)


def test_only_the_owner_changes_it_and_few_stop_it(cast: Cast) -> None:
    schedule = standing(cast)
    values = ScheduleValues("standing", "month", 2, MONDAY)
    for stranger in (cast.pavel, cast.ola, cast.odd):
        with pytest.raises(NotFound):
            get_schedule(stranger, schedule.pk)
    for actor in (cast.pavel, cast.rashid, cast.ines):
        with pytest.raises(Forbidden):
            change_schedule(again(cast, schedule), values=values, actor=actor, now=cast.now)
        with pytest.raises(Forbidden):
            skip_occurrence(again(cast, schedule), actor=actor, now=cast.now)
        with pytest.raises(Forbidden):
            pause_schedule(again(cast, schedule), actor=actor, now=cast.now)
    with pytest.raises(NotFound):
        end_schedule(again(cast, schedule), actor=cast.ola, now=cast.now)
    changed = change_schedule(again(cast, schedule), values=values, actor=cast.lena, now=cast.now)
    assert (changed.every, changed.every_count, changed.next_on) == ("month", 2, MONDAY)
    pause_schedule(again(cast, schedule), actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        pause_schedule(again(cast, schedule), actor=cast.lena, now=cast.now)
    assert run_due_schedules(now=AT_WORK) == 0
    end_schedule(again(cast, schedule), actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        resume_schedule(again(cast, schedule), actor=cast.lena, now=cast.now)


def test_who_may_not_submit_schedules_reminders_only(cast: Cast) -> None:
    wanted = ward_list(cast)
    mei = Member.objects.get(pk=cast.member["mei"])
    share_list(wanted, member=mei, level="view", actor=cast.lena, now=cast.now)
    seen = get_list(cast.mei, wanted.pk)
    values = ScheduleValues("standing", "week", 1, MONDAY)
    with pytest.raises(Forbidden):
        create_schedule(seen, values=values, actor=cast.mei, now=cast.now)
    reminder = values._replace(kind="reminder")
    assert create_schedule(seen, values=reminder, actor=cast.mei, now=cast.now)
    with pytest.raises(NotFound):
        create_schedule(seen, values=reminder, actor=cast.ola, now=cast.now)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"every": "year"}, "every"),
        ({"every_count": 0}, "every_count"),
        ({"every_count": 37}, "every_count"),
        ({"starts_on": date(2026, 11, 23)}, "starts_on"),
        ({"starts_on": date(2036, 11, 23)}, "starts_on"),
        ({"ends_on": date(2026, 11, 29)}, "ends_on"),
        ({"kind": "gift"}, "kind"),
        ({"rise_basis_points": 5_001}, "rise"),
        ({"envelope_total_minor": 0, "envelope_until_on": MONDAY}, "envelope_total"),
        ({"envelope_total_minor": 100}, "envelope_until_on"),
        (
            {"envelope_total_minor": 100, "envelope_until_on": date(2027, 11, 30)},
            "envelope_until_on",
        ),
        ({"po_number": "x" * 61}, "po_number"),
    ],
)
def test_what_is_no_schedule(cast: Cast, changes: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        standing(cast, **changes)
    assert refused.value.path == path
    assert not Schedule.objects.exists()


def test_places_of_others_are_not_found(cast: Cast) -> None:
    for name in ("Magazyn", "Biomed workshop", "Accounts payable"):
        with pytest.raises(NotFound):
            standing(cast, ship_to_id=cast.address[name])
