"""What one attempt came to, written down: the delivery, its log, and how its endpoint is doing.

An endpoint is *failing* from the first attempt that failed after the last one that arrived. When a
message is given up and nothing has arrived since it was first tried, the endpoint is switched off.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Max

from placet.core.actor import Actor, system_actor
from placet.core.transaction import transaction
from placet.events.record import record
from placet.webhooks.actions.change_endpoint import (
    GIVEN_UP,
    GONE,
    EndpointState,
    disable_endpoint,
)
from placet.webhooks.attempts import LONGEST_ERROR, Outcome
from placet.webhooks.models import Delivery, DeliveryAttempt, Endpoint
from placet.webhooks.retries import wait_after

STATUS_GONE = 410
WARNED_AFTER = timedelta(hours=5)
AT_ONCE = 100
MOVED = ("status", "delivered_at", "next_attempt_at", "last_status", "last_error")


Landed = tuple[Delivery, Outcome]


@transaction
def settle(landed: Sequence[Landed], *, now: datetime, business_now: datetime) -> None:
    """Write down what attempts came to; a delivery moves only if it has not since it was claimed.

    Each delivery is as it was claimed. ``now`` is real time; an endpoint that is switched off gets
    an event at ``business_now``.
    """
    # The rows order those who number the attempts of one delivery, and guard what is written.
    pks = sorted(delivery.pk for delivery, _outcome in landed)
    locked = Delivery.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    rows = {row.pk: row for row in locked.defer("body")}
    known = [one for one in landed if one[0].pk in rows]
    _log(known, now)
    _mark(known, now)
    moved = [one for one in known if _is_as_claimed(rows[one[0].pk], one[0])]
    _move(moved, now)
    for delivery, outcome in moved:
        if outcome.status == STATUS_GONE:
            _switch_off(delivery.endpoint, GONE, business_now)
        elif delivery.status == Delivery.Status.FAILED:
            _judge(delivery, business_now)


def warn_failing_endpoints(*, now: datetime, business_now: datetime) -> int:
    """Tell, once, about each endpoint to which nothing has arrived for five hours.

    Returns how many. ``now`` is real time, the event is at ``business_now``.
    """
    failing = Endpoint.objects.filter(
        status=Endpoint.Status.ACTIVE,
        failing_since__lte=now - WARNED_AFTER,
        warned_at__isnull=True,
    ).select_related("company")
    found = list(failing.order_by("failing_since", "id")[:AT_ONCE])
    return sum(_warn(endpoint, now, business_now) for endpoint in found)


@transaction
def _warn(endpoint: Endpoint, now: datetime, business_now: datetime) -> int:
    warned = Endpoint.objects.filter(
        pk=endpoint.pk, failing_since=endpoint.failing_since, warned_at__isnull=True
    ).update(warned_at=now)
    if warned:
        record(
            "endpoint.failing",
            endpoint.id,
            actor=_nobody(endpoint),
            now=business_now,
            endpoint=endpoint.id,
        )
    return warned


def _log(landed: Sequence[Landed], now: datetime) -> None:
    """A row for each attempt, numbered through all attempts of its delivery, replays included."""
    tries = DeliveryAttempt.objects.filter(delivery_id__in=[one.pk for one, _outcome in landed])
    last = dict(tries.values_list("delivery_id").annotate(last=Max("number")))
    DeliveryAttempt.objects.bulk_create(
        DeliveryAttempt(
            created_at=now,
            delivery=delivery,
            number=last.get(delivery.pk, 0) + 1,
            request_headers=dict(outcome.sent),
            status=outcome.status,
            answer_headers=dict(outcome.headers),
            answer=outcome.answer,
            error=outcome.error[:LONGEST_ERROR],
            milliseconds=outcome.milliseconds,
        )
        for delivery, outcome in landed
    )


def _mark(landed: Sequence[Landed], now: datetime) -> None:
    """How the endpoints are doing: what arrived ends their trouble, what failed begins it."""
    well = {one.endpoint_id for one, outcome in landed if outcome.is_delivered}
    ill = {one.endpoint_id for one, outcome in landed if not outcome.is_delivered} - well
    # Looked at in the rows, since another worker may have marked them; in order, against deadlocks.
    for endpoint_id in sorted(well):
        Endpoint.objects.filter(pk=endpoint_id, failing_since__isnull=False).update(
            failing_since=None, warned_at=None
        )
    for endpoint_id in sorted(ill):
        Endpoint.objects.filter(pk=endpoint_id, failing_since__isnull=True).update(
            failing_since=now
        )


def _is_as_claimed(row: Delivery, claimed: Delivery) -> bool:
    return (
        row.status == Delivery.Status.WAITING
        and row.attempts == claimed.attempts
        and row.next_attempt_at == claimed.next_attempt_at
    )


def _move(landed: Sequence[Landed], now: datetime) -> None:
    for delivery, outcome in landed:
        delivery.last_status = outcome.status
        delivery.last_error = outcome.error[:LONGEST_ERROR]
        if outcome.is_delivered:
            delivery.status, delivery.delivered_at = Delivery.Status.DELIVERED, now
            continue
        is_gone = outcome.status == STATUS_GONE
        wait = None if is_gone else wait_after(delivery.attempts, delivery.id)
        delivery.status = Delivery.Status.FAILED if wait is None else Delivery.Status.WAITING
        delivery.next_attempt_at = now + (wait or timedelta(0))
    Delivery.objects.bulk_update([delivery for delivery, _outcome in landed], MOVED)


def _judge(delivery: Delivery, business_now: datetime) -> None:
    """Switch the endpoint off when nothing arrived since the message, given up, was first tried."""
    recent = delivery.tries.order_by("-number").values_list("created_at", flat=True)
    first_tried_at = min(recent[: delivery.attempts])
    endpoint = Endpoint.objects.select_related("company").get(pk=delivery.endpoint_id)
    if endpoint.failing_since is not None and endpoint.failing_since <= first_tried_at:
        _switch_off(endpoint, GIVEN_UP, business_now)


def _switch_off(endpoint: Endpoint, cause: str, business_now: datetime) -> None:
    try:
        disable_endpoint(endpoint, cause=cause, actor=_nobody(endpoint), now=business_now)
    except EndpointState:
        return  # Another message came to the same first.


def _nobody(endpoint: Endpoint) -> Actor:
    company = endpoint.company
    return system_actor(company.id, company.slug, company.kind, company.currency)
