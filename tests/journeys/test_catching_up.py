"""An ERP that lost everything: it reads the events from the start and knows what it knew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from placet.core import clock
from placet.events import actions as placing
from placet.events.models import EventPending, EventPosition
from placet.orders.actions import acknowledge_order
from placet.orders.models import Order
from placet.webhooks.actions import add_endpoint, replay_events
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.models import Delivery
from placet.webhooks.outbox import read_outbox
from tests.api.caller import Caller, key_of
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit
from tests.webhooks.receiver import Receiver, listening

pytestmark = pytest.mark.django_db


@dataclass
class Erp:
    """Follows the events of orders: the state of each, and the position behind which to ask."""

    caller: Caller
    position: int = 0
    states: dict[str, str] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)

    def catch_up(self, limit: int = 3) -> None:
        """Read until there is nothing more."""
        while True:
            page = self.caller.get(f"/events?after={self.position}&limit={limit}").json
            for event in page["data"]:
                self.hear(event)
            self.position = page["next_position"]
            if not page["has_more"]:
                return

    def hear(self, event: dict[str, Any]) -> None:
        """Take one event in; what is known already changes nothing."""
        if event["id"] in self.read:
            return
        self.read.append(event["id"])
        if event["type"].startswith("order."):
            self.states[event["data"]["id"]] = event["type"].partition(".")[2]


@pytest.fixture
def norden(cast: Cast) -> Caller:
    """The key of the merchant's ERP."""
    return key_of("norden", "order.process", "webhook.manage")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as made:
        yield made


def place_all() -> None:
    while placing.place_events():
        pass


def three_orders(cast: Cast) -> list[Order]:
    """Three are placed, the first is taken over."""
    for _number in range(3):
        submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)
    orders = list(Order.objects.order_by("number"))
    acknowledge_order(orders[0], erp_number="SO-1", actor=cast.tomas, now=cast.now)
    return orders


def test_whoever_lost_everything_reads_it_again(cast: Cast, norden: Caller) -> None:
    orders = three_orders(cast)
    place_all()
    steady = Erp(norden)
    steady.catch_up()
    assert steady.states == {
        orders[0].pk: "acknowledged",
        orders[1].pk: "created",
        orders[2].pk: "created",
    }
    acknowledge_order(orders[1], erp_number="SO-2", actor=cast.tomas, now=cast.now)
    place_all()
    steady.catch_up()
    lost = Erp(norden)
    lost.catch_up(limit=1)
    assert (lost.states, lost.read, lost.position) == (steady.states, steady.read, steady.position)
    steady.catch_up()
    assert lost.position == steady.position


def test_nothing_appears_behind_a_position_that_was_read(cast: Cast, norden: Caller) -> None:
    """Commits arrive out of order: what has no place yet is not shown, and then comes last."""
    orders = three_orders(cast)
    late = EventPending.objects.filter(event__type="order.created").earliest("event__seq")
    late_id = late.event_id
    late.delete()  # As if its transaction were still open while the others are committed.
    place_all()
    erp = Erp(norden)
    erp.catch_up()
    assert late_id not in erp.read
    before = erp.position
    EventPending.objects.create(event_id=late_id)
    place_all()
    erp.catch_up()
    assert erp.read[-1] == late_id
    assert before < erp.position == EventPosition.objects.latest("position").position
    assert len(erp.states) == len(orders)


def test_a_replay_by_webhook_tells_the_same(cast: Cast, norden: Caller, receiver: Receiver) -> None:
    three_orders(cast)
    place_all()
    while read_outbox(now=clock.real_now()):
        pass
    reader = Erp(norden)
    reader.catch_up()
    endpoint = add_endpoint(receiver.url, actor=cast.mira, now=cast.now)
    replayed = replay_events(endpoint, position=0, actor=cast.mira, now=cast.now)
    send_webhooks(now=clock.real_now(), business_now=cast.now)
    heard = {event for event in reader.read if event in receiver.ids}
    assert heard == set(reader.read)
    assert replayed.events == len(receiver.ids) == len(set(receiver.ids))
    assert set(Delivery.objects.values_list("status", flat=True)) == {"delivered"}
