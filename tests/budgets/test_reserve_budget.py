"""Reserving: never more than there is in mode *block*, always with a record in the others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from placet.budgets.actions import (
    BudgetExceeded,
    Draw,
    commit_reservations,
    create_budget,
    expire_reservations,
    release_reservations,
    reserve_budgets,
)
from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.companies.models import Company
from placet.core.errors import Forbidden
from placet.jobs.verify.ledger import check_ledger
from tests.cast import NOW, Cast
from tests.cast_people import system_of
from tests.ground import Failed, Ground, race


def make_budget(cast: Cast, mode: str, amount_minor: int) -> Budget:
    """A budget of Meridian for this quarter."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    return create_budget(
        name=f"Budget to {mode}",
        owner_kind=Budget.OwnerKind.COMPANY,
        owner_ref=meridian.pk,
        responsible_id=cast.member["rashid"],
        currency="EUR",
        amount_minor=amount_minor,
        mode=mode,
        starts_at=datetime(2026, 10, 1, tzinfo=UTC),
        ends_at=datetime(2027, 1, 1, tzinfo=UTC),
        actor=system_of(meridian),
        now=NOW,
    )


def reserve(cast: Cast, budgets: list[Budget], amount_minor: int, key: str) -> Any:
    """Reserve the same amount in each budget for a requisition named ``key``."""
    draws = [Draw(budget.pk, amount_minor) for budget in budgets]
    return reserve_budgets(
        f"req_{key}", revision_id=f"rev_{key}", draws=draws, actor=cast.lena, now=NOW
    )


@pytest.mark.django_db
def test_in_mode_block_the_last_cent_fits_and_the_next_one_does_not(cast: Cast) -> None:
    budget = make_budget(cast, "block", 100_00)
    reserve(cast, [budget], 100_00, "a")
    with pytest.raises(BudgetExceeded) as caught:
        reserve(cast, [budget], 1, "b")
    assert caught.value.facts["left_minor"] == 0
    budget.refresh_from_db()
    assert budget.reserved_minor == 100_00


@pytest.mark.django_db
def test_all_budgets_or_none(cast: Cast) -> None:
    wide, narrow = make_budget(cast, "block", 100_00), make_budget(cast, "block", 10_00)
    with pytest.raises(BudgetExceeded):
        reserve(cast, [wide, narrow], 50_00, "a")
    assert not Reservation.objects.filter(budget__in=[wide, narrow]).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["warn", "approve"])
def test_the_other_modes_reserve_and_record_the_overdraft(cast: Cast, mode: str) -> None:
    budget = make_budget(cast, mode, 45_00)
    reserve(cast, [budget], 50_00, "a")
    assert Reservation.objects.get(budget=budget).overdraft_minor == 5_00
    reserve(cast, [budget], 10_00, "b")
    budget.refresh_from_db()
    assert budget.left_minor == -15_00


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("end", "committed"),
    [(commit_reservations, 30_00), (release_reservations, 0), (expire_reservations, 0)],
)
def test_a_reservation_ends_exactly_once(cast: Cast, end: Any, committed: int) -> None:
    budget = make_budget(cast, "block", 100_00)
    reserve(cast, [budget], 30_00, "a")
    assert end("req_a", actor=cast.lena, now=NOW) == 1
    for again in (commit_reservations, release_reservations, expire_reservations):
        assert again("req_a", actor=cast.lena, now=NOW) == 0
    budget.refresh_from_db()
    assert (budget.reserved_minor, budget.committed_minor) == (0, committed)
    assert LedgerEntry.objects.filter(budget=budget).count() == 3
    assert list(check_ledger()) == []


@pytest.mark.django_db
def test_a_budget_of_another_company_is_never_drawn_on(cast: Cast) -> None:
    budget = make_budget(cast, "warn", 100_00)
    with pytest.raises(Budget.DoesNotExist):
        reserve_budgets(
            "req_x",
            revision_id="rev_x",
            draws=[Draw(budget.pk, 1)],
            actor=cast.ola,
            now=NOW,
        )


@pytest.mark.django_db
def test_only_who_manages_budgets_makes_one(cast: Cast) -> None:
    for somebody in (cast.lena, cast.rashid, cast.ola):
        with pytest.raises(Forbidden):
            create_budget(
                name="Mine",
                owner_kind="company",
                owner_ref=somebody.company_id,
                responsible_id=None,
                currency="EUR",
                amount_minor=1,
                starts_at=NOW,
                ends_at=datetime(2027, 1, 1, tzinfo=UTC),
                actor=somebody,
                now=NOW,
            )


def test_500_reservations_at_once_into_room_for_100_reserve_exactly_100(
    committed_db: Ground, cast: Cast
) -> None:
    budget = make_budget(cast, "block", 100)
    workers = 10

    def fifty(worker: int) -> int:
        reserved = 0
        for number in range(50):
            try:
                reserve(cast, [budget], 1, f"{worker}_{number}")
            except BudgetExceeded:
                continue
            reserved += 1
        return reserved

    results = race([lambda worker=worker: fifty(worker) for worker in range(workers)])
    assert not [result for result in results if isinstance(result, Failed)]
    assert sum(results) == 100
    budget.refresh_from_db()
    assert budget.reserved_minor == 100
    # No requisition stands behind these reservations, and that alone is what verify misses.
    assert {finding.code for finding in check_ledger()} == {"reservation_left"}
