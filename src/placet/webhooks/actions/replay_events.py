"""Sending again everything since a moment or a position, whether it arrived or not.

It is done in parts, each a transaction of its own: nothing that was sent again is taken back when a
later part fails, and the position says where to go on. Rows of deliveries that are forgotten are
written anew from their events, which never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import OperationalError

from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.clock import real_now
from placet.core.errors import Conflict
from placet.core.transaction import after_commit, transaction
from placet.events.models import Event
from placet.events.record import record
from placet.events.wake import wake
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.outbox import write_deliveries
from placet.webhooks.permissions import can_manage_webhooks
from placet.webhooks.reach import events_since
from placet.webhooks.refusing import require_active

MOST_REPLAYED = 10_000
MOST_OF_A_PART = 1_000
AT_ONCE = 500


class Replayed(NamedTuple):
    """How many events are on their way again; with ``has_more``, go on behind ``position``."""

    events: int
    position: int
    has_more: bool


def replay_in_parts(
    endpoint: Endpoint,
    *,
    since: datetime | None = None,
    position: int = 0,
    most: int = MOST_REPLAYED,
    actor: Actor,
    now: datetime,
) -> Replayed:
    """Send again at most ``most`` events, a part at a time; each part holds once it is sent.

    Where a later part cannot be sent (the database is busy, somebody switched the endpoint off),
    it ends with ``has_more`` behind what was. Raises what ``replay_events`` raises for the first.
    """
    done = Replayed(0, position, has_more=True)
    while done.has_more and done.events < most:
        try:
            part = replay_events(
                endpoint,
                since=since,
                position=done.position,
                most=min(MOST_OF_A_PART, most - done.events),
                actor=actor,
                now=now,
            )
        except (OperationalError, Conflict):
            if not done.events:
                raise
            break
        done = Replayed(done.events + part.events, part.position, part.has_more)
    return done


@transaction
def replay_events(
    endpoint: Endpoint,
    *,
    since: datetime | None = None,
    position: int = 0,
    most: int = MOST_OF_A_PART,
    actor: Actor,
    now: datetime,
) -> Replayed:
    """Send again what the endpoint may know and wants to hear, under the same ``webhook-id``.

    What was never sent to it, since it was off or did not exist, is sent too. At most ``most``
    events at a time. Raises ``Forbidden``, and ``DeliveryState`` when the endpoint is switched off.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    endpoint.refresh_from_db(fields=["status"])
    require_active(endpoint)
    due_at = real_now()
    found = list(events_since(endpoint, since=since, position=position)[: most + 1])
    sent = found[:most]
    for first in range(0, len(sent), AT_ONCE):
        _send(endpoint, sent[first : first + AT_ONCE], due_at)
    last = sent[-1].place.position if sent else position
    record(
        "endpoint.replayed",
        endpoint.id,
        actor=actor,
        now=now,
        endpoint=endpoint.id,
        events=len(sent),
        position=last,
    )
    after_commit(wake)
    return Replayed(len(sent), last, len(found) > most)


def _send(endpoint: Endpoint, events: Sequence[Event], due_at: datetime) -> None:
    """Rows that are there go back to their beginning, the others are written."""
    there = Delivery.objects.filter(endpoint=endpoint, event_id__in=[e.pk for e in events])
    # Held until the end: what is forgotten at this moment is written again, not sent into nothing.
    known = set(there.order_by("pk").select_for_update().values_list("event_id", flat=True))
    # What waits for its first attempt is on its way already.
    there.exclude(status=Delivery.Status.WAITING, attempts=0).update(
        status=Delivery.Status.WAITING, attempts=0, next_attempt_at=due_at, delivered_at=None
    )
    write_deliveries([(event, endpoint) for event in events if event.pk not in known], due_at)
