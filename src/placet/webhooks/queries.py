"""Endpoints and deliveries of the actor's company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.webhooks.models import Delivery, DeliveryAttempt, Endpoint
from placet.webhooks.permissions import can_manage_webhooks


def list_endpoints(actor: Actor) -> QuerySet[Endpoint]:
    """The endpoints of the actor's company, oldest first; raises ``Forbidden``."""
    refuse(can_manage_webhooks(actor))
    return Endpoint.objects.filter(company_id=actor.company_id).order_by("created_at", "id")


def get_endpoint(actor: Actor, endpoint_id: str) -> Endpoint:
    """One endpoint of the actor's company; raises ``NotFound``, ``Forbidden``."""
    found = list_endpoints(actor).filter(pk=endpoint_id).first()
    if found is None:
        raise NotFound(_("There is no such endpoint."))
    return found


def list_deliveries(
    actor: Actor,
    *,
    endpoint_id: str = "",
    status: str = "",
    event_type: str = "",
    since: datetime | None = None,
) -> QuerySet[Delivery]:
    """What was sent or waits, newest first; raises ``Forbidden``.

    ``event_type`` is a name or all of a kind, ``order.*``; ``since`` is real time. Each row has its
    attempts, the time of the next one and the last error.
    """
    refuse(can_manage_webhooks(actor))
    # By name: joined to its endpoints, the newest of a company would be sought among all it has.
    mine = Endpoint.objects.filter(company_id=actor.company_id).values_list("pk", flat=True)
    deliveries = Delivery.objects.filter(endpoint_id__in=list(mine))
    if endpoint_id:
        deliveries = deliveries.filter(endpoint_id=endpoint_id)
    if status:
        deliveries = deliveries.filter(status=status)
    if event_type.endswith(".*"):
        deliveries = deliveries.filter(event_type__startswith=event_type.removesuffix("*"))
    elif event_type:
        deliveries = deliveries.filter(event_type=event_type)
    if since is not None:
        deliveries = deliveries.filter(created_at__gte=since)
    return deliveries.select_related("endpoint").order_by("-created_at", "-id")


def get_delivery(actor: Actor, delivery_id: str, *, endpoint_id: str = "") -> Delivery:
    """One delivery of the actor's company, to this endpoint; raises ``NotFound``, ``Forbidden``."""
    found = list_deliveries(actor, endpoint_id=endpoint_id).filter(pk=delivery_id).first()
    if found is None:
        raise NotFound(_("There is no such delivery."))
    return found


def list_attempts(deliveries: Sequence[Delivery]) -> QuerySet[DeliveryAttempt]:
    """The attempts of these deliveries that are still kept, the latest first."""
    return DeliveryAttempt.objects.filter(delivery__in=deliveries).order_by("-number", "-pk")
