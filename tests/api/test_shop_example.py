"""The shop of examples/shop, as a stranger would run it, against a live server."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections

from placet.events.actions import place_events
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.models import Delivery
from placet.webhooks.outbox import read_outbox
from tests.api.caller import key_of, own_key_of
from tests.api.test_walk import live_server
from tests.cast import NOW, Cast
from tests.ground import Ground
from tests.house.source import ROOT


def load_shop() -> Any:
    """The example as a module; the cast's clock stands still, so it tolerates any time."""
    spec = importlib.util.spec_from_file_location("shop", ROOT / "examples/shop/shop.py")
    assert spec is not None
    assert spec.loader is not None
    shop = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shop)
    shop.TOLERANCE = 10**9
    shop.PATIENCE = 5
    return shop


@contextmanager
def delivering() -> Iterator[None]:
    """A worker that places events and sends webhooks until it is told to stop."""
    is_over = Event()

    def work() -> None:
        while not is_over.wait(0.05):
            place_events()
            read_outbox(now=NOW)
            send_webhooks(now=NOW, business_now=NOW)
        connections.close_all()

    worker = Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        is_over.set()
        worker.join()


def keys_of(cast: Cast) -> dict[str, Any]:
    """What /demo/keys.json says, of the cast."""
    callers = {
        "meridian": key_of("meridian"),
        "store": key_of("norden"),
        "rashid": own_key_of(cast.rashid),
    }
    return {
        "keys": {name: caller.secret for name, caller in callers.items()},
        "members": {"lena": cast.member["lena"]},
    }


def play(cast: Cast) -> None:
    """The whole play of the example."""
    keys = keys_of(cast)
    with live_server() as address:
        load_shop().main(address, keys)


def test_the_shop_works_as_a_stranger_runs_it(
    committed_db: Ground, cast: Cast, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES = True
    with delivering():
        play(cast)
    assert capsys.readouterr().out.endswith("The shop is connected.\n")
    told(cast)
    assert set(Delivery.objects.values_list("status", flat=True)) == {"delivered"}


def told(cast: Cast) -> None:
    """What has to be true afterwards."""
    statuses = Requisition.objects.order_by("number").values_list("status", flat=True)
    assert list(statuses) == ["ordered", "rejected"]
    order = Order.objects.get()
    assert order.erp_number.startswith("SHOP-")
    assert order.goods_minor == 60 * 999
    assert list(verify()) == []


def test_a_forged_message_is_refused() -> None:
    shop = load_shop()
    headers = {
        "webhook-id": "evt_1",
        "webhook-timestamp": "1700000000",
        "webhook-signature": "v1,bm90aGluZw==",
    }
    assert not shop.is_from_placet(["whsec_c2VjcmV0"], headers, b"{}")
    assert not shop.is_from_placet(["whsec_c2VjcmV0"], {}, b"{}")
