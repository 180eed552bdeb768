"""Days that come again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.recurrence import next_occurrence_on, occurrence_on

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("every", "count", "days"),
    [
        ("day", 10, ["2024-01-31", "2024-02-10", "2024-02-20", "2024-03-01"]),
        ("week", 2, ["2024-01-31", "2024-02-14", "2024-02-28", "2024-03-13"]),
        ("month", 1, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]),
        ("month", 12, ["2024-01-31", "2025-01-31", "2026-01-31", "2027-01-31"]),
    ],
)
def test_the_days_of_a_schedule(every: str, count: int, days: list[str]) -> None:
    first = date(2024, 1, 31)
    assert [occurrence_on(first, every, count, n).isoformat() for n in range(4)] == days


def test_the_29th_of_february_comes_again_in_leap_years_only() -> None:
    days = [occurrence_on(date(2024, 2, 29), "month", 12, n).isoformat() for n in range(5)]
    assert days == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


@given(DAYS, st.sampled_from(["day", "week", "month"]), st.integers(1, 36), DAYS)
def test_the_next_one_is_the_first_after(
    starts_on: date, every: str, count: int, after: date
) -> None:
    found = next_occurrence_on(starts_on, every, count, after)
    assert found > after or found == starts_on > after
    earlier = []
    number = 0
    while (day := occurrence_on(starts_on, every, count, number)) < found:
        earlier.append(day)
        number += 1
    assert day == found
    assert all(day <= after for day in earlier)


@given(DAYS, st.sampled_from(["day", "week", "month"]), st.integers(1, 36))
def test_occurrences_rise(starts_on: date, every: str, count: int) -> None:
    days = [occurrence_on(starts_on, every, count, number) for number in range(30)]
    assert days == sorted(set(days))
    assert days[1] - days[0] >= timedelta(days=1)
