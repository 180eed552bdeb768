"""One approval for several: inside its envelope a later occurrence is covered, else it is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from placet.carts.lists.actions import add_list_line, change_list_line, remove_list_line
from placet.carts.lists.queries import get_list, get_list_line
from placet.carts.models import Schedule
from placet.carts.schedules.actions import change_schedule, resume_schedule
from placet.carts.schedules.values import ScheduleValues
from placet.catalog.models import Price, StoreTerms
from placet.companies.models import Company, Member, RoleGrant, Unit
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.policy import envelope as policy
from placet.requisitions import covering
from placet.requisitions.actions import (
    apply_due_decisions,
    run_due_schedules,
    withdraw_envelope,
)
from placet.requisitions.models import CarryOver, Requisition, StandingOccurrence, Step
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import answer, asked, pending_step
from tests.requisitions.schedules import (
    AT_WORK,
    MONDAY,
    WEEK,
    again,
    bought,
    occur,
    standing,
    with_envelope,
)

pytestmark = pytest.mark.django_db
Status = Requisition.Status


def say(requisition: Requisition, kind: str, *, actor: Actor, now: datetime, **more: str) -> None:
    """An answer, and the moment after which it cannot be undone any more."""
    answer(requisition, kind, actor=actor, now=now, **more)
    apply_due_decisions(now=now + timedelta(seconds=11))


def approve_all(cast: Cast, requisition: Requisition, *, now: Any = AT_WORK) -> None:
    """Whoever is asked says yes, until it is ordered."""
    while Requisition.objects.get(pk=requisition.pk).status == Status.PENDING:
        who = sorted(asked(cast, requisition))[0]
        say(requisition, "approve", actor=getattr(cast, who), now=now)
    assert Requisition.objects.get(pk=requisition.pk).status == Status.ORDERED


def approved_once(cast: Cast, **changes: Any) -> Schedule:
    """A schedule whose first occurrence Rashid and biomedical engineering approved."""
    schedule = with_envelope(cast, **changes)
    approve_all(cast, bought(schedule))
    return schedule


def lines(cast: Cast, schedule: Schedule, sku: str) -> Any:
    row = again(cast, schedule).purchase_list.lines.get(product__sku=sku)
    return get_list_line(cast.lena, schedule.purchase_list_id, row.pk)


def price(sku: str, minor: int) -> None:
    rows = Price.objects.filter(product__sku=sku, price_list__is_default=False)
    rows.filter(from_quantity__in=[1, 10]).update(unit_price_minor=minor)


def verified() -> None:
    assert verify() == []


def test_the_first_occurrence_states_what_its_approval_covers(cast: Cast) -> None:
    schedule = with_envelope(cast)
    requisition = bought(schedule)
    assert requisition.revision is not None
    stated = read_content(requisition.revision.content).envelope
    assert stated == (schedule.pk, 1_000_00, 500, "2027-05-31", 26)
    assert asked(cast, requisition) == {"rashid"}


def test_later_occurrences_are_ordered_on_the_approvals_that_were_given(cast: Cast) -> None:
    schedule = approved_once(cast)
    for number in (1, 2, 3):
        later = bought(schedule, number)
        assert later.status == Status.ORDERED
        carried = CarryOver.objects.filter(step__requisition=later)
        assert {row.reason for row in carried} == {"within_envelope"}
        # Each refers to what a human decided, never to what was carried.
        first = {row.decision.step.requisition_id for row in carried}
        assert first == {Requisition.objects.earliest("submitted_at", "pk").pk}
    assert Order.objects.count() == 4
    verified()


def test_without_an_envelope_each_one_is_approved_anew(cast: Cast) -> None:
    schedule = standing(cast)
    approve_all(cast, bought(schedule))
    assert bought(schedule, 1).status == Status.PENDING


def test_nothing_is_covered_before_the_first_one_is_ordered(cast: Cast) -> None:
    schedule = with_envelope(cast)
    first = bought(schedule)
    say(first, "approve", actor=cast.rashid, now=AT_WORK)
    assert bought(schedule, 1).status == Status.PENDING
    assert asked(cast, bought_at(schedule, 2)) == {"rashid"}


def bought_at(schedule: Schedule, number: int) -> Requisition:
    row = schedule.occurrences.get(number=number)
    found = row.requisition
    assert found is not None
    return Requisition.objects.get(pk=found.pk)


def test_dearer_within_the_envelope_is_covered_and_beyond_it_is_not(cast: Cast) -> None:
    schedule = approved_once(cast)
    price("GLV-M", 787)
    assert bought(schedule, 1).status == Status.ORDERED
    # Five percent of what was decided, not of the occurrence before.
    price("GLV-M", 788)
    assert occur(schedule, 2).problem == "price"
    resume_schedule(again(cast, schedule), actor=cast.lena, now=AT_WORK)
    assert bought(schedule, 3).status == Status.PENDING
    verified()


def _denser(cast: Cast, schedule: Schedule) -> None:
    """Every week until the 14th of December was approved: twice more. Now it is every day."""
    values = ScheduleValues(
        kind="standing",
        every="day",
        every_count=1,
        starts_on=MONDAY + timedelta(days=1),
        ship_to_id=cast.address["ICU dock"],
        cost_center_id=cast.cost_center["meridian/4410"],
        po_number="PR-88121",
        rise_basis_points=500,
        envelope_total_minor=1_000_00,
        envelope_until_on=MONDAY + 2 * WEEK,
    )
    change_schedule(again(cast, schedule), values=values, actor=cast.lena, now=AT_WORK)


def test_a_denser_rhythm_covers_no_more_occurrences_than_were_approved(cast: Cast) -> None:
    schedule = approved_once(cast, envelope_until_on=MONDAY + 2 * WEEK)
    _denser(cast, schedule)
    states = []
    for day in (1, 2, 3, 4):
        run_due_schedules(now=AT_WORK + timedelta(days=day))
        found = StandingOccurrence.objects.filter(schedule=schedule).latest("number").requisition
        assert found is not None
        states.append(Requisition.objects.get(pk=found.pk).status)
    assert states == [Status.ORDERED, Status.ORDERED, Status.PENDING, Status.PENDING]
    verified()


def _more(cast: Cast, schedule: Schedule) -> None:
    line = lines(cast, schedule, "GLV-M")
    change_list_line(line, quantity=13, actor=cast.lena, now=cast.now)


def _something_else(cast: Cast, schedule: Schedule) -> None:
    wanted = get_list(cast.lena, schedule.purchase_list_id)
    add_list_line(wanted, sku="PEN-B", quantity=1, actor=cast.lena, now=cast.now)


def _elsewhere(cast: Cast, schedule: Schedule) -> None:
    Schedule.objects.filter(pk=schedule.pk).update(ship_to=cast.address["Main store"])


def _other_cost_center(cast: Cast, schedule: Schedule) -> None:
    center = cast.cost_center["meridian/9000"]
    Schedule.objects.filter(pk=schedule.pk).update(cost_center=center)


def _rulebook_changed(cast: Cast, schedule: Schedule) -> None:
    meridian = Company.objects.get(slug="meridian")
    rulebook = Rulebook.objects.get(company=meridian)
    changed = {**MERIDIAN, "rules": [dict(rule) for rule in MERIDIAN["rules"]]}
    changed["rules"][0]["name"] = {"en": "The same rule, published anew"}
    publish_rulebook(rulebook, document=changed, actor=system_of(meridian), now=AT_WORK)


def _approvers_left(cast: Cast, schedule: Schedule) -> None:
    meridian = [cast.member["rashid"], cast.member["jonas"], cast.member["anika"]]
    RoleGrant.objects.filter(member_id__in=meridian).delete()
    Unit.objects.filter(head_id=cast.member["rashid"]).update(head_id=cast.member["mei"])


def _withdrawn(cast: Cast, schedule: Schedule) -> None:
    withdraw_envelope(again(cast, schedule), actor=cast.rashid, now=AT_WORK + timedelta(hours=1))


def _other_unit(cast: Cast, schedule: Schedule) -> None:
    Member.objects.filter(pk=cast.member["lena"]).update(unit=Unit.objects.get(code="icu"))


def _over_total(cast: Cast, schedule: Schedule) -> None:
    """The same content, but the approvers only allowed this much: shipping was free then."""
    StoreTerms.objects.filter(currency="EUR").update(
        free_shipping_from_minor=None, shipping_fee_minor=2_000_00
    )


def _over_what_was_approved(cast: Cast, schedule: Schedule) -> None:
    """The owner states a higher limit since; what was approved is the lower one."""
    _over_total(cast, schedule)
    Schedule.objects.filter(pk=schedule.pk).update(envelope_total_minor=9_000_00)


OUTSIDE = {
    "more of a product": _more,
    "another product": _something_else,
    "another ship-to": _elsewhere,
    "another cost centre": _other_cost_center,
    "another version of the rules": _rulebook_changed,
    "the approvers are others": _approvers_left,
    "the approver took it back": _withdrawn,
    "another unit": _other_unit,
    "more than the stated total": _over_total,
    "more than the total that was approved": _over_what_was_approved,
}


@pytest.mark.parametrize("spoil", OUTSIDE.values(), ids=list(OUTSIDE))
def test_outside_the_envelope_it_is_approved_anew(
    cast: Cast, spoil: Callable[[Cast, Schedule], None]
) -> None:
    schedule = approved_once(cast)
    spoil(cast, schedule)
    later = bought(schedule, 1)
    assert later.status == Status.PENDING
    first = later.steps.order_by("position").first()
    assert first is not None
    assert first.status == Step.Status.PENDING
    if spoil is not _rulebook_changed:
        assert not CarryOver.objects.filter(step__requisition=later, step=first).exists()
    verified()


def test_fewer_and_cheaper_is_covered(cast: Cast) -> None:
    schedule = approved_once(cast)
    change_list_line(lines(cast, schedule, "GLV-M"), quantity=10, actor=cast.lena, now=cast.now)
    assert bought(schedule, 1).status == Status.ORDERED
    remove_list_line(lines(cast, schedule, "GLV-M"), actor=cast.lena, now=cast.now)
    assert bought(schedule, 2).status == Status.ORDERED
    verified()


def test_it_ends_with_its_last_day(cast: Cast) -> None:
    schedule = approved_once(cast, total=1_000_00)
    Schedule.objects.filter(pk=schedule.pk).update(envelope_until_on=date(2027, 12, 31))
    assert bought(schedule, 26).status == Status.ORDERED  # the last Monday of May 2027
    assert bought(schedule, 27).status == Status.PENDING


def test_a_higher_limit_that_nobody_approved_covers_nothing_more(cast: Cast) -> None:
    schedule = approved_once(cast, total=820_00)
    Schedule.objects.filter(pk=schedule.pk).update(
        envelope_total_minor=5_000_00, envelope_price_basis_points=5_000
    )
    price("GLV-M", 900)
    later = bought(schedule, 1)
    assert later.status == Status.PENDING
    # Approved in its turn, it is what later ones are compared with.
    approve_all(cast, later, now=AT_WORK + WEEK)
    assert bought(schedule, 2).status == Status.ORDERED
    verified()


def test_a_later_no_of_the_same_person_takes_the_earlier_yes_away(cast: Cast) -> None:
    schedule = approved_once(cast)
    _more(cast, schedule)
    refused = bought(schedule, 1)
    say(refused, "reject", actor=cast.rashid, now=AT_WORK + WEEK, reason="Not any more.")
    change_list_line(lines(cast, schedule, "GLV-M"), quantity=12, actor=cast.lena, now=cast.now)
    assert bought(schedule, 2).status == Status.PENDING


def test_it_is_taken_back_by_its_approvers_and_its_owner_alone(cast: Cast) -> None:
    schedule = approved_once(cast)
    for stranger in (cast.pavel, cast.mei, cast.helena, cast.ines, cast.ola, cast.odd):
        with pytest.raises(Forbidden):
            withdraw_envelope(schedule, actor=stranger, now=AT_WORK)
    withdraw_envelope(schedule, actor=cast.lena, now=AT_WORK + timedelta(hours=1))
    assert bought(schedule, 1).status == Status.PENDING


def test_an_approver_who_fills_the_list_covers_nothing(cast: Cast) -> None:
    """Who shapes the content never approves it: the owner of the schedule is its author."""
    schedule = approved_once(cast)
    first = Requisition.objects.get()
    assert first.revision is not None
    assert first.revision.authors == [cast.user["lena"]]
    values = schedule  # its own values, written by somebody else
    with pytest.raises(Forbidden):
        change_schedule(
            again(cast, schedule),
            values=values,  # type: ignore[arg-type]
            actor=cast.rashid,
            now=AT_WORK,
        )


def test_the_edit_of_an_occurrence_is_judged_by_the_same_envelope(cast: Cast) -> None:
    schedule = approved_once(cast)
    _more(cast, schedule)
    later = bought(schedule, 1)
    assert later.revision is not None
    stated = read_content(later.revision.content).envelope
    assert stated is not None
    assert stated.schedule == schedule.pk
    assert pending_step(later).status == Step.Status.PENDING


MUTANTS: dict[str, tuple[Any, str, Any, Callable[[Cast, Schedule], None]]] = {
    "nothing lies outside": (covering, "find_excess", lambda *_given: "", _something_else),
    "the stated total is ignored": (
        covering,
        "find_excess",
        lambda before, after, limit: policy.find_excess(
            before, after, limit._replace(total_minor=10**12)
        ),
        _over_what_was_approved,
    ),
    "what was taken back still counts": (
        covering,
        "_withdrawn_at",
        lambda *_given: None,
        _withdrawn,
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_each_check_is_needed(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """With one check gone the same occurrence is covered at some step, and that is wrong."""
    place, attribute, mutant, spoil = MUTANTS[name]
    schedule = approved_once(cast)
    spoil(cast, schedule)
    with monkeypatch.context() as patched:
        patched.setattr(place, attribute, mutant)
        later = bought(schedule, 1)
        assert CarryOver.objects.filter(step__requisition=later).exists()
    # Verification asks the rule again, and finds what slipped through.
    assert {finding.code for finding in verify()} >= {"carried_wrongly"}
