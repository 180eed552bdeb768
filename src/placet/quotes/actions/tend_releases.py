"""What waits to be released and could not be any more: somebody who is asked has left, or else.

Its author hears of it within a minute, instead of waiting for an answer that nobody can give.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.companies.queries import get_merchant
from placet.core.actor import system_actor
from placet.core.transaction import transaction
from placet.quotes.asking_again import ask_again
from placet.quotes.lapsing import lapse_release
from placet.quotes.lifecycle import lock_quote
from placet.quotes.models import OfferRelease
from placet.quotes.releasing import read_plan

AT_ONCE: Final = 100


def tend_releases(*, now: datetime) -> int:
    """End what nobody can release as it was asked, each in a transaction of its own; how many."""
    waiting = OfferRelease.objects.filter(status=OfferRelease.Status.WAITING)
    found = waiting.order_by("created_at", "pk").values_list("pk", "quote_id")[:AT_ONCE]
    return sum(_tend_one(pk, quote_id, now) for pk, quote_id in list(found))


@transaction
def _tend_one(release_id: str, quote_id: str, now: datetime) -> bool:
    quote = lock_quote(quote_id)
    release = OfferRelease.objects.select_related("author__user").get(pk=release_id)
    if release.status != OfferRelease.Status.WAITING:
        return False
    code, plan = ask_again(release, quote, read_plan(release), now=now)
    if plan is not None:
        return False
    merchant = get_merchant()
    actor = system_actor(merchant.pk, merchant.slug, merchant.kind, merchant.currency)
    lapse_release(release, quote, code, actor=actor, now=now)
    return True
