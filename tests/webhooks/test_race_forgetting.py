"""What is forgotten at the moment when it is sent again: the message is sent, in either order.

Each call runs in a forked process of its own, on both databases.
"""

from __future__ import annotations

from datetime import timedelta

from placet.core import clock
from placet.jobs.retention import forget_old_rows
from placet.webhooks.actions import add_endpoint, replay_events
from placet.webhooks.models import Delivery
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.web.webhooks.test_replaying import happened

EVENTS, ROUNDS = 40, 5


def test_nothing_that_is_sent_again_is_forgotten(committed_db: Ground, cast: Cast) -> None:
    url = "https://erp.example.com/in"
    endpoint = add_endpoint(url, event_types=["order.*"], actor=cast.ines, now=NOW)
    happened(cast, EVENTS)
    replay_events(endpoint, actor=cast.ines, now=NOW)
    at = clock.real_now()
    for _ in range(ROUNDS):
        Delivery.objects.update(status="delivered", next_attempt_at=at - timedelta(days=91))
        forgotten, sent = race(
            [
                lambda: forget_old_rows(now=at),
                lambda: replay_events(endpoint, actor=cast.ines, now=NOW).events,
            ]
        )
        assert not isinstance(forgotten, Failed), forgotten
        assert sent == EVENTS
        waiting = Delivery.objects.filter(endpoint=endpoint, status="waiting", attempts=0)
        assert (waiting.count(), forgotten in (0, EVENTS)) == (EVENTS, True)
        assert Delivery.objects.count() == EVENTS
