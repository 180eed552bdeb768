"""The demo's ERP: believes a message only when it is signed with the endpoint's secret."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from placet.companies.queries import get_actor_of_key, get_merchant
from placet.demo.loading.connections import ERP_PATH
from placet.demo.models import ReceivedWebhook, ShownKey
from placet.orders.actions import acknowledge_order
from placet.orders.models import Order
from placet.orders.queries import get_order
from placet.webhooks.models import Endpoint
from placet.webhooks.signing import signed_headers

TOLERANCE = timedelta(minutes=5)
FIRST_NUMBER = 4_000_000


def is_signed(headers: Mapping[str, str], body: bytes, *, now: datetime) -> bool:
    """Whether one of the signatures is right and the message is no older than five minutes."""
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return False
    at = datetime.fromtimestamp(int(stamp), UTC)
    if abs(now - at) > TOLERANCE:
        return False
    endpoints = Endpoint.objects.filter(company=get_merchant(), url__endswith=ERP_PATH)
    secrets = list(endpoints.values_list("secret", flat=True))
    right = signed_headers(message_id, body, secrets, now=at)["webhook-signature"].split()
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(one, other) for one in right for other in given)


def keep_message(message_id: str, body: bytes, *, now: datetime) -> None:
    """Keep a message; one that arrives twice is kept once."""
    content: dict[str, Any] = json.loads(body)
    ReceivedWebhook.objects.get_or_create(
        message_id=message_id,
        defaults={
            "received_at": now,
            "event_type": str(content.get("type", ""))[:60],
            "subject": str(content.get("data", {}).get("id", ""))[:40],
            "body": json.dumps(content, indent=1, ensure_ascii=False),
        },
    )


def take_over_order(order_id: str, *, now: datetime) -> Order:
    """Pull an order with the ERP's own API key and acknowledge it under the ERP's number."""
    secret = ShownKey.objects.get(name="norden").secret
    actor, _key = get_actor_of_key(secret, now=now)
    order = get_order(actor, order_id)
    number = FIRST_NUMBER + int(order.number.rpartition("-")[2])
    return acknowledge_order(
        order,
        erp_number=f"NS-{number}",
        content_hash=order.content_hash,
        actor=actor,
        now=now,
    )
