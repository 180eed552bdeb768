"""Endpoints and deliveries by API: changed with If-Match, filtered, looked into, sent again."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from placet.core import clock
from placet.core.transaction import transaction
from placet.events.actions import place_events
from placet.events.record import record
from placet.webhooks.attempts import Outcome
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.settling import settle
from tests.api.caller import Caller, key_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
URL = "https://erp.example.com/in"


@pytest.fixture
def ines(cast: Cast) -> Caller:
    """Meridian's key, which manages its webhooks."""
    return key_of("meridian", "webhook.manage")


@pytest.fixture
def hook(ines: Caller) -> dict[str, Any]:
    """An endpoint that hears of orders."""
    added: dict[str, Any] = ines.post(
        "/webhook_endpoints", {"url": URL, "event_types": ["order.*"]}
    ).json
    return added


@transaction
def ordered(cast: Cast, number: int) -> None:
    record("order.created", f"ord_{number}", actor=cast.lena, now=cast.now, number=number)


def orders(cast: Cast, many: int) -> None:
    """So many orders that are in the outbox."""
    for number in range(many):
        ordered(cast, number)
    while place_events():
        pass


def test_it_is_changed_with_the_version_that_was_seen(ines: Caller, hook: dict[str, Any]) -> None:
    path = f"/webhook_endpoints/{hook['id']}"
    assert ines.patch(path, {"url": URL + "/2"}).status == 428
    assert ines.patch(path, {"url": URL + "/2"}, if_match='"7"').status == 412
    seen = ines.get(path).headers["ETag"]
    changed = ines.patch(path, {"url": URL + "/2", "event_types": []}, if_match=seen)
    assert (changed.json["url"], changed.json["event_types"]) == (URL + "/2", [])
    off = ines.patch(path, {"status": "disabled"}, if_match=changed.headers["ETag"])
    assert off.json["status"] == "disabled"
    on = ines.patch(path, {"status": "active"}, if_match=off.headers["ETag"])
    assert on.json["status"] == "active"
    same = ines.patch(path, {"status": "active"}, if_match=on.headers["ETag"])
    assert same.headers["ETag"] == on.headers["ETag"]


@pytest.mark.parametrize(
    "body",
    [
        {"url": "https://10.0.0.1:22/"},
        {"url": ""},
        {"event_types": ["endpoint.added"]},
        {"status": "gone"},
        {"secret": "whsec_mine"},
        {"url": "https://ok.example/", "event_types": ["x.y"]},
    ],
)
def test_what_is_wrong_changes_nothing(
    ines: Caller, hook: dict[str, Any], body: dict[str, Any]
) -> None:
    answer = ines.patch(f"/webhook_endpoints/{hook['id']}", body, if_match="*")
    assert answer.status == 422
    assert Endpoint.objects.get().url == URL


def test_deliveries_are_filtered(ines: Caller, hook: dict[str, Any], cast: Cast) -> None:
    orders(cast, 3)
    path = f"/webhook_endpoints/{hook['id']}"
    assert ines.post(f"{path}/replays", {"position": 0}).json["events"] == 3
    ines.post(f"{path}/test_events")
    soon = (clock.real_now() + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    for query, many in (
        ("", 4),
        ("?event_type=order.*", 3),
        ("?event_type=endpoint.tested", 1),
        ("?status=waiting&event_type=order.created", 3),
        ("?status=failed", 0),
        ("?since=2020-01-01T00:00:00Z", 4),
        (f"?since={soon}", 0),
    ):
        assert len(ines.get(f"{path}/deliveries{query}").json["data"]) == many, query
        assert len(ines.get(f"/deliveries{query}").json["data"]) == many, query
    for wrong in ("event_type=order", "since=yesterday", "since=0001-01-01T00:00:00Z", "x=1"):
        assert ines.get(f"/deliveries?{wrong}").status == 422, wrong


def test_a_delivery_tells_its_attempts(ines: Caller, hook: dict[str, Any], cast: Cast) -> None:
    sent = ines.post(f"/webhook_endpoints/{hook['id']}/test_events").json
    assert ines.get(f"/deliveries/{sent['id']}").json["attempt_log"] == []
    delivery = Delivery.objects.select_related("endpoint").get()
    outcome = Outcome(500, "not_accepted", {"webhook-id": "1"}, {"Server": "x"}, "no", 7)
    settle([(delivery, outcome)], now=clock.real_now(), business_now=cast.now)
    (told,) = ines.get(f"/deliveries/{sent['id']}").json["attempt_log"]
    assert (told["number"], told["status"], told["answer"]) == (1, 500, "no")
    assert told["request_headers"] == {"webhook-id": "1"}
    assert ines.get(f"/webhook_endpoints/{hook['id']}").json["failing_since"] is not None


def test_a_replay_goes_on_where_it_stopped(
    ines: Caller, hook: dict[str, Any], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("placet.webhooks.actions.replay_events")
    monkeypatch.setitem(module.replay_events.__wrapped__.__kwdefaults__, "most", 2)
    orders(cast, 5)
    path, position, said = f"/webhook_endpoints/{hook['id']}/replays", 0, []
    for _again in range(3):
        answer = ines.post(path, {"position": position}).json
        said.append((answer["events"], answer["has_more"]))
        position = answer["position"]
    assert said == [(2, True), (2, True), (1, False)]
    assert Delivery.objects.count() == 5
    assert ines.post(path, {"since": "2000-01-01T00:00:00Z"}).json["events"] == 2
    one = Delivery.objects.filter(status="waiting").first()
    assert one is not None
    Delivery.objects.update(status="delivered")
    assert ines.post(path, {"delivery": one.id}).json["events"] == 1
    assert Delivery.objects.filter(status="waiting").get() == one


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"position": 0, "since": "2026-11-01T00:00:00Z"}, 422),
        ({"position": -1}, 422),
        ({"since": "yesterday"}, 422),
        ({"since": "2026-11-01T00:00:00"}, 422),
        ({"delivery": "dlv_x"}, 404),
    ],
)
def test_a_replay_says_one_thing(
    ines: Caller, hook: dict[str, Any], body: dict[str, Any], status: int
) -> None:
    assert ines.post(f"/webhook_endpoints/{hook['id']}/replays", body).status == status


def test_events_by_position_hold_what_webhooks_carry(ines: Caller, cast: Cast) -> None:
    record_all(cast)
    types = {event["type"] for event in ines.get("/events?limit=200").json["data"]}
    assert "order.created" in types
    assert not types & {"decision.recorded", "decision.retracted", "endpoint.added"}
    norden = key_of("norden", "order.process", "webhook.manage")
    told = norden.get("/events?limit=200").json["data"]
    assert "quote.requested" in {event["type"] for event in told}
    assert not {event["type"] for event in told} & {"quote.drafted", "budget.reserved"}


def record_all(cast: Cast) -> None:
    """One event of each kind that matters here."""
    for event_type in (
        *("order.created", "decision.recorded", "decision.retracted", "decision.applied"),
        *("quote.drafted", "quote.requested", "quote.discarded", "budget.reserved"),
    ):
        _record(cast, event_type)
    place_events()


@transaction
def _record(cast: Cast, event_type: str) -> None:
    record(event_type, "thing_1", actor=cast.lena, now=cast.now)
