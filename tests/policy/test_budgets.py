"""Periods in the company's zone and fiscal year, and the two-phase ledger against a plain model."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.budgets import (
    Balance,
    BudgetExhausted,
    Entry,
    LedgerError,
    Span,
    entered,
    overdraft,
    period_of,
    span_of,
)
from placet.policy.fields import PERIODS

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("day", "fiscal_month", "period", "starts", "ends"),
    [
        (date(2025, 11, 25), 1, "day", date(2025, 11, 25), date(2025, 11, 26)),
        (date(2025, 11, 25), 1, "week", date(2025, 11, 24), date(2025, 12, 1)),
        (date(2025, 11, 30), 1, "week", date(2025, 11, 24), date(2025, 12, 1)),
        (date(2025, 12, 31), 1, "month", date(2025, 12, 1), date(2026, 1, 1)),
        (date(2025, 11, 25), 1, "quarter", date(2025, 10, 1), date(2026, 1, 1)),
        (date(2025, 11, 25), 4, "quarter", date(2025, 10, 1), date(2026, 1, 1)),
        (date(2025, 11, 25), 2, "quarter", date(2025, 11, 1), date(2026, 2, 1)),
        (date(2025, 3, 31), 4, "year", date(2024, 4, 1), date(2025, 4, 1)),
        (date(2024, 2, 29), 3, "year", date(2023, 3, 1), date(2024, 3, 1)),
    ],
)
def test_periods(day, fiscal_month, period, starts, ends):
    assert span_of(day, fiscal_month, period) == Span(starts, ends)


def test_midnight_is_that_of_the_companys_zone():
    late = datetime(2025, 6, 30, 22, 30, tzinfo=UTC)
    assert period_of(late, WARSAW, 1, "month").starts_on == date(2025, 7, 1)
    assert period_of(late, UTC, 1, "month").starts_on == date(2025, 6, 1)


@pytest.mark.parametrize("day", [date(2025, 3, 30), date(2025, 10, 26)])
def test_a_day_of_23_or_25_hours_is_one_day(day):
    for hour in range(24):
        instant = datetime(day.year, day.month, day.day, hour, tzinfo=WARSAW)
        assert period_of(instant, WARSAW, 1, "day").starts_on == day


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12), st.sampled_from(PERIODS))
def test_periods_follow_each_other_without_gap(day, fiscal_month, period):
    span = span_of(day, fiscal_month, period)
    assert span.starts_on <= day < span.ends_on
    assert span_of(span.ends_on, fiscal_month, period).starts_on == span.ends_on
    before = span_of(span.starts_on - timedelta(days=1), fiscal_month, period)
    assert before.ends_on == span.starts_on


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        period_of(datetime(2025, 1, 1), WARSAW, 1, "day")  # noqa: DTZ001


def ledger(*entries, mode="approve"):
    balance = Balance()
    for entry in entries:
        balance = entered(balance, Entry(*entry), mode)
    return balance


def test_commit_gives_the_remainder_back():
    balance = ledger(("adjust", 1_000), ("reserve", 400, "r1"), ("commit", 300, "r1"))
    assert balance == Balance(1_000, 300, 0)
    assert balance.left_minor == 700


@pytest.mark.parametrize("end", ["release", "expire"])
def test_release_and_expire_give_all_of_it_back(end):
    assert ledger(("adjust", 1_000), ("reserve", 400, "r1"), (end, 400, "r1")).left_minor == 1_000


def test_mode_block_refuses_one_minor_unit_too_much():
    full = ledger(("adjust", 1_000), ("reserve", 900, "r1"))
    assert entered(full, Entry("reserve", 100, "r2"), "block").left_minor == 0
    with pytest.raises(BudgetExhausted) as refused:
        entered(full, Entry("reserve", 101, "r2"), "block")
    assert refused.value.missing_minor == 1
    assert entered(full, Entry("reserve", 101, "r2"), "approve").left_minor == -1
    assert overdraft(full, 101) == 1


@pytest.mark.parametrize(
    "entries",
    [
        (("reserve", 10, "r1"), ("reserve", 10, "r1")),
        (("commit", 10, "r1"),),
        (("reserve", 10, "r1"), ("commit", 11, "r1")),
        (("reserve", 10, "r1"), ("commit", 10, "r1"), ("release", 10, "r1")),
        (("reserve", -1, "r1"),),
        (("refund", 1),),
    ],
)
def test_entries_that_cannot_follow_are_refused(entries):
    with pytest.raises(LedgerError):
        ledger(*entries)


KINDS = ("reserve", "commit", "release", "expire", "adjust", "refund")
ENTRIES = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 500), st.sampled_from("abc")), max_size=30
)


@given(ENTRIES)
def test_the_sums_are_those_of_the_entries_that_were_accepted(entries):
    balance, amount, committed, held = Balance(), 0, 0, {}
    for kind, minor, name in entries:
        try:
            balance = entered(balance, Entry(kind, minor, name), "block")
        except LedgerError:
            continue
        if kind == "adjust":
            amount += minor
        elif kind == "refund":
            committed -= minor
        elif kind == "reserve":
            held[name] = minor
        else:
            held.pop(name)
            committed += minor if kind == "commit" else 0
        assert balance.left_minor >= 0
        assert balance[:3] == (amount, committed, sum(held.values()))
        assert dict(balance.open) == held
