"""Who is told that an API key ends: whoever manages keys, and who made it."""

from __future__ import annotations

from collections.abc import Iterable

from placet.companies.models import ApiKey, Member
from placet.companies.permissions import KEY_MANAGE
from placet.events.models import Event
from placet.notices.endpoints_told import holders_of
from placet.notices.tellings import Payload, Telling


def tell_of_ending_key(event: Event, payload: Payload) -> Iterable[Telling]:
    """A personal key is its member's alone: nobody else could replace it."""
    own = payload.get("member", "")
    told = {own} if own else holders_of(event.company_id, KEY_MANAGE) | _who_made(event)
    for member_id in sorted(told):
        yield Telling(member_id, "key_ending", event.subject)


def _who_made(event: Event) -> set[str]:
    made = ApiKey.objects.filter(
        pk=event.subject,
        company_id=event.company_id,
        created_by__company_id=event.company_id,
        created_by__status=Member.Status.ACTIVE,
    )
    return {member_id for member_id in made.values_list("created_by_id", flat=True) if member_id}
