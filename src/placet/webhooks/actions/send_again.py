"""Sending again what did not arrive, what did, and a message to try an endpoint out."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse, refuse_foreign
from placet.core import ids
from placet.core.actor import Actor
from placet.core.clock import real_now
from placet.core.transaction import after_commit, transaction
from placet.events.record import record
from placet.events.wake import wake
from placet.webhooks.content import body_of_test
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.permissions import can_manage_webhooks
from placet.webhooks.refusing import DeliveryState, require_active

TEST_TYPE = "endpoint.tested"


@transaction
def send_test_event(endpoint: Endpoint, *, actor: Actor, now: datetime) -> Delivery:
    """Send a message of type ``endpoint.tested`` to this endpoint alone.

    Raises ``Forbidden``, and ``DeliveryState`` when the endpoint is switched off.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    require_active(endpoint)
    due_at = real_now()
    delivery = Delivery.objects.create(
        created_at=due_at,
        endpoint=endpoint,
        event_id=ids.new_id("evt"),
        event_type=TEST_TYPE,
        position=0,
        body=body_of_test(endpoint.id, endpoint.company_id, due_at),
        next_attempt_at=due_at,
    )
    record("endpoint.test_sent", endpoint.id, actor=actor, now=now, delivery=delivery.id)
    after_commit(wake)
    return delivery


@transaction
def retry_delivery(delivery: Delivery, *, actor: Actor, now: datetime) -> Delivery:
    """Try at once what has not arrived, instead of at its next time or never.

    Raises ``Forbidden``, and ``DeliveryState`` when it has arrived or the endpoint is off.
    """
    unarrived = (Delivery.Status.WAITING, Delivery.Status.FAILED)
    _send_again(delivery, unarrived, "delivery.retried", actor=actor, now=now)
    return delivery


@transaction
def replay_delivery(delivery: Delivery, *, actor: Actor, now: datetime) -> Delivery:
    """Send once more what has arrived or was given up, under the same ``webhook-id``.

    Raises ``Forbidden``, and ``DeliveryState`` while it is still on its way or the endpoint is off.
    """
    ended = (Delivery.Status.DELIVERED, Delivery.Status.FAILED)
    _send_again(delivery, ended, "delivery.replayed", actor=actor, now=now)
    return delivery


def _send_again(
    delivery: Delivery, states: tuple[str, ...], event_type: str, *, actor: Actor, now: datetime
) -> None:
    refuse_foreign(actor, delivery.endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    require_active(delivery.endpoint)
    changed = Delivery.objects.filter(pk=delivery.pk, status__in=states).update(
        status=Delivery.Status.WAITING, attempts=0, next_attempt_at=real_now(), delivered_at=None
    )
    delivery.refresh_from_db()
    if not changed:
        raise DeliveryState(
            _("This delivery is %(status)s.") % {"status": delivery.get_status_display().lower()}
        )
    record(event_type, delivery.id, actor=actor, now=now, event=delivery.event_id)
    after_commit(wake)
