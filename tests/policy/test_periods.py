"""Every instant lies in exactly one period, in every zone, across every change of the clock."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.facts import Period
from placet.policy.periods import Stretch, start_of_day, stretch_after, stretch_at

PERIODS: tuple[Period, ...] = get_args(Period)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
# Zones whose clocks change at midnight, at odd hours or by odd amounts, and plain ones.
SAMPLE = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Asuncion",
    "America/Santiago",
    "America/Havana",
    "America/Nuuk",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
    "Atlantic/Azores",
    "Antarctica/Troll",
)


def chain(zone: ZoneInfo, fiscal_month: int, period: Period) -> list[Stretch]:
    """The periods one after the other, as a series of budgets has them."""
    found = [stretch_at(FIRST, zone, fiscal_month, period)]
    while found[-1].ends_at < LAST:
        following = stretch_at if period == "day" else stretch_after
        found.append(following(found[-1].ends_at, zone, fiscal_month, period))
    return found


def prove(name: str, fiscal_months: tuple[int, ...]) -> None:
    """The chain covers five years without a gap, and every instant finds its own link."""
    zone = ZoneInfo(name)
    for period in PERIODS:
        for fiscal_month in fiscal_months if period in ("quarter", "year") else (1,):
            links = chain(zone, fiscal_month, period)
            for before, after in pairwise(links):
                assert before.starts_at < before.ends_at == after.starts_at, (name, period)
            for link in links:
                middle = link.starts_at + (link.ends_at - link.starts_at) / 2
                last = link.ends_at - timedelta(microseconds=1)
                for instant in (link.starts_at, middle, last):
                    found = stretch_at(instant, zone, fiscal_month, period)
                    assert found == link, (name, period, fiscal_month, instant)


@pytest.mark.parametrize("name", SAMPLE)
def test_every_instant_is_in_exactly_one_period(name: str) -> None:
    prove(name, (1, 4))


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(available_timezones()))
def test_every_instant_is_in_exactly_one_period_everywhere(name: str) -> None:
    prove(name, tuple(range(1, 13)))


@given(
    second=st.integers(0, int((LAST - FIRST).total_seconds())),
    name=st.sampled_from(SAMPLE),
    period=st.sampled_from(PERIODS),
    fiscal_month=st.integers(1, 12),
)
def test_an_instant_is_in_its_period_and_the_neighbours_are_apart(
    second: int, name: str, period: Period, fiscal_month: int
) -> None:
    zone, instant = ZoneInfo(name), FIRST + timedelta(seconds=second)
    here = stretch_at(instant, zone, fiscal_month, period)
    assert here.starts_at <= instant < here.ends_at
    after = stretch_at(here.ends_at, zone, fiscal_month, period)
    before = stretch_at(here.starts_at - timedelta(microseconds=1), zone, fiscal_month, period)
    assert before.ends_at == here.starts_at
    assert after.starts_at == here.ends_at


def test_a_skipped_midnight_begins_with_the_first_instant_that_there_is() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    start = start_of_day(date(2026, 3, 29), beirut)
    assert start.astimezone(beirut).hour == 1
    assert (start - timedelta(seconds=1)).astimezone(beirut).day == 28


def test_a_zone_that_changes_between_two_periods_leaves_nothing_out() -> None:
    chance = random.Random(48)
    for _ in range(200):
        zones = [ZoneInfo(chance.choice(SAMPLE)) for _ in range(6)]
        period = chance.choice(PERIODS[1:])
        month = chance.randint(1, 12)
        link = stretch_at(FIRST, zones[0], month, period)
        for zone in zones[1:]:
            following = stretch_after(link.ends_at, zone, month, period)
            assert following.starts_at == link.ends_at
            # Never a period of a few hours only because two zones name the same day differently.
            assert following.ends_at - following.starts_at > timedelta(days=5)
            link = following
