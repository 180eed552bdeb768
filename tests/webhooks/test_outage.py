"""A receiver that is down: nothing is lost, nobody else waits, and at last it is switched off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler

import pytest
from standardwebhooks import Webhook

from placet.core.clock import real_now
from placet.events.models import Event
from placet.jobs.retention import forget_old_rows
from placet.webhooks import attempts, connection
from placet.webhooks.actions import add_endpoint, enable_endpoint, retry_delivery
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.models import Delivery, DeliveryAttempt, Endpoint
from placet.webhooks.outbox import read_outbox
from placet.webhooks.settling import WARNED_AFTER, warn_failing_endpoints
from tests.cast import Cast
from tests.webhooks.conftest import Worker, pass_over_the_past
from tests.webhooks.receiver import Receiver, listening, say

Happen = Callable[..., str]
NOBODY_LISTENS = "http://127.0.0.1:9000/"
MANY = 1_000


@pytest.fixture
def others() -> Iterator[list[Receiver]]:
    """Two more receivers: one that is well, and one that a test makes slow."""
    with listening() as well, listening() as slow:
        yield [well, slow]


def refuse(handler: BaseHTTPRequestHandler) -> None:
    say(handler, 500)


def test_a_thousand_events_survive_an_outage_and_nobody_else_waits(
    endpoint: Endpoint,
    others: list[Receiver],
    receiver: Receiver,
    cast: Cast,
    happen: Happen,
    happen_often: Callable[[int], None],
    worker: Worker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    well, slow = others
    monkeypatch.setattr(attempts, "post_body", partial(connection.post_body, seconds=300))
    monkeypatch.setattr(connection, "WHOLE_SECONDS", 300)
    healthy = add_endpoint(well.url, event_types=["order.*"], actor=cast.ines, now=cast.now)
    add_endpoint(slow.url, event_types=["quote.*"], actor=cast.ines, now=cast.now)
    pass_over_the_past()
    seen: list[int] = []

    def wait_for_the_others(handler: BaseHTTPRequestHandler) -> None:
        # Whoever would wait for this answer would wait for ever.
        well.release.wait(300)
        seen.append(len(well.received))
        say(handler, 200)

    def count(handler: BaseHTTPRequestHandler) -> None:
        if len(well.received) >= MANY:
            well.release.set()
        say(handler, 200)

    slow.answer, well.answer = wait_for_the_others, count
    for number in range(6):
        happen("quote.requested", f"qte_{number}")
    happen_often(MANY)
    Endpoint.objects.filter(pk=endpoint.pk).update(url=NOBODY_LISTENS)

    worker.work()
    assert Counter(well.ids) == dict.fromkeys(events_of(healthy), 1)
    assert len(seen) == 6
    assert set(seen) == {MANY}
    waiting = Delivery.objects.filter(endpoint=endpoint)
    assert set(waiting.values_list("status", "attempts")) == {("waiting", 1)}
    Endpoint.objects.filter(pk=endpoint.pk).update(url=receiver.url)
    worker.later(minutes=1)
    while worker.work():
        pass
    assert Counter(receiver.ids) == dict.fromkeys(events_of(endpoint), 1)
    assert len(receiver.ids) == MANY + 6
    assert set(Delivery.objects.values_list("status", flat=True)) == {"delivered"}
    assert not Endpoint.objects.filter(failing_since__isnull=False).exists()
    verify = Webhook(endpoint.secret).verify
    assert all(verify(request.body, request.headers) for request in receiver.received)


def events_of(endpoint: Endpoint) -> set[str]:
    return set(Delivery.objects.filter(endpoint=endpoint).values_list("event_id", flat=True))


def test_what_becomes_due_meanwhile_does_not_wait_for_a_slow_one(
    endpoint: Endpoint, receiver: Receiver, others: list[Receiver], cast: Cast, happen: Happen
) -> None:
    """The slow one answers when the other has got an event that happened only afterwards."""
    well, _unused = others
    add_endpoint(well.url, event_types=["quote.*"], actor=cast.ines, now=cast.now)
    pass_over_the_past()
    Endpoint.objects.filter(pk=endpoint.pk).update(event_types=["order.*"])

    def answer_late(handler: BaseHTTPRequestHandler) -> None:
        assert well.release.wait(60)
        say(handler, 200)

    def arrive(handler: BaseHTTPRequestHandler) -> None:
        well.release.set()
        say(handler, 200)

    receiver.answer, well.answer = answer_late, arrive
    happen("order.created", "ord_1")
    began = real_now()
    read_outbox(now=began)
    looked: list[int] = []

    def look() -> None:
        if len(looked) == 1:
            happen("quote.requested", "qte_1")
            read_outbox(now=began)
        looked.append(1)

    def read_now() -> object:
        look()
        return began + timedelta(seconds=2 * len(looked))

    made = send_webhooks(now=began, business_now=cast.now, read_now=read_now)  # type: ignore[arg-type]
    assert made == 2
    assert len(well.received) == len(receiver.received) == 1


def give_up(worker: Worker, delivery: Delivery) -> None:
    """Try until nothing more is tried."""
    while delivery.status == "waiting":
        worker.now = max(worker.now, delivery.next_attempt_at)
        worker.work()
        delivery.refresh_from_db()


def test_given_up_with_nothing_arriving_it_is_switched_off(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker, cast: Cast
) -> None:
    receiver.answer = refuse
    happen("order.created", "ord_1")
    worker.work()
    happen("order.created", "ord_2")
    first = Delivery.objects.earliest("position")
    give_up(worker, first)
    endpoint.refresh_from_db()
    assert (endpoint.status, endpoint.disabled_reason) == ("disabled", "nothing_arrived")
    (event,) = Event.objects.filter(type="endpoint.disabled")
    assert '"cause":"nothing_arrived"' in event.payload
    assert DeliveryAttempt.objects.filter(delivery=first).count() == 10
    waiting = Delivery.objects.latest("position")
    assert waiting.status == "waiting"
    assert worker.later(days=2).work() == 0
    # What waited leaves when somebody switches it on, and it begins as one that is well.
    receiver.answer = lambda handler: say(handler, 200)
    enable_endpoint(endpoint, actor=cast.ines, now=cast.now)
    assert endpoint.failing_since is None
    worker.later(days=1).work()
    waiting.refresh_from_db()
    assert waiting.status == "delivered"


def test_given_up_while_others_arrive_it_stays_on(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    def refuse_the_first(handler: BaseHTTPRequestHandler) -> None:
        say(handler, 500 if receiver.ids[-1] == receiver.ids[0] else 200)

    receiver.answer = refuse_the_first
    happen("order.created", "ord_1")
    worker.work()
    happen("order.created", "ord_2")
    give_up(worker, Delivery.objects.earliest("position"))
    endpoint.refresh_from_db()
    assert endpoint.status == "active"
    assert Delivery.objects.latest("position").status == "delivered"


def test_a_warning_once_after_five_hours_and_a_success_clears_it(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker, cast: Cast
) -> None:
    def warn() -> int:
        return warn_failing_endpoints(now=worker.now, business_now=cast.now)

    receiver.answer = refuse
    happen("order.created", "ord_1")
    worker.work()
    assert warn() == 0
    worker.now += WARNED_AFTER
    assert warn() == 1
    assert warn() == 0
    assert Event.objects.filter(type="endpoint.failing", subject=endpoint.id).count() == 1
    receiver.answer = lambda handler: say(handler, 200)
    retry_delivery(Delivery.objects.get(), actor=cast.ines, now=cast.now)
    worker.work()
    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.warned_at) == (None, None)
    worker.now += WARNED_AFTER
    assert warn() == 0


def test_the_log_holds_every_attempt_and_no_secret(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker, cast: Cast
) -> None:
    def tell_all(handler: BaseHTTPRequestHandler) -> None:
        body = f"\x00I know {endpoint.secret}".encode() + b"\xff"
        handler.send_response(500)
        handler.send_header("X-Secret", endpoint.secret)
        handler.send_header("Set-Cookie", "session=1")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    receiver.answer = tell_all
    happen("order.created", "ord_1")
    worker.work()
    receiver.answer = lambda handler: say(handler, 200)
    retry_delivery(Delivery.objects.get(), actor=cast.ines, now=cast.now)
    worker.later(minutes=1).work()
    failed, arrived = DeliveryAttempt.objects.order_by("number")
    assert (failed.number, failed.status, failed.error) == (1, 500, "not_accepted")
    assert failed.answer == "\\x00I know whsec_…\\xff"
    assert failed.answer_headers["X-Secret"] == "whsec_…"
    assert "Set-Cookie" not in failed.answer_headers
    assert failed.request_headers["webhook-id"] == receiver.ids[0]
    signature = receiver.received[0].headers["webhook-signature"]
    assert failed.request_headers["webhook-signature"] == signature
    assert (arrived.number, arrived.status, arrived.error) == (2, 200, "")
    bare = endpoint.secret.removeprefix("whsec_")
    assert not any(bare in str(vars(row)) for row in (failed, arrived))


def test_attempts_are_forgotten_after_thirty_days_and_deliveries_are_not(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    happen("order.created", "ord_1")
    worker.work()
    forget_old_rows(now=worker.now + timedelta(days=29))
    assert DeliveryAttempt.objects.count() == 1
    forget_old_rows(now=worker.now + timedelta(days=31))
    assert DeliveryAttempt.objects.count() == 0
    assert Delivery.objects.count() == 1
