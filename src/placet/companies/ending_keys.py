"""Keys that end: whoever can do something about it hears of it in time, once each time.

That it was told is an event, which names the end: a key that ends on another day is told anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from placet.companies.models import ApiKey, Company
from placet.core.actor import system_actor
from placet.core.transaction import transaction
from placet.events.models import Event
from placet.events.record import record

EARLY_DAYS: Final = 14
LATE_DAYS: Final = 1
ENDING: Final = "key.ending"
ROTATED: Final = "key.rotated"


@dataclass(slots=True)
class _Past:
    """What was told of a key, by its end and the days before; when its end was last chosen."""

    told: set[tuple[str, int]] = field(default_factory=set)
    chosen_at: datetime | None = None


def warn_ending_keys(*, now: datetime) -> int:
    """Record each key that ends within two weeks, and again within a day; returns how many."""
    soon = ApiKey.objects.filter(
        expires_at__gt=now,
        expires_at__lte=now + timedelta(days=EARLY_DAYS),
        revoked_at__isnull=True,
        company__status=Company.Status.ACTIVE,
    )
    found = list(soon.order_by("expires_at", "pk"))
    pasts = _pasts_of(found)
    return sum(_warn(key.pk, now) for key in found if _days_to_tell(key, pasts[key.pk], now))


@transaction
def _warn(key_id: str, now: datetime) -> int:
    """Looked at again under its lock: two workers tell it once."""
    rows = ApiKey.objects.select_for_update(of=("self",)).select_related("company")
    key = rows.get(pk=key_id)
    days = _days_to_tell(key, _pasts_of([key])[key.pk], now)
    if not days or key.expires_at is None or key.revoked_at is not None:
        return 0
    company = key.company
    record(
        "key.ending",
        key.pk,
        actor=system_actor(company.pk, company.slug, company.kind, company.currency),
        now=now,
        days=days,
        ends_at=key.expires_at.isoformat(),
        member=key.member_id or "",
    )
    return 1


def _days_to_tell(key: ApiKey, past: _Past, now: datetime) -> int:
    """Which of the two warnings is due; 0 for none.

    Nobody is warned of an end that they chose nearer than the warning, and of a key that has its
    successor only the day before: programs may be left that still use the old one.
    """
    if key.expires_at is None or key.expires_at <= now:
        return 0
    days = LATE_DAYS if key.expires_at - now <= timedelta(days=LATE_DAYS) else EARLY_DAYS
    was_replaced = past.chosen_at is not None
    is_told = (key.expires_at.isoformat(), days) in past.told
    is_short = key.expires_at - (past.chosen_at or key.created_at) <= timedelta(days=days)
    return 0 if is_told or is_short or (was_replaced and days == EARLY_DAYS) else days


def _pasts_of(keys: Sequence[ApiKey]) -> Mapping[str, _Past]:
    """What the chain says of these keys, in one query."""
    pasts: defaultdict[str, _Past] = defaultdict(_Past)
    events = Event.objects.filter(
        subject__in=[key.pk for key in keys], type__in=(ENDING, ROTATED)
    ).order_by("seq")
    for event in events:
        past, said = pasts[event.subject], json.loads(event.payload)
        if event.type == ENDING:
            past.told.add((said["ends_at"], said["days"]))
        else:
            past.chosen_at = event.created_at
    return pasts
