"""Who is told about which event, and what the merchant is not told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import override_settings

from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.webhooks import content
from placet.webhooks.actions import (
    add_endpoint,
    disable_endpoint,
    enable_endpoint,
    replay_delivery,
    retry_delivery,
    rotate_secret,
    send_test_event,
)
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.outbox import read_outbox
from placet.webhooks.queries import get_delivery, get_endpoint, list_deliveries, list_endpoints
from tests.cast import Cast
from tests.webhooks.conftest import pass_over_the_past

pytestmark = pytest.mark.django_db
Happen = Callable[..., str]
URL = "https://hooks.example.com/in"


@pytest.fixture(autouse=True)
def _nothing_happened_yet() -> None:
    pass_over_the_past()


def bodies(endpoint: Endpoint, now: object) -> list[dict[str, object]]:
    """What an endpoint would be sent, in the order of the events."""
    read_outbox(now=now)  # type: ignore[arg-type]
    found = Delivery.objects.filter(endpoint=endpoint).order_by("position")
    return [json.loads(delivery.body) for delivery in found]


def test_a_company_hears_of_itself_and_of_nobody_else(cast: Cast, happen: Happen) -> None:
    ours = add_endpoint(URL, actor=cast.ines, now=cast.now)
    theirs = add_endpoint(URL, actor=cast.jan, now=cast.now)
    pass_over_the_past()
    happen("requisition.submitted", "req_1", actor=cast.lena, number="REQ-1")
    happen("requisition.submitted", "req_2", actor=cast.ola, number="REQ-1")
    assert [body["data"]["id"] for body in bodies(ours, cast.now)] == ["req_1"]  # type: ignore[index]
    assert [body["data"]["id"] for body in bodies(theirs, cast.now)] == ["req_2"]  # type: ignore[index]


def test_the_merchant_hears_of_all_companies_but_not_their_own_affairs(
    cast: Cast, happen: Happen
) -> None:
    endpoint = add_endpoint(URL, actor=cast.mira, now=cast.now)
    pass_over_the_past()
    inside = ("budget.reserved", "decision.recorded", "step.opened", "comment.added", "cart.shared")
    for event_type in inside:
        happen(event_type, "thing_1", actor=cast.lena)
    happen(
        "requisition.submitted",
        "req_1",
        actor=cast.lena,
        requisition="req_1",
        number="REQ-1",
        hash="abc",
        plan_hash="secret",
        budget="bud_1",
        limit_minor=50_000,
        rules=["rul_1"],
        reason="cheaper elsewhere",
        number_of={"steps": 2},
        total_minor=324_000,
        currency="EUR",
    )
    (body,) = bodies(endpoint, cast.now)
    assert body["type"] == "requisition.submitted"
    assert body["data"] == {
        "object": "requisition",
        "id": "req_1",
        "company": cast.lena.company_id,
        "requisition": "req_1",
        "number": "REQ-1",
        "hash": "abc",
        "total": {"amount_minor": 324_000, "currency": "EUR"},
    }


def test_the_company_itself_is_told_everything_that_the_event_holds(
    cast: Cast, happen: Happen
) -> None:
    endpoint = add_endpoint(URL, actor=cast.ines, now=cast.now)
    pass_over_the_past()
    happen("budget.reserved", "bud_1", actor=cast.lena, budget="bud_1", amount_minor=5)
    (body,) = bodies(endpoint, cast.now)
    assert body["data"] == {
        "object": "budget",
        "id": "bud_1",
        "company": cast.lena.company_id,
        "budget": "bud_1",
        "amount_minor": 5,
    }


def test_only_the_wanted_types_are_sent(cast: Cast, happen: Happen) -> None:
    endpoint = add_endpoint(
        URL, event_types=["order.*", "requisition.ordered"], actor=cast.ines, now=cast.now
    )
    pass_over_the_past()
    for event_type in (
        "order.created",
        "requisition.submitted",
        "requisition.ordered",
        "order.failed",
    ):
        happen(event_type, "thing_1")
    assert [body["type"] for body in bodies(endpoint, cast.now)] == [
        "order.created",
        "requisition.ordered",
        "order.failed",
    ]


def test_events_about_endpoints_stay_inside(cast: Cast) -> None:
    first = add_endpoint(URL, actor=cast.ines, now=cast.now)
    pass_over_the_past()
    add_endpoint(URL, actor=cast.ines, now=cast.now)
    pass_over_the_past()
    assert bodies(first, cast.now) == []


def test_the_sequence_counts_the_events_of_one_thing(cast: Cast, happen: Happen) -> None:
    endpoint = add_endpoint(URL, actor=cast.ines, now=cast.now)
    pass_over_the_past()
    for subject in ("req_1", "req_2", "req_1", "req_1", "req_2"):
        happen("requisition.changed", subject)
    told = [(body["data"]["id"], body["sequence"]) for body in bodies(endpoint, cast.now)]  # type: ignore[index]
    assert told == [("req_1", 1), ("req_2", 1), ("req_1", 2), ("req_1", 3), ("req_2", 2)]


def test_reading_again_makes_no_second_delivery(cast: Cast, happen: Happen) -> None:
    add_endpoint(URL, actor=cast.ines, now=cast.now)
    pass_over_the_past()
    happen("order.created", "ord_1")
    assert read_outbox(now=cast.now) == 1
    assert read_outbox(now=cast.now) == 0
    assert Delivery.objects.count() == 1


def test_a_body_stays_below_20_kb(cast: Cast, happen: Happen) -> None:
    endpoint = add_endpoint(URL, actor=cast.ines, now=cast.now)
    pass_over_the_past()
    happen("import.finished", "imp_1", rows=["ł" * 100] * 200)
    (body,) = bodies(endpoint, cast.now)
    assert body["data"]["is_shortened"] is True  # type: ignore[index]
    assert body["data"]["id"] == "imp_1"  # type: ignore[index]
    assert len(Delivery.objects.get().body.encode()) < content.LARGEST_BODY


@pytest.mark.parametrize("person", ["lena", "rashid", "aron", "tomas"])
def test_without_the_permission_nothing_is_seen_or_done(cast: Cast, person: str) -> None:
    actor: Actor = getattr(cast, person)
    endpoint = add_endpoint(URL, actor=cast.ines, now=cast.now)
    delivery = send_test_event(endpoint, actor=cast.ines, now=cast.now)
    now = cast.now
    for refused in (
        lambda: add_endpoint(URL, actor=actor, now=now),
        lambda: disable_endpoint(endpoint, actor=actor, now=now),
        lambda: enable_endpoint(endpoint, actor=actor, now=now),
        lambda: rotate_secret(endpoint, actor=actor, now=now),
        lambda: send_test_event(endpoint, actor=actor, now=now),
        lambda: retry_delivery(delivery, actor=actor, now=now),
        lambda: replay_delivery(delivery, actor=actor, now=now),
        lambda: list_endpoints(actor),
        lambda: list_deliveries(actor),
    ):
        with pytest.raises((Forbidden, NotFound)) as reason:
            refused()
        assert reason.value.detail


def test_another_company_finds_nothing(cast: Cast) -> None:
    endpoint = add_endpoint(URL, actor=cast.ines, now=cast.now)
    delivery = send_test_event(endpoint, actor=cast.ines, now=cast.now)
    for outsider in (cast.jan, cast.mira):
        assert list(list_endpoints(outsider)) == []
        assert list(list_deliveries(outsider)) == []
        with pytest.raises(NotFound):
            get_endpoint(outsider, endpoint.id)
        with pytest.raises(NotFound):
            get_delivery(outsider, delivery.id)
    assert get_endpoint(cast.ines, endpoint.id) == endpoint
    assert list(list_deliveries(cast.ines, endpoint_id=endpoint.id, status="waiting")) == [delivery]


@pytest.mark.parametrize("wanted", ["order", "order.created.twice", "endpoint.added", "x.*", "*"])
def test_unknown_event_types_are_refused(cast: Cast, wanted: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_endpoint(URL, event_types=["order.*", wanted], actor=cast.ines, now=cast.now)
    assert refused.value.path == "event_types/1"


@override_settings(PLACET_WEBHOOK_PRIVATE_ADDRESSES=False)
def test_an_address_inside_is_refused_when_it_is_added(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        add_endpoint("https://169.254.169.254/", actor=cast.ines, now=cast.now)
    assert Endpoint.objects.count() == 0


def test_a_company_has_a_bounded_number_of_endpoints(cast: Cast) -> None:
    for _ in range(20):
        add_endpoint(URL, actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict):
        add_endpoint(URL, actor=cast.ines, now=cast.now)


def test_switching_twice_is_a_conflict(cast: Cast) -> None:
    endpoint = add_endpoint(URL, actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict):
        enable_endpoint(endpoint, actor=cast.ines, now=cast.now)
    disable_endpoint(endpoint, reason="moving house", actor=cast.ines, now=cast.now)
    assert (endpoint.status, endpoint.disabled_reason) == ("disabled", "moving house")
    with pytest.raises(Conflict):
        disable_endpoint(endpoint, actor=cast.ines, now=cast.now)
