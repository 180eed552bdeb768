"""The ways in which letters about webhooks come about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from placet.companies.models import Company
from placet.core.actor import system_actor
from placet.webhooks.actions import add_endpoint, disable_endpoint
from placet.webhooks.actions.change_endpoint import GIVEN_UP
from placet.webhooks.models import Endpoint
from placet.webhooks.settling import warn_failing_endpoints
from tests.cast import Cast


def endpoint_of(cast: Cast) -> Endpoint:
    """Meridian's endpoint, to which nothing has arrived since this morning."""
    endpoint = add_endpoint("https://erp.example.com/in", actor=cast.ines, now=cast.now)
    endpoint.failing_since = cast.now - timedelta(hours=6)
    endpoint.save()
    return endpoint


def nothing_arrives(cast: Cast) -> None:
    endpoint_of(cast)
    warn_failing_endpoints(now=cast.now, business_now=cast.now)


def switched_off(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    nobody = system_actor(company.id, company.slug, company.kind, company.currency)
    disable_endpoint(endpoint_of(cast), cause=GIVEN_UP, actor=nobody, now=cast.now)


WEBHOOK_WAYS: Final[Mapping[str, Callable[[Cast], object]]] = {
    "endpoint_failing": nothing_arrives,
    "endpoint_off": switched_off,
}
