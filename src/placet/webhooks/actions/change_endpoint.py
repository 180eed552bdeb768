"""Changing an endpoint: what it hears, whether it is on, its secret; no message is lost by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.clock import real_now
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.webhooks.addresses import check_url
from placet.webhooks.content import checked_types
from placet.webhooks.models import Endpoint
from placet.webhooks.permissions import can_manage_webhooks
from placet.webhooks.signing import new_signing_secret

OLD_SECRET_LASTS = timedelta(hours=24)
BY_HAND = "by_hand"
GONE = "receiver_gone"
GIVEN_UP = "nothing_arrived"
CAUSES = frozenset({BY_HAND, GONE, GIVEN_UP})
"""Why an endpoint is off: somebody did it, the receiver said 410, or a message was given up."""


class EndpointState(Conflict):
    """The endpoint is switched off, or on, already."""

    code = "endpoint_state"


@transaction
def disable_endpoint(
    endpoint: Endpoint, *, reason: str = "", cause: str = BY_HAND, actor: Actor, now: datetime
) -> Endpoint:
    """Stop sending to an endpoint; what waits for it stays and leaves when it is enabled again.

    ``reason`` is somebody's own words; ``cause`` is one of ``CAUSES``, and stands for the words
    where nobody wrote any. Raises ``Forbidden``, and ``EndpointState`` when it is off already.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    changed = Endpoint.objects.filter(pk=endpoint.pk, status=Endpoint.Status.ACTIVE).update(
        status=Endpoint.Status.DISABLED,
        disabled_reason=reason[:200] if cause == BY_HAND else cause,
        version=F("version") + 1,
    )
    endpoint.refresh_from_db()
    if not changed:
        raise EndpointState(_("This endpoint is switched off already."))
    record(
        "endpoint.disabled", endpoint.id, actor=actor, now=now, endpoint=endpoint.id, cause=cause
    )
    return endpoint


@transaction
def enable_endpoint(endpoint: Endpoint, *, actor: Actor, now: datetime) -> Endpoint:
    """Send to an endpoint again, beginning with what waited for it; it counts as well again.

    Raises ``Forbidden``, and ``EndpointState`` when it is switched on already.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    changed = Endpoint.objects.filter(pk=endpoint.pk, status=Endpoint.Status.DISABLED).update(
        status=Endpoint.Status.ACTIVE,
        disabled_reason="",
        failing_since=None,
        warned_at=None,
        version=F("version") + 1,
    )
    endpoint.refresh_from_db()
    if not changed:
        raise EndpointState(_("This endpoint is switched on already."))
    record("endpoint.enabled", endpoint.id, actor=actor, now=now, endpoint=endpoint.id)
    return endpoint


@transaction
def change_endpoint(
    endpoint: Endpoint,
    *,
    version: int | None = None,
    url: str | None = None,
    event_types: Sequence[str] | None = None,
    actor: Actor,
    now: datetime,
) -> Endpoint:
    """Give an endpoint another address, or let it hear of other events; ``None`` keeps a value.

    What waits for it goes to the new address; what it did not want to hear of before is not sent
    afterwards. Raises ``Forbidden``, ``RefusedAddress``, ``InvalidInput`` for unknown events, and
    ``ChangedMeanwhile`` when it has another ``version`` than the one that was seen.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    if url is not None:
        check_url(url)
    wanted = None if event_types is None else checked_types(event_types)
    changed = {
        name: value
        for name, value in (("url", url), ("event_types", wanted))
        if value is not None and value != getattr(endpoint, name)
    }
    if not changed:
        return endpoint
    update_row(endpoint, version, **changed)
    record(
        "endpoint.changed",
        endpoint.id,
        actor=actor,
        now=now,
        endpoint=endpoint.id,
        changed=sorted(changed),
    )
    return endpoint


@transaction
def rotate_secret(
    endpoint: Endpoint, *, version: int | None = None, actor: Actor, now: datetime
) -> Endpoint:
    """Give an endpoint a new secret; for 24 hours messages are signed with the old one as well.

    Rotated twice within that time, the oldest secret is gone: with the ``version`` that was seen a
    second click rotates nothing. Raises ``Forbidden``, ``ChangedMeanwhile``.
    """
    refuse_foreign(actor, endpoint.company_id)
    refuse(can_manage_webhooks(actor))
    # Other machines check signatures in real time, whatever the demo's clock says.
    until = real_now() + OLD_SECRET_LASTS
    update_row(
        endpoint,
        version,
        previous_secret=F("secret"),
        previous_secret_until=until,
        secret=new_signing_secret(),
    )
    record("endpoint.secret_rotated", endpoint.id, actor=actor, now=now, endpoint=endpoint.id)
    return endpoint
