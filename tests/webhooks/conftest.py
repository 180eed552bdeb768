"""A receiver, an endpoint that leads to it, and events to tell it about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from placet.core import clock
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.actions import place_events
from placet.events.record import record
from placet.webhooks.actions import add_endpoint
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.models import Endpoint
from placet.webhooks.outbox import read_outbox
from tests.cast import Cast
from tests.webhooks.receiver import Receiver, listening


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that takes everything, until a test says otherwise."""
    with listening() as made:
        yield made


def pass_over_the_past() -> None:
    """Read what happened while the cast was made, when nobody listened yet."""
    while place_events():
        pass
    while read_outbox(now=clock.real_now()):
        pass


@pytest.fixture
def endpoint(db: None, cast: Cast, receiver: Receiver) -> Endpoint:
    """An endpoint of Meridian that is told everything that happens from now on."""
    pass_over_the_past()
    return add_endpoint(receiver.url, actor=cast.ines, now=cast.now)


@pytest.fixture
def happen(db: None, cast: Cast) -> Callable[..., str]:
    """``happen("order.created", "ord_1", …)`` records an event and gives it its place."""

    @transaction
    def write(event_type: str, subject: str, actor: Actor, payload: dict[str, Any]) -> None:
        record(event_type, subject, actor=actor, now=cast.now, **payload)

    def happen(event_type: str, subject: str, *, actor: Actor | None = None, **payload: Any) -> str:
        write(event_type, subject, actor or cast.lena, payload)
        place_events()
        return event_type

    return happen


@pytest.fixture
def happen_often(db: None, cast: Cast) -> Callable[[int], None]:
    """``happen_often(1_000)`` records that many events at once."""

    @transaction
    def happen_often(times: int) -> None:
        for number in range(times):
            record("order.created", f"ord_{number}", actor=cast.lena, now=cast.now, number=number)

    def happen_and_place(times: int) -> None:
        happen_often(times)
        while place_events():
            pass

    return happen_and_place


class Worker:
    """Does what the worker does, at times that the test chooses."""

    def __init__(self, business_now: datetime) -> None:
        self.business_now = business_now
        self.now = clock.real_now()

    def later(self, **much: float) -> Worker:
        """Let time pass."""
        self.now += timedelta(**much)
        return self

    def work(self) -> int:
        """Read the outbox and make the attempts that are due; returns how many were made."""
        while read_outbox(now=self.now):
            pass
        return send_webhooks(now=self.now, business_now=self.business_now)


@pytest.fixture
def worker(cast: Cast) -> Worker:
    """A worker whose clock stands still at first."""
    return Worker(cast.now)
