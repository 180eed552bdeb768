"""The page of one delivery: every request and answer, laid out, escaped, whatever came back."""

from __future__ import annotations

import pytest

from placet.core import clock
from placet.webhooks.actions import add_endpoint, disable_endpoint
from placet.webhooks.attempts import LONGEST_ANSWER, Outcome, as_text
from placet.webhooks.models import Delivery, DeliveryAttempt, Endpoint
from placet.webhooks.settling import settle
from tests.cast import Cast
from tests.web.deliveries.test_delivery_pages import ADDRESS, deliver
from tests.web.pages import as_actor, page, queries_of


@pytest.fixture
def delivery(db: None, cast: Cast) -> Delivery:
    """A delivery to Meridian's ERP, claimed once."""
    made = add_endpoint("https://erp.example.com/hooks", actor=cast.ines, now=cast.now)
    return deliver(made, 1, attempts=1)


def tried(delivery: Delivery, outcome: Outcome, cast: Cast) -> None:
    settle([(delivery, outcome)], now=clock.real_now(), business_now=cast.now)


def test_request_and_answer_stand_there(delivery: Delivery, cast: Cast) -> None:
    sent = {"webhook-id": "evt_1", "webhook-signature": "v1,abc="}
    answer = Outcome(503, "not_accepted", sent, {"Server": "erp/2"}, '{"error":"down"}', 41)
    tried(delivery, answer, cast)
    text = page(cast.ines, f"deliveries/{delivery.id}/")
    for told in ("Attempt 1", "503", "it took 41 ms.", "v1,abc=", "Server: erp/2", "Try now"):
        assert told in text, told
    assert "{\n  &quot;error&quot;: &quot;down&quot;\n}" in text
    assert "{\n  &quot;type&quot;: &quot;order.created&quot;\n}" in text
    assert delivery.endpoint.secret not in text


@pytest.mark.parametrize(
    "received",
    [
        b"<script>alert(1)</script>",
        b"\x00\x01\xff\xfe" * 2_000,
        "‮gnp.exe​".encode(),
        b"[" * 100_000,
        b'{"a": NaN}',
        "ł".encode() * 5_000,
        b"",
    ],
)
def test_whatever_came_back_is_shown_and_does_nothing(
    delivery: Delivery, cast: Cast, received: bytes
) -> None:
    answer = as_text(received, LONGEST_ANSWER)
    tried(delivery, Outcome(200, "", {}, {"X": as_text(received[:100], 500)}, answer, 1), cast)
    text = page(cast.ines, f"deliveries/{delivery.id}/")
    assert "<script>alert" not in text
    assert "‮" not in text
    assert "\x00" not in DeliveryAttempt.objects.get().answer
    assert "Send once more" in text


def test_without_attempts_it_says_why(delivery: Delivery, cast: Cast) -> None:
    assert "The attempts are forgotten" in page(cast.ines, f"deliveries/{delivery.id}/")
    Delivery.objects.update(attempts=0)
    assert "It was not tried yet" in page(cast.ines, f"deliveries/{delivery.id}/")


def test_the_button_comes_back_to_the_page(delivery: Delivery, cast: Cast) -> None:
    back = f"{ADDRESS}{delivery.id}/"
    for act in ("retry", "replay"):
        assert as_actor(cast.ines).post(f"{back}{act}/", {"from": "one"})["Location"] == back
    tried(Delivery.objects.get(), Outcome(200, ""), cast)
    endpoint = Endpoint.objects.get()
    disable_endpoint(endpoint, actor=cast.ines, now=cast.now)
    text = page(cast.ines, f"deliveries/{delivery.id}/")
    assert "The endpoint is off." in text
    assert "Send once more" not in text


def test_attempts_cost_no_more_queries(delivery: Delivery, cast: Cast) -> None:
    tried(delivery, Outcome(500, "not_accepted"), cast)
    before = queries_of(cast.ines, f"deliveries/{delivery.id}/")
    for number in range(2, 12):
        DeliveryAttempt.objects.create(
            delivery=delivery, number=number, created_at=clock.real_now(), status=500
        )
    assert queries_of(cast.ines, f"deliveries/{delivery.id}/") <= before
