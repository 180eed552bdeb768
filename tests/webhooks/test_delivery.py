"""Deliveries: signed as the standard says, tried again through an outage, never more than asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import connection
from standardwebhooks import Webhook, WebhookVerificationError

from placet.events.models import Event
from placet.webhooks import delivery as sending
from placet.webhooks.actions import (
    disable_endpoint,
    enable_endpoint,
    replay_delivery,
    retry_delivery,
    rotate_secret,
    send_test_event,
)
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.outbox import read_outbox
from placet.webhooks.refusing import DeliveryState
from placet.webhooks.retries import WAITS, wait_after
from tests.cast import Cast
from tests.webhooks.conftest import Worker
from tests.webhooks.receiver import Receiver, say

Happen = Callable[..., str]


def the_delivery() -> Delivery:
    return Delivery.objects.get()


def test_the_reference_verifier_accepts_what_we_send(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    happen("order.created", "ord_1", order="ord_1", total_minor=324000, currency="EUR", lines=14)
    worker.work()
    (request,) = receiver.received
    verified = Webhook(endpoint.secret).verify(request.body, request.headers)
    assert verified["type"] == "order.created"
    assert verified["sequence"] == 1
    assert verified["data"] == {
        "object": "order",
        "id": "ord_1",
        "company": endpoint.company_id,
        "order": "ord_1",
        "total": {"amount_minor": 324000, "currency": "EUR"},
        "lines": 14,
    }
    assert request.headers["webhook-id"] == Event.objects.get(type="order.created").id
    assert request.headers["content-type"] == "application/json"
    assert the_delivery().status == "delivered"
    assert the_delivery().delivered_at == worker.now


def test_a_changed_body_is_refused_by_the_verifier(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    happen("order.created", "ord_1", order="ord_1")
    worker.work()
    (request,) = receiver.received
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(request.body + b" ", request.headers)


def test_both_secrets_sign_while_one_is_replaced(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker, cast: Cast
) -> None:
    old = endpoint.secret
    rotate_secret(endpoint, actor=cast.ines, now=cast.now)
    assert endpoint.secret != old
    happen("order.created", "ord_1")
    worker.work()
    happen("order.created", "ord_2")
    worker.later(hours=25).work()
    first, second = receiver.received
    for secret in (old, endpoint.secret):
        assert Webhook(secret).verify(first.body, first.headers)
    assert len(first.headers["webhook-signature"].split(" ")) == 2
    assert len(second.headers["webhook-signature"].split(" ")) == 1


def test_an_outage_is_bridged_with_the_waits_of_the_standard(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    receiver.answer = lambda handler: say(handler, 503)
    happen("order.created", "ord_1")
    assert worker.work() == 1
    assert worker.work() == 0, "nothing is due before its time"
    for attempt, wait in enumerate(WAITS[1:], start=2):
        delivery = the_delivery()
        gap = delivery.next_attempt_at - worker.now
        assert wait <= gap <= wait * 1.1
        assert (delivery.last_status, delivery.last_error) == (503, "not_accepted")
        worker.now = delivery.next_attempt_at - timedelta(seconds=1)
        assert worker.work() == 0
        if attempt == len(WAITS):
            receiver.answer = lambda handler: say(handler, 204)
        assert worker.later(seconds=1).work() == 1
    assert the_delivery().status == "delivered"
    assert the_delivery().attempts == 10
    assert len(set(receiver.ids)) == 1
    assert len({request.body for request in receiver.received}) == 1


def test_after_the_tenth_attempt_it_is_given_up_and_can_be_replayed(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker, cast: Cast
) -> None:
    receiver.answer = lambda handler: say(handler, 500)
    happen("order.created", "ord_1")
    while the_delivery_is_waiting(worker):
        worker.now = the_delivery().next_attempt_at
    assert the_delivery().status == "failed"
    assert len(receiver.received) == 10
    receiver.answer = lambda handler: say(handler, 200)
    endpoint.refresh_from_db()
    enable_endpoint(endpoint, actor=cast.ines, now=cast.now)
    replay_delivery(the_delivery(), actor=cast.ines, now=cast.now)
    worker.work()
    assert the_delivery().status == "delivered"
    assert len(set(receiver.ids)) == 1


def the_delivery_is_waiting(worker: Worker) -> bool:
    worker.work()
    return the_delivery().status == "waiting"


def test_nobody_listens(endpoint: Endpoint, happen: Happen, worker: Worker, cast: Cast) -> None:
    Endpoint.objects.update(url="http://127.0.0.1:9000/")
    happen("order.created", "ord_1")
    worker.work()
    assert the_delivery().status == "waiting"
    assert the_delivery().last_error == "connection_refused"
    assert the_delivery().last_status is None


def test_a_redirect_is_not_followed(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    receiver.answer = lambda handler: say(handler, 307, Location=receiver.url + "/elsewhere")
    happen("order.created", "ord_1")
    worker.work()
    assert [request.path for request in receiver.received] == ["/hook"]
    assert the_delivery().status == "waiting"
    assert the_delivery().last_error == "redirected"


def test_gone_switches_the_endpoint_off(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    receiver.answer = lambda handler: say(handler, 410)
    happen("order.created", "ord_1")
    happen("order.created", "ord_2")
    assert worker.work() == 2
    endpoint.refresh_from_db()
    assert endpoint.status == "disabled"
    assert set(Delivery.objects.values_list("status", flat=True)) == {"failed"}
    assert Event.objects.filter(type="endpoint.disabled", subject=endpoint.id).count() == 1
    happen("order.created", "ord_3")
    assert worker.later(days=1).work() == 0


def test_a_huge_answer_is_not_read(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker
) -> None:
    written: list[int] = []

    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(10_000):
                handler.wfile.write(b"x" * 65_536)
                written.append(65_536)
        except OSError:
            receiver.release.set()

    receiver.answer = flood
    happen("order.created", "ord_1")
    worker.work()
    assert the_delivery().status == "delivered"
    assert receiver.release.wait(10), "the connection was cut"
    assert sum(written) < 100_000_000


def test_a_disabled_endpoint_gets_what_waited_when_it_is_enabled(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker, cast: Cast
) -> None:
    receiver.answer = lambda handler: say(handler, 500)
    happen("order.created", "ord_1")
    worker.work()
    disable_endpoint(endpoint, actor=cast.ines, now=cast.now)
    assert worker.later(hours=1).work() == 0
    with pytest.raises(DeliveryState):
        retry_delivery(the_delivery(), actor=cast.ines, now=cast.now)
    enable_endpoint(endpoint, actor=cast.ines, now=cast.now)
    receiver.answer = lambda handler: say(handler, 200)
    assert worker.work() == 1
    assert the_delivery().status == "delivered"


def test_a_test_event_goes_to_one_endpoint_alone(
    endpoint: Endpoint, receiver: Receiver, worker: Worker, cast: Cast
) -> None:
    sent = send_test_event(endpoint, actor=cast.ines, now=cast.now)
    worker.later(seconds=1).work()
    (request,) = receiver.received
    assert json.loads(request.body)["type"] == "endpoint.tested"
    assert Webhook(endpoint.secret).verify(request.body, request.headers)
    assert receiver.ids == [sent.event_id]


def test_a_delivery_on_its_way_is_not_replayed_and_one_that_arrived_is_not_retried(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker, cast: Cast
) -> None:
    receiver.answer = lambda handler: say(handler, 500)
    happen("order.created", "ord_1")
    worker.work()
    with pytest.raises(DeliveryState):
        replay_delivery(the_delivery(), actor=cast.ines, now=cast.now)
    retry_delivery(the_delivery(), actor=cast.ines, now=cast.now)
    assert the_delivery().attempts == 0
    receiver.answer = lambda handler: say(handler, 200)
    worker.later(minutes=1).work()
    with pytest.raises(DeliveryState):
        retry_delivery(the_delivery(), actor=cast.ines, now=cast.now)


def test_a_claim_that_was_cut_off_is_due_again(
    endpoint: Endpoint, receiver: Receiver, happen: Happen, worker: Worker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    happen("order.created", "ord_1")
    with monkeypatch.context() as patched:

        def crash(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        patched.setattr("placet.webhooks.delivery.settle", crash)
        with pytest.raises(KeyboardInterrupt):
            worker.work()
    assert worker.work() == 0, "the attempt is still claimed"
    assert worker.later(minutes=3).work() == 1
    assert the_delivery().status == "delivered"
    assert len(set(receiver.ids)) == 1


def test_a_row_that_moved_on_is_neither_claimed_nor_overwritten(
    endpoint: Endpoint, happen: Happen, worker: Worker
) -> None:
    happen("order.created", "ord_1")
    read_outbox(now=worker.now)
    mine, theirs = the_delivery(), the_delivery()
    assert sending._claim([theirs], worker.now) == [theirs]
    assert sending._claim([mine], worker.now) == []
    Delivery.objects.update(attempts=5)
    arrived = [(theirs, sending.Outcome(200, ""))]
    sending.settle(arrived, now=worker.now, business_now=worker.business_now)
    assert the_delivery().status == "waiting"


def test_the_spread_is_small_and_always_the_same() -> None:
    for attempts, wait in enumerate(WAITS):
        spread = {wait_after(attempts, f"dlv_{number}") for number in range(50)}
        assert all(found is not None and wait <= found <= wait * 1.1 for found in spread)
        assert wait_after(attempts, "dlv_1") == wait_after(attempts, "dlv_1")
        assert attempts == 0 or len(spread) == 50
    assert wait_after(len(WAITS), "dlv_1") is None


def test_messages_that_another_worker_takes_meanwhile_stop_nobody(
    endpoint: Endpoint,
    happen: Happen,
    worker: Worker,
) -> None:
    """Between the look at whose turn it is and the look at their messages."""
    happen("order.created", "ord_1")
    read_outbox(now=worker.now)
    turns = []

    def between(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and "webhooks_delivery" in sql and "companies_company" in sql:
            turns.append(sql)
            taken = Delivery.objects.filter(status=Delivery.Status.WAITING)
            taken.update(next_attempt_at=worker.now + timedelta(minutes=2))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        worker.work()
    assert turns
    assert the_delivery().attempts == 0
