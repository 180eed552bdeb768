"""What an integrator looks after: endpoints that do well and badly, and keys that end."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db.models import F

from placet.calls.models import RequestLogEntry
from placet.calls.recording import record_call
from placet.companies.actions import create_api_key, revoke_api_key
from placet.companies.ending_keys import warn_ending_keys
from placet.companies.models import ApiKey
from placet.core import ids
from placet.core.actor import Actor
from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Timeline
from placet.demo.world.companies import MERIDIAN, NORDEN
from placet.demo.world.integrations import CALLS, ENDPOINTS, KEYS, Call, Trouble
from placet.webhooks.actions import add_endpoint, send_test_event
from placet.webhooks.attempts import Outcome
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.retries import WAITS
from placet.webhooks.settling import WARNED_AFTER, settle, warn_failing_endpoints

MAKERS = {MERIDIAN: "ines", NORDEN: "erik"}


def plan_integrations(registry: Registry, timeline: Timeline) -> None:
    """Endpoints with what became of their messages, and keys beside those that are shown.

    They are there from the beginning; what happens to them later happens in the order of time.
    """
    for trouble in ENDPOINTS:
        _plan_endpoint(registry, trouble, timeline)
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
            timeline.plan(registry.now - timedelta(days=20), partial(_revoke, key, maker))
        for call in CALLS.get(name, ()):
            _load_call(registry, key, call)
    timeline.plan(registry.now - timedelta(minutes=1), _warn_of_keys)


def _warn_of_keys(now: datetime) -> None:
    """Of keys that end soon people have heard already: nobody gets a mail when a demo starts."""
    warn_ending_keys(now=now)


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


def _revoke(key: ApiKey, maker: Actor, now: datetime) -> None:
    revoke_api_key(key, actor=maker, now=now)


def _plan_endpoint(registry: Registry, trouble: Trouble, timeline: Timeline) -> None:
    """An address that is sent a message, and answers as it does, for as long as it is tried."""
    signe = registry.actor("signe")
    endpoint = add_endpoint(
        trouble.url, event_types=trouble.event_types, actor=signe, now=registry.setup
    )
    at = registry.now - timedelta(hours=trouble.hours_ago)
    timeline.plan(at, partial(_send, endpoint, signe))
    if at + WARNED_AFTER < registry.now:
        timeline.plan(at + WARNED_AFTER, _warn)
    for wait in WAITS[: trouble.attempts]:
        at += wait
        timeline.plan(at, partial(_attempt, endpoint, trouble))


def _send(endpoint: Endpoint, actor: Actor, now: datetime) -> None:
    delivery = send_test_event(endpoint, actor=actor, now=now)
    Delivery.objects.filter(pk=delivery.pk).update(created_at=now)


def _warn(now: datetime) -> None:
    warn_failing_endpoints(now=now, business_now=now)


def _attempt(endpoint: Endpoint, trouble: Trouble, now: datetime) -> None:
    """One attempt, claimed and settled as the worker does."""
    sent = Delivery.objects.filter(endpoint=endpoint)
    sent.update(attempts=F("attempts") + 1, next_attempt_at=now)
    delivery = sent.select_related("endpoint").get()
    outcome = Outcome(
        trouble.status,
        trouble.error,
        sent={"webhook-id": delivery.event_id, "Content-Type": "application/json"},
        headers={"Content-Type": "text/plain"} if trouble.status else {},
        answer=trouble.answer,
        milliseconds=trouble.milliseconds,
    )
    settle([(delivery, outcome)], now=now, business_now=now)
