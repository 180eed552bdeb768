"""What waits to be released: others are asked where people came or went, the rest ends.

An author hears within a minute that nobody can release an offer as it is, instead of waiting.
"""

from __future__ import annotations

from datetime import datetime

from placet.companies.queries import get_merchant
from placet.core.actor import system_actor
from placet.core.transaction import transaction
from placet.quotes.asking_again import ask_again
from placet.quotes.gate import seat_others
from placet.quotes.lapsing import lapse_release
from placet.quotes.lifecycle import lock_quote
from placet.quotes.models import OfferRelease
from placet.quotes.releasing import read_plan


def tend_releases(*, now: datetime) -> int:
    """Ask others or end what cannot go out, each in a transaction of its own; how many."""
    # All of them: most cannot be helped yet, and those that can are not behind these.
    waiting = OfferRelease.objects.filter(status=OfferRelease.Status.WAITING)
    found = waiting.order_by("created_at", "pk").values_list("pk", "quote_id")
    return sum(_tend_one(pk, quote_id, now) for pk, quote_id in list(found))


@transaction
def _tend_one(release_id: str, quote_id: str, now: datetime) -> bool:
    quote = lock_quote(quote_id)
    release = OfferRelease.objects.select_related("author__user").get(pk=release_id)
    if release.status != OfferRelease.Status.WAITING:
        return False
    stored = read_plan(release)
    asked = ask_again(release, quote, stored, now=now)
    if asked.found is not None and not asked.others:
        return False
    merchant = get_merchant()
    actor = system_actor(merchant.pk, merchant.slug, merchant.kind, merchant.currency)
    if asked.found is None:
        lapse_release(release, quote, asked.code, actor=actor, now=now)
    else:
        seat_others(release, quote, asked.found, stored.authors, actor=actor, now=now)
    return True
