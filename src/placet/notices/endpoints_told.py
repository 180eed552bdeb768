"""Who is told when webhooks do not arrive: whoever looks after them, and who added the endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.apps import apps

from placet.companies.models import Member, RoleGrant
from placet.companies.permissions import WEBHOOK_MANAGE
from placet.events.models import Event
from placet.notices.tellings import Payload, Telling

Rule = Callable[[Event, Payload], Iterable[Telling]]


def tell_keepers(kind: str) -> Rule:
    """An endpoint is failing, or was switched off by itself; nobody is told of what they did."""

    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        if payload.get("cause", "") == "by_hand":
            return
        told = holders_of(event.company_id, WEBHOOK_MANAGE) | _who_added(event)
        for member_id in sorted(told):
            yield Telling(member_id, kind, event.subject)

    return rule


def holders_of(company_id: str, permission: str) -> set[str]:
    """The active members of a company who hold a permission in all of it."""
    grants = RoleGrant.objects.filter(
        member__company_id=company_id, member__status=Member.Status.ACTIVE, unit=None
    ).values_list("member_id", "role__permissions")
    return {member_id for member_id, held in grants if permission in held}


def _who_added(event: Event) -> set[str]:
    # By name, since webhooks stand beside notices and neither knows the other.
    added = apps.get_model("webhooks.Endpoint")._default_manager.filter(
        pk=event.subject,
        company_id=event.company_id,
        created_by__company_id=event.company_id,
        created_by__status=Member.Status.ACTIVE,
    )
    return set(added.values_list("created_by_id", flat=True))
