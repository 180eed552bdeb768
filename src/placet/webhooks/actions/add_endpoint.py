"""Naming an address that is told about events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.webhooks.addresses import check_url
from placet.webhooks.content import checked_types
from placet.webhooks.models import Endpoint
from placet.webhooks.permissions import can_manage_webhooks
from placet.webhooks.signing import new_signing_secret

MOST_ENDPOINTS = 20


class TooManyEndpoints(Conflict):
    """The company has as many endpoints as one company may have."""

    code = "too_many_endpoints"


@transaction
def add_endpoint(
    url: str, *, event_types: Sequence[str] = (), actor: Actor, now: datetime
) -> Endpoint:
    """Tell this address about the company's events from now on.

    ``event_types`` are names such as ``order.created`` or ``order.*``; none means all. The secret
    stands on the returned row. Raises ``Forbidden``, ``RefusedAddress`` (an ``InvalidInput``) for
    an address that is not on the public internet, ``TooManyEndpoints``.
    """
    refuse(can_manage_webhooks(actor))
    check_url(url)
    wanted = checked_types(event_types)
    if Endpoint.objects.filter(company_id=actor.company_id).count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints(
            _("A company has at most %(most)d endpoints.") % {"most": MOST_ENDPOINTS}
        )
    endpoint = Endpoint.objects.create(
        created_at=now,
        company_id=actor.company_id,
        created_by_id=actor.member_id or None,
        url=url,
        event_types=wanted,
        secret=new_signing_secret(),
    )
    record("endpoint.added", endpoint.id, actor=actor, now=now, endpoint=endpoint.id, types=wanted)
    return endpoint
