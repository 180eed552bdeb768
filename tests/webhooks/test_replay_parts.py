"""Sending again in parts: what was sent stays sent, and going on behind it sends nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import OperationalError

from placet.core import clock
from placet.events.models import Event
from placet.jobs.retention import forget_old_rows
from placet.webhooks.actions import add_endpoint, replay_in_parts
from placet.webhooks.actions.replay_events import Replayed
from placet.webhooks.models import Delivery, Endpoint
from tests.cast import Cast
from tests.web.webhooks.test_replaying import happened

pytestmark = pytest.mark.django_db
replaying = import_module("placet.webhooks.actions.replay_events")
DAY = timedelta(days=1)


@pytest.fixture
def endpoint(cast: Cast) -> Endpoint:
    """Meridian's, for orders alone; five have happened, and a part has two."""
    url = "https://erp.example.com/in"
    made = add_endpoint(url, event_types=["order.*"], actor=cast.ines, now=cast.now)
    happened(cast, 5)
    return made


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "MOST_OF_A_PART", 2)


def again(endpoint: Endpoint, cast: Cast, **said: Any) -> Replayed:
    return replay_in_parts(endpoint, actor=cast.ines, now=cast.now, **said)


def test_all_parts_are_one_replay(endpoint: Endpoint, cast: Cast) -> None:
    done = again(endpoint, cast)
    assert (done.events, done.has_more) == (5, False)
    assert Delivery.objects.count() == 5
    assert Event.objects.filter(type="endpoint.replayed").count() == 3


def test_the_most_is_kept_over_all_parts(endpoint: Endpoint, cast: Cast) -> None:
    done = again(endpoint, cast, most=3)
    assert (done.events, done.has_more, Delivery.objects.count()) == (3, True, 3)


def test_what_was_sent_stays_when_a_later_part_fails(
    endpoint: Endpoint, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, calls = replaying._send, []

    def fail_at_the_second(endpoint: Endpoint, events: Sequence[Event], due_at: datetime) -> None:
        calls.append(len(events))
        if len(calls) > 1:
            raise OperationalError("the server closed the connection")
        send(endpoint, events, due_at)

    monkeypatch.setattr(replaying, "_send", fail_at_the_second)
    done = again(endpoint, cast)
    assert (done.events, done.has_more, Delivery.objects.count()) == (2, True, 2)
    monkeypatch.setattr(replaying, "_send", send)
    Delivery.objects.update(status="delivered", delivered_at=clock.real_now())
    rest = again(endpoint, cast, position=done.position)
    assert (rest.events, rest.has_more) == (3, False)
    assert Delivery.objects.filter(status="delivered").count() == 2
    assert Delivery.objects.filter(status="waiting", attempts=0).count() == 3


def test_a_failure_before_anything_was_sent_is_raised(
    endpoint: Endpoint, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(replaying, "_send", fail)
    with pytest.raises(OperationalError):
        again(endpoint, cast)
    assert not Delivery.objects.exists()


def test_what_is_forgotten_is_sent_again_under_the_same_id(
    endpoint: Endpoint, cast: Cast, settings: Any
) -> None:
    settings.PLACET_DELIVERY_DAYS = 90
    again(endpoint, cast)
    rows = list(Delivery.objects.order_by("position"))
    ids = [row.event_id for row in rows]
    at = clock.real_now()
    for row, status in zip(
        rows, ("delivered", "failed", "waiting", "delivered", "failed"), strict=True
    ):
        row.status, row.next_attempt_at = Delivery.Status(status), at - 91 * DAY
        row.save()
    Delivery.objects.filter(pk__in=[rows[3].pk, rows[4].pk]).update(next_attempt_at=at - 89 * DAY)
    assert forget_old_rows(now=at) == 2
    assert list(Delivery.objects.order_by("position").values_list("pk", flat=True)) == [
        row.pk for row in rows[2:]
    ]
    assert forget_old_rows(now=at) == 0
    assert again(endpoint, cast).events == 5
    assert list(Delivery.objects.order_by("position").values_list("event_id", flat=True)) == ids
