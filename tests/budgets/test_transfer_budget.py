"""Moving, adjusting, changing and closing: who may, and what the ledger says afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from placet.budgets.actions import (
    BudgetOutdated,
    NotEnoughLeft,
    adjust_budget,
    change_budget,
    close_budget,
    commit_reservations,
    refund_reservations,
    transfer_budget,
)
from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.companies.actions import create_role, grant_role
from placet.companies.models import Member, Unit
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify.ledger import check_ledger
from tests.budgets.ground import fresh, make_budget, meridian, system, take
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def move(cast: Cast, source: Budget, target: Budget, amount: int, **more: Any) -> Any:
    """Ines moves an amount for a reason."""
    wish: dict[str, Any] = {"reason": "Beds closed", "actor": cast.ines, "now": NOW, **more}
    return transfer_budget(source.pk, target_id=target.pk, amount_minor=amount, **wish)


def unit_admin(cast: Cast) -> Actor:
    """Pavel, who manages the budgets of intensive care and below."""
    role = create_role(
        meridian(),
        key="icu-budgets",
        name="ICU budgets",
        permissions=["budget.manage", "budget.view"],
        actor=system(),
        now=NOW,
    )
    pavel = Member.objects.get(pk=cast.member["pavel"])
    grant_role(
        pavel, role=role, unit=Unit.objects.get(pk=cast.unit["icu"]), actor=system(), now=NOW
    )
    return get_actor(user_id=pavel.user_id, company_slug="meridian", channel="web")


def test_a_transfer_is_two_postings_that_add_up_to_nothing(cast: Cast) -> None:
    source, target = make_budget(cast), make_budget(cast, name="Another")
    transfer = move(cast, source, target, 40_00)
    assert (fresh(source).amount_minor, fresh(target).amount_minor) == (60_00, 140_00)
    assert transfer.given.amount_minor + transfer.got.amount_minor == 0
    assert {transfer.given.reason, transfer.got.reason} == {"Beds closed"}
    assert list(check_ledger()) == []


def test_only_what_is_left_can_be_given(cast: Cast) -> None:
    source, target = make_budget(cast), make_budget(cast)
    take(cast, [source], 70_00, "a")
    with pytest.raises(NotEnoughLeft):
        move(cast, source, target, 30_01)
    move(cast, source, target, 30_00)
    assert fresh(source).left_minor == 0


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1])
def test_amounts_that_are_none(cast: Cast, amount: int) -> None:
    with pytest.raises(InvalidInput):
        move(cast, make_budget(cast), make_budget(cast), amount)


def test_a_transfer_needs_a_reason_and_another_budget_of_the_same_currency(cast: Cast) -> None:
    budget = make_budget(cast)
    with pytest.raises(InvalidInput, match="fill"):
        move(cast, budget, make_budget(cast), 1, reason="  ")
    with pytest.raises(InvalidInput, match="another"):
        move(cast, budget, budget, 1)
    with pytest.raises(InvalidInput, match="currency"):
        move(cast, budget, make_budget(cast, currency="PLN"), 1)
    assert fresh(budget).amount_minor == 100_00


def test_nobody_else_moves_and_strangers_find_nothing(cast: Cast) -> None:
    source, target = make_budget(cast), make_budget(cast)
    for somebody in (cast.lena, cast.rashid, cast.aron):
        with pytest.raises(Forbidden):
            move(cast, source, target, 1, actor=somebody)
    for stranger in (cast.jan, cast.odd, cast.minjun):
        with pytest.raises(NotFound):
            move(cast, source, target, 1, actor=stranger)
        with pytest.raises(NotFound):
            adjust_budget(source.pk, change_minor=1, reason="x", actor=stranger, now=NOW)
        with pytest.raises(NotFound):
            close_budget(source.pk, actor=stranger, now=NOW)


def test_who_manages_a_unit_manages_its_budgets_and_no_others(cast: Cast) -> None:
    admin = unit_admin(cast)
    own = make_budget(cast, owner_kind="unit", owner_ref=cast.unit["icu-4"])
    other = make_budget(cast, owner_kind="unit", owner_ref=cast.unit["biomed"])
    whole = make_budget(cast)
    center = make_budget(
        cast, owner_kind="cost_center", owner_ref=cast.cost_center["meridian/4410"]
    )
    move(cast, own, center, 10_00, actor=admin)
    for foreign in (other, whole):
        for source, target in ((own, foreign), (foreign, own)):
            with pytest.raises(Forbidden):
                move(cast, source, target, 1, actor=admin)
        with pytest.raises(Forbidden):
            adjust_budget(foreign.pk, change_minor=1, reason="x", actor=admin, now=NOW)
        with pytest.raises(Forbidden):
            change_budget(foreign.pk, version=None, name="Mine", actor=admin, now=NOW)


def test_nobody_decides_on_the_budget_of_their_own_purchases(cast: Cast) -> None:
    admin = unit_admin(cast)
    own = make_budget(cast, owner_kind="member", owner_ref=admin.member_id)
    colleague = make_budget(cast, owner_kind="member", owner_ref=cast.member["lena"])
    with pytest.raises(Forbidden, match="own purchases"):
        move(cast, colleague, own, 1, actor=admin)
    with pytest.raises(Forbidden, match="own purchases"):
        adjust_budget(own.pk, change_minor=1, reason="x", actor=admin, now=NOW)
    with pytest.raises(Forbidden, match="own purchases"):
        make_budget(cast, owner_kind="member", owner_ref=admin.member_id, actor=admin)
    adjust_budget(colleague.pk, change_minor=1, reason="x", actor=admin, now=NOW)


def test_owners_of_other_companies_do_not_exist(cast: Cast) -> None:
    for kind, ref in (
        ("unit", cast.unit["warsaw"]),
        ("member", cast.member["ola"]),
        ("cost_center", cast.cost_center["kowalski/4410"]),
        ("category", "cat_unknown"),
        ("planet", "x"),
        ("member", cast.member["gone"]),
    ):
        with pytest.raises(InvalidInput):
            make_budget(cast, owner_kind=kind, owner_ref=ref)
    with pytest.raises(InvalidInput):
        make_budget(cast, responsible_id=cast.member["ola"])


def test_a_change_needs_the_version_that_was_read(cast: Cast) -> None:
    budget = make_budget(cast)
    read = fresh(budget).version
    change_budget(budget.pk, version=read, mode="block", name="Narrow", actor=cast.ines, now=NOW)
    with pytest.raises(BudgetOutdated):
        change_budget(budget.pk, version=read, mode="warn", actor=cast.ines, now=NOW)
    assert (fresh(budget).mode, fresh(budget).name) == ("block", "Narrow")
    with pytest.raises(InvalidInput):
        change_budget(budget.pk, version=None, mode="maybe", actor=cast.ines, now=NOW)


def test_a_closed_budget_still_settles_what_waits_and_takes_nothing_new(cast: Cast) -> None:
    budget = make_budget(cast)
    take(cast, [budget], 30_00, "a")
    close_budget(budget.pk, actor=cast.ines, now=NOW)
    with pytest.raises(Conflict):
        take(cast, [budget], 1, "b")
    with pytest.raises(Conflict):
        adjust_budget(budget.pk, change_minor=1, reason="x", actor=cast.ines, now=NOW)
    assert commit_reservations("req_a", actor=cast.lena, now=NOW) == 1
    assert fresh(budget).committed_minor == 30_00


def test_an_order_cancelled_later_gives_back_once(cast: Cast) -> None:
    budget = make_budget(cast)
    take(cast, [budget], 30_00, "a")
    assert refund_reservations("req_a", actor=cast.lena, now=NOW) == 0  # not ordered yet
    commit_reservations("req_a", actor=cast.lena, now=NOW)
    assert refund_reservations("req_a", actor=cast.lena, now=NOW) == 1
    assert refund_reservations("req_a", actor=cast.lena, now=NOW) == 0
    assert (fresh(budget).committed_minor, fresh(budget).left_minor) == (0, 100_00)
    assert list(check_ledger()) == []


def test_less_ordered_than_reserved_releases_the_remainder(cast: Cast) -> None:
    budget = make_budget(cast)
    take(cast, [budget], 30_00, "a")
    commit_reservations("req_a", ordered={budget.pk: 20_00}, actor=cast.lena, now=NOW)
    kinds = LedgerEntry.objects.filter(reservation__budget=budget).values_list(
        "kind", "amount_minor"
    )
    assert set(kinds) == {("reserve", 30_00), ("commit", 20_00), ("release", 10_00)}
    assert Reservation.objects.get().committed_minor == 20_00
    assert fresh(budget).left_minor == 80_00
    assert list(check_ledger()) == []


def test_a_threshold_is_told_once_a_period(cast: Cast) -> None:
    budget = make_budget(cast, alert_percents=[50, 100])
    for key, amount in (("a", 49_99), ("b", 1), ("c", 60_00), ("d", 1)):
        take(cast, [budget], amount, key)
    told = Event.objects.filter(type="budget.threshold_reached").order_by("seq")
    assert [event.payload.count('"percent":50') for event in told] == [1, 0]
    assert told.count() == 2


def test_a_lowered_amount_reaches_a_threshold_too(cast: Cast) -> None:
    budget = make_budget(cast)
    take(cast, [budget], 70_00, "a")
    assert not budget.alerts.exists()
    adjust_budget(budget.pk, change_minor=-15_00, reason="Cut", actor=cast.ines, now=NOW)
    assert list(budget.alerts.values_list("percent", flat=True)) == [80]


@pytest.mark.parametrize("change", [0, -100_01, 10**15 + 1])
def test_changes_of_the_amount_that_make_no_sense(cast: Cast, change: int) -> None:
    budget = make_budget(cast)
    with pytest.raises(InvalidInput):
        adjust_budget(budget.pk, change_minor=change, reason="x", actor=cast.ines, now=NOW)
    assert fresh(budget).amount_minor == 100_00


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": "a\x00b"},
        {"currency": "euro"},
        {"currency": ""},
        {"amount_minor": -1},
        {"amount_minor": 10**15 + 1},
        {"period": "fortnight"},
        {"rollover": "twice"},
        {"alert_percents": [0]},
        {"alert_percents": [501]},
        {"alert_percents": list(range(1, 12))},
        {"basis": "gros"},
        {"ends_at": None},
    ],
)
def test_values_that_no_budget_can_have(cast: Cast, values: dict[str, Any]) -> None:
    before = Budget.objects.count()
    with pytest.raises(InvalidInput):
        make_budget(cast, **values)
    assert Budget.objects.count() == before
