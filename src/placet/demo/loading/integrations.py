"""What an integrator looks after: endpoints that do well and badly, and keys that end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from placet.calls.models import RequestLogEntry
from placet.calls.recording import record_call
from placet.companies.actions import create_api_key, revoke_api_key
from placet.companies.models import ApiKey
from placet.core import ids
from placet.demo.loading.registry import Registry
from placet.demo.world.companies import MERIDIAN, NORDEN
from placet.demo.world.integrations import CALLS, ENDPOINTS, KEYS, Call, Trouble
from placet.webhooks.actions import add_endpoint, send_test_event
from placet.webhooks.attempts import Outcome
from placet.webhooks.models import Delivery
from placet.webhooks.retries import WAITS
from placet.webhooks.settling import settle

MAKERS = {MERIDIAN: "ines", NORDEN: "erik"}


def load_integrations(registry: Registry) -> None:
    """Endpoints with what became of their messages, and keys beside those that are shown."""
    for trouble in ENDPOINTS:
        _load_endpoint(registry, trouble)
    for company, name, scopes, days, is_revoked in KEYS:
        maker = registry.actor(MAKERS[company])
        key, _secret = create_api_key(
            registry.companies[company],
            name=name,
            scopes=scopes,
            mode="test",
            expires_at=registry.now + timedelta(days=days) if days else None,
            actor=maker,
            now=registry.setup,
        )
        if is_revoked:
            revoke_api_key(key, actor=maker, now=registry.now - timedelta(days=20))
        for call in CALLS.get(name, ()):
            _load_call(registry, key, call)


def _load_call(registry: Registry, key: ApiKey, call: Call) -> None:
    """A row of the log of calls, and when the key was used."""
    at = registry.now - timedelta(minutes=call.minutes_ago)
    entry = RequestLogEntry(
        id=ids.new_id("call"),
        created_at=at,
        company_id=key.company_id,
        key_id=key.pk,
        method="GET",
        path=call.path,
        operation=call.operation,
        status=call.status,
        code=call.code,
        milliseconds=call.milliseconds,
    )
    record_call(entry)
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)


def _load_endpoint(registry: Registry, trouble: Trouble) -> None:
    """An address that is sent a message, and answers as it does, for as long as it is tried."""
    began = registry.now - timedelta(hours=trouble.hours_ago)
    signe = registry.actor("signe")
    endpoint = add_endpoint(
        trouble.url, event_types=trouble.event_types, actor=signe, now=registry.setup
    )
    delivery = send_test_event(endpoint, actor=signe, now=began)
    Delivery.objects.filter(pk=delivery.pk).update(created_at=began)
    at = began
    for wait in WAITS[: trouble.attempts]:
        at += wait
        _attempt(delivery.pk, trouble, at)


def _attempt(delivery_id: str, trouble: Trouble, at: datetime) -> None:
    """One attempt, claimed and settled as the worker does."""
    Delivery.objects.filter(pk=delivery_id).update(attempts=F("attempts") + 1, next_attempt_at=at)
    delivery = Delivery.objects.select_related("endpoint").get(pk=delivery_id)
    outcome = Outcome(
        trouble.status,
        trouble.error,
        sent={"webhook-id": delivery.event_id, "Content-Type": "application/json"},
        headers={"Content-Type": "text/plain"} if trouble.status else {},
        answer=trouble.answer,
        milliseconds=trouble.milliseconds,
    )
    settle([(delivery, outcome)], now=at, business_now=at)
