"""The demo's clock: forward only, for business time alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from placet.core import clock
from placet.demo.clock import advance_clock, read_offset
from placet.demo.models import DemoClock
from tests.demo.world_facts import NOW


@pytest.mark.django_db
def test_without_a_row_the_clocks_agree() -> None:
    assert read_offset() == timedelta(0)


@pytest.mark.django_db
def test_steps_add_up_and_move_business_time_alone() -> None:
    clock.set_offset_source(read_offset)
    assert advance_clock("1h", now=NOW)
    assert advance_clock("1d", now=NOW)
    assert read_offset() == timedelta(days=1, hours=1)
    ahead = clock.business_now() - clock.real_now()
    assert timedelta(days=1, minutes=59) < ahead <= timedelta(days=1, hours=1)


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["", "-1d", "-1h", "0", "1y", "back"])
def test_nothing_moves_it_back(step: str) -> None:
    assert not advance_clock(step, now=NOW)
    assert not DemoClock.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "monday"),
    [
        # A Tuesday, a Sunday evening, a Monday morning; the last begins before the clocks go back.
        (datetime(2025, 11, 25, 9, 10, tzinfo=UTC), datetime(2025, 12, 1, 7, 0, tzinfo=UTC)),
        (datetime(2025, 11, 30, 22, 0, tzinfo=UTC), datetime(2025, 12, 1, 7, 0, tzinfo=UTC)),
        (datetime(2025, 12, 1, 7, 0, tzinfo=UTC), datetime(2025, 12, 8, 7, 0, tzinfo=UTC)),
        (datetime(2025, 10, 24, 6, 0, tzinfo=UTC), datetime(2025, 10, 27, 7, 0, tzinfo=UTC)),
    ],
)
def test_next_monday_is_eight_in_the_morning(now: datetime, monday: datetime) -> None:
    assert advance_clock("monday", now=now)
    assert now + read_offset() == monday


def test_the_button_moves_the_clock_and_returns(demo_client: Client) -> None:
    answer = demo_client.post("/demo/clock/", {"advance": "1d", "next": "/demo/mail/"})
    assert answer.url == "/demo/mail/"  # type: ignore[attr-defined]
    assert read_offset() == timedelta(days=1)
