"""Switching an endpoint off and on, and changing its secret without losing a message."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.clock import real_now
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.webhooks.models import Endpoint
from placet.webhooks.permissions import can_manage_webhooks
from placet.webhooks.signing import new_signing_secret

OLD_SECRET_LASTS = timedelta(hours=24)


class EndpointState(Conflict):
    """The endpoint is switched off, or on, already."""

    code = "endpoint_state"


@transaction
def disable_endpoint(
    endpoint: Endpoint, *, reason: str = "", actor: Actor, now: datetime
) -> Endpoint:
    """Stop sending to an endpoint; what waits for it stays and leaves when it is enabled again.

    Raises ``Forbidden``, and ``EndpointState`` when it is switched off already.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    changed = Endpoint.objects.filter(pk=endpoint.pk, status=Endpoint.Status.ACTIVE).update(
        status=Endpoint.Status.DISABLED, disabled_reason=reason[:200], version=F("version") + 1
    )
    endpoint.refresh_from_db()
    if not changed:
        raise EndpointState(_("This endpoint is switched off already."))
    record("endpoint.disabled", endpoint.id, actor=actor, now=now, endpoint=endpoint.id)
    return endpoint


@transaction
def enable_endpoint(endpoint: Endpoint, *, actor: Actor, now: datetime) -> Endpoint:
    """Send to an endpoint again, beginning with what waited for it.

    Raises ``Forbidden``, and ``EndpointState`` when it is switched on already.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    changed = Endpoint.objects.filter(pk=endpoint.pk, status=Endpoint.Status.DISABLED).update(
        status=Endpoint.Status.ACTIVE, disabled_reason="", version=F("version") + 1
    )
    endpoint.refresh_from_db()
    if not changed:
        raise EndpointState(_("This endpoint is switched on already."))
    record("endpoint.enabled", endpoint.id, actor=actor, now=now, endpoint=endpoint.id)
    return endpoint


@transaction
def rotate_secret(endpoint: Endpoint, *, actor: Actor, now: datetime) -> Endpoint:
    """Give an endpoint a new secret; for 24 hours messages are signed with the old one as well.

    Rotated twice within that time, the oldest secret is gone. Raises ``Forbidden``.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    # Other machines check signatures in real time, whatever the demo's clock says.
    until = real_now() + OLD_SECRET_LASTS
    Endpoint.objects.filter(pk=endpoint.pk).update(
        previous_secret=F("secret"),
        previous_secret_until=until,
        secret=new_signing_secret(),
        version=F("version") + 1,
    )
    endpoint.refresh_from_db()
    record("endpoint.secret_rotated", endpoint.id, actor=actor, now=now, endpoint=endpoint.id)
    return endpoint
