"""The next period of a recurring budget: exactly once, without a gap, with what is carried over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from placet.budgets.actions import change_budget, close_budget
from placet.budgets.models import Budget, BudgetTransfer, LedgerEntry
from placet.budgets.opening import open_due_periods, open_periods
from placet.budgets.queries import list_budgets_drawn_on
from placet.companies.models import Company
from placet.jobs.verify.ledger import check_ledger
from tests.budgets.ground import fresh, make_budget, meridian, take
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race

DECEMBER = datetime(2026, 11, 30, 23, tzinfo=UTC)  # midnight in Berlin
JANUARY = datetime(2026, 12, 31, 23, tzinfo=UTC)


def drawn_on(cast: Cast, now: datetime, *, locked: bool = False) -> list[Budget]:
    """The company's budgets that a purchase of Lena's would draw on."""
    return list_budgets_drawn_on(
        cast.company["meridian"],
        unit_path=cast.lena.unit_path,
        member_id=cast.member["lena"],
        cost_center_ids=[],
        category_paths=[],
        now=now,
        locked=locked,
    )


@pytest.mark.django_db
def test_the_first_period_is_the_running_one_of_the_companys_calendar(cast: Cast) -> None:
    budget = make_budget(cast, period="month")
    assert budget.starts_at == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert budget.ends_at == DECEMBER


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rollover", "used", "carried"),
    [
        ("none", 30_00, 0),
        ("none", 130_00, 0),
        ("left", 30_00, 70_00),
        ("left", 130_00, 0),
        ("all", 30_00, 70_00),
        ("all", 130_00, -30_00),
    ],
)
def test_what_is_left_or_overdrawn_goes_over_as_the_budget_says(
    cast: Cast, rollover: str, used: int, carried: int
) -> None:
    budget = make_budget(cast, period="month", rollover=rollover)
    take(cast, [budget], used, "a")
    assert open_due_periods(now=DECEMBER - timedelta(seconds=1)) == 0
    assert open_due_periods(now=DECEMBER) == 1
    assert open_due_periods(now=DECEMBER) == 0
    following = Budget.objects.get(series=budget.pk)
    assert (following.starts_at, following.ends_at) == (DECEMBER, JANUARY)
    assert following.left_minor == 100_00 + carried
    assert fresh(budget).left_minor == 100_00 - used - carried
    assert BudgetTransfer.objects.filter(kind="rollover").count() == (1 if carried else 0)
    # No requisition stands behind the reservation, and that alone is what verify misses.
    assert {finding.code for finding in check_ledger()} == {"reservation_left"}


@pytest.mark.django_db
def test_a_page_shows_the_period_that_nobody_opened_yet_as_the_purchase_will_meet_it(
    cast: Cast,
) -> None:
    budget = make_budget(cast, period="month", rollover="left")
    take(cast, [budget], 30_00, "a")
    later = JANUARY + timedelta(days=40)
    shown = drawn_on(cast, later)
    assert not Budget.objects.filter(series=budget.pk).exists()
    open_periods(cast.company["meridian"], now=later)
    stored = drawn_on(cast, later, locked=True)
    kept = [
        [(row.pk, row.number, row.starts_at, row.ends_at, row.left_minor) for row in rows]
        for rows in (shown, stored)
    ]
    assert kept[0] == kept[1]
    assert kept[0][0][1] == 4  # February: December and January were opened in between
    assert Budget.objects.filter(series=budget.pk).count() == 3


@pytest.mark.django_db
def test_a_company_that_moves_to_another_zone_has_neither_gap_nor_overlap(cast: Cast) -> None:
    budget = make_budget(cast, period="month")
    Company.objects.filter(pk=meridian().pk).update(time_zone="Pacific/Auckland")
    open_due_periods(now=JANUARY + timedelta(days=60))
    periods = list(Budget.objects.filter(series=budget.pk).order_by("number"))
    assert periods[0].starts_at == budget.ends_at
    assert periods[0].ends_at == datetime(2026, 12, 31, 11, tzinfo=UTC)  # midnight in Auckland
    assert "periods_apart" not in {finding.code for finding in check_ledger()}


@pytest.mark.django_db
def test_changes_hold_for_the_periods_to_come_and_a_closed_budget_has_none(cast: Cast) -> None:
    changed = make_budget(cast, period="month")
    closed = make_budget(cast, period="month")
    change_budget(changed.pk, version=changed.version, base_minor=7_00, actor=cast.ines, now=NOW)
    close_budget(closed.pk, actor=cast.ines, now=NOW)
    assert open_due_periods(now=DECEMBER) == 1
    assert fresh(changed).amount_minor == 100_00
    assert Budget.objects.get(series=changed.pk).amount_minor == 7_00


@pytest.mark.django_db
def test_a_new_period_begins_with_the_thresholds_untold(cast: Cast) -> None:
    budget = make_budget(cast, period="month", alert_percents=[50])
    take(cast, [budget], 60_00, "a")
    assert list(budget.alerts.values_list("percent", flat=True)) == [50]
    open_due_periods(now=DECEMBER)
    following = Budget.objects.get(series=budget.pk)
    assert not following.alerts.exists()
    take(cast, [following], 60_00, "b", now=DECEMBER)
    assert following.alerts.count() == 1


@pytest.mark.django_db
def test_every_first_posting_is_of_the_moment_when_the_period_was_opened(cast: Cast) -> None:
    budget = make_budget(cast, period="week")
    late = NOW + timedelta(days=30)
    open_due_periods(now=late)
    entries = LedgerEntry.objects.filter(budget__series=budget.pk)
    assert {entry.created_at for entry in entries} == {late}
    assert entries.count() == 4


def test_two_schedulers_and_four_purchases_open_a_period_once(
    committed_db: Ground, cast: Cast
) -> None:
    budget = make_budget(cast, period="month", rollover="all")
    company = cast.company["meridian"]
    calls = [lambda: open_due_periods(now=DECEMBER)] * 2
    results = race([*calls, *[lambda: open_periods(company, now=DECEMBER)] * 4])
    assert not [result for result in results if isinstance(result, Failed)]
    assert sum(results) == 1
    following = Budget.objects.get(series=budget.pk)
    assert following.entries.count() == 2
    assert list(check_ledger()) == []
