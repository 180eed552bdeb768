"""Sending what is due: claim the row, post without a transaction, write down what happened.

A claim moves ``next_attempt_at`` forward by a guarded update, so two workers never send the same
attempt, and an attempt that a crash swallowed is due again when its claim runs out. A receiver may
therefore see a message twice, with the same ``webhook-id``; it never misses one.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Min

from placet.core.actor import system_actor
from placet.webhooks.actions import disable_endpoint
from placet.webhooks.actions.change_endpoint import EndpointState
from placet.webhooks.addresses import RefusedAddress, resolve_target
from placet.webhooks.connection import NoAnswer, post_body
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.retries import wait_after
from placet.webhooks.signing import signed_headers

ENDPOINTS_AT_ONCE = 8
PER_ENDPOINT = 4
CLAIM_LASTS = timedelta(minutes=2)
GONE = 410
LONGEST_ERROR = 400


class Outcome(NamedTuple):
    """What one attempt came to: the receiver's status, or the reason why there was none."""

    status: int | None
    error: str

    @property
    def is_delivered(self) -> bool:
        """Only 2xx counts; a redirect is a refusal like any other."""
        return self.status is not None and 200 <= self.status < 300


def send_webhooks(*, now: datetime, business_now: datetime) -> int:
    """Send the next deliveries that are due; returns how many attempts were made.

    ``now`` is real time, for attempts and timestamps; an endpoint that is switched off for good
    gets an event at ``business_now``. Endpoints are served side by side, a few messages each, so
    that a slow one does not hold up the others for long.
    """
    claimed = [delivery for delivery in _due(now) if _claim(delivery, now)]
    if not claimed:
        return 0
    with ThreadPoolExecutor(max_workers=ENDPOINTS_AT_ONCE) as threads:
        outcomes = list(threads.map(lambda delivery: _attempt(delivery, now), claimed))
    for delivery, outcome in zip(claimed, outcomes, strict=True):
        _settle(delivery, outcome, now)
        if outcome.status == GONE:
            _disable_gone(delivery.endpoint, business_now)
    return len(claimed)


def _due(now: datetime) -> list[Delivery]:
    """The oldest due deliveries of the endpoints that have waited longest."""
    due = Delivery.objects.filter(
        status=Delivery.Status.WAITING,
        next_attempt_at__lte=now,
        endpoint__status=Endpoint.Status.ACTIVE,
    )
    endpoints = (
        due.values_list("endpoint_id")
        .annotate(since=Min("next_attempt_at"))
        .order_by("since", "endpoint_id")[:ENDPOINTS_AT_ONCE]
    )
    return [
        delivery
        for endpoint_id, _since in endpoints
        for delivery in due.filter(endpoint_id=endpoint_id)
        .select_related("endpoint__company")
        .order_by("next_attempt_at", "position")[:PER_ENDPOINT]
    ]


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Whether this worker has the attempt; the row then counts it and is due again later."""
    claimed = Delivery.objects.filter(
        pk=delivery.pk,
        status=Delivery.Status.WAITING,
        attempts=delivery.attempts,
        next_attempt_at=delivery.next_attempt_at,
    ).update(attempts=F("attempts") + 1, next_attempt_at=now + CLAIM_LASTS)
    delivery.attempts += 1
    delivery.next_attempt_at = now + CLAIM_LASTS
    return claimed == 1


def _attempt(delivery: Delivery, now: datetime) -> Outcome:
    """Post the message; runs beside others in a thread and touches no database."""
    endpoint = delivery.endpoint
    body = delivery.body.encode()
    signed = signed_headers(delivery.event_id, body, secrets_of(endpoint, now), now=now)
    try:
        target = resolve_target(endpoint.url)
        answer = post_body(
            target,
            body,
            {**signed, "Content-Type": "application/json", "User-Agent": "Placet-Webhooks"},
        )
    except (RefusedAddress, NoAnswer, OSError) as error:
        return Outcome(None, str(error) or type(error).__name__)
    said = "" if 200 <= answer.status < 300 else f"answered {answer.status}"
    if 300 <= answer.status < 400:
        said += ", redirects are not followed"
    return Outcome(answer.status, said)


def secrets_of(endpoint: Endpoint, now: datetime) -> Sequence[str]:
    """The secrets that sign at this moment: the current one, and the one that is being replaced."""
    until = endpoint.previous_secret_until
    if endpoint.previous_secret and until is not None and now < until:
        return (endpoint.secret, endpoint.previous_secret)
    return (endpoint.secret,)


def _settle(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    """Write down what an attempt came to, unless the row has moved on since it was claimed."""
    claimed = Delivery.objects.filter(
        pk=delivery.pk,
        status=Delivery.Status.WAITING,
        attempts=delivery.attempts,
        next_attempt_at=delivery.next_attempt_at,
    )
    if outcome.is_delivered:
        claimed.update(
            status=Delivery.Status.DELIVERED,
            delivered_at=now,
            last_status=outcome.status,
            last_error="",
        )
        return
    wait = None if outcome.status == GONE else wait_after(delivery.attempts, delivery.id)
    claimed.update(
        status=Delivery.Status.FAILED if wait is None else Delivery.Status.WAITING,
        next_attempt_at=now + (wait or timedelta(0)),
        last_status=outcome.status,
        last_error=outcome.error[:LONGEST_ERROR],
    )


def _disable_gone(endpoint: Endpoint, now: datetime) -> None:
    company = endpoint.company
    actor = system_actor(company.id, company.slug, company.kind, company.currency)
    try:
        disable_endpoint(endpoint, reason="The receiver answered 410.", actor=actor, now=now)
    except EndpointState:
        return  # Another message heard the same answer first.
