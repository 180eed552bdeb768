"""The demo's ERP believes what is signed, keeps it once, and takes over orders with its number."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from placet.core import clock
from placet.demo.loading.connections import ERP_PATH
from placet.demo.models import ReceivedWebhook
from placet.orders.models import Order
from placet.webhooks.models import Endpoint
from placet.webhooks.signing import new_signing_secret, signed_headers


def send(client: Client, order: Order, *, secret: str = "", now: datetime | None = None) -> int:
    """Send the webhook of an order; returns the status."""
    body = json.dumps({"type": "order.created", "data": {"id": order.pk}}).encode()
    secret = secret or Endpoint.objects.get(url__endswith=ERP_PATH).secret
    headers = signed_headers("evt_1", body, [secret], now=now or clock.real_now())
    answer = client.post("/demo/erp/", body, content_type="application/json", headers=headers)
    return answer.status_code


@pytest.fixture
def order(demo_client: Client) -> Order:
    found = Order.objects.filter(status="unprocessed").first()
    assert found is not None
    return found


def test_a_signed_message_is_kept_once(demo_client: Client, order: Order) -> None:
    assert send(demo_client, order) == 204
    assert send(demo_client, order) == 204
    assert ReceivedWebhook.objects.get().subject == order.pk
    page = demo_client.get("/demo/erp/").content.decode()
    assert order.number in page
    assert "Pull and acknowledge" in page


def test_what_is_not_signed_by_placet_is_refused(demo_client: Client, order: Order) -> None:
    assert send(demo_client, order, secret=new_signing_secret()) == 401
    assert send(demo_client, order, now=clock.real_now() - timedelta(minutes=6)) == 401
    assert send(demo_client, order, now=clock.real_now() + timedelta(minutes=6)) == 401
    assert demo_client.post("/demo/erp/", b"{}", content_type="application/json").status_code == 401
    headers = {"webhook-id": "1", "webhook-timestamp": "²", "webhook-signature": "v1,x"}
    bad = demo_client.post("/demo/erp/", b"{}", content_type="application/json", headers=headers)
    assert bad.status_code == 401
    assert not ReceivedWebhook.objects.exists()


def test_the_erp_takes_an_order_over_with_its_number(demo_client: Client, order: Order) -> None:
    demo_client.post("/demo/erp/acknowledgements/", {"order": order.pk})
    order.refresh_from_db()
    assert order.status == Order.Status.EXPORTED
    assert order.erp_number == f"NS-{4_000_000 + int(order.number.partition('-')[2])}"


def test_an_order_that_is_not_there_is_said_so(demo_client: Client) -> None:
    answer = demo_client.post("/demo/erp/acknowledgements/", {"order": "ord_none"}, follow=True)
    assert "There is no such order." in answer.content.decode()
