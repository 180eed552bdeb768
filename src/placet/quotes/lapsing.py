"""An offer that waits to be released is of no use any more: the quote has moved on without it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import running, transaction
from placet.events.record import record
from placet.quotes.lifecycle import enter_quote
from placet.quotes.models import OfferRelease, Quote

WAITING = OfferRelease.Status.WAITING


class ReleaseOver(Conflict):
    """Nothing waits to be released any more; ``facts['status']`` says what became of it."""

    code = "release_over"


def lapse_releases(quote: Quote, code: str, *, actor: Actor, now: datetime) -> int:
    """End what waits for a release in a locked quote; how many, which is at most one.

    ``code`` says why: moved, ended, replaced, taken_back, changed, faulty, author_left.
    """
    running()
    waiting = list(OfferRelease.objects.filter(quote=quote, status=WAITING))
    for release in waiting:
        lapse_release(release, quote, code, actor=actor, now=now)
    return len(waiting)


def lapse_release(
    release: OfferRelease, quote: Quote, code: str, *, actor: Actor, now: datetime
) -> None:
    """End one that waits, and tell the merchant's own chain; the buyer hears nothing of it."""
    end_release(release, OfferRelease.Status.LAPSED, now=now)
    record(
        "release.lapsed",
        release.pk,
        actor=actor,
        now=now,
        company_id=get_merchant().pk,
        release=release.pk,
        quote=quote.pk,
        number=quote.number,
        reason=code,
    )


def end_release(release: OfferRelease, status: str, *, now: datetime) -> None:
    """Move one that waits to its end; raises ``ReleaseOver`` when somebody was quicker."""
    moved = OfferRelease.objects.filter(pk=release.pk, status=WAITING).update(
        status=status, ended_at=now, version=F("version") + 1
    )
    if not moved:
        raise ReleaseOver(_("Nothing waits to be released any more."))
    release.status, release.ended_at = status, now


@transaction
def take_back_release(release: OfferRelease, *, actor: Actor, now: datetime) -> OfferRelease:
    """The author wants no release any more; the draft stays, and can be changed and sent again."""
    locked = enter_quote(release.quote, actor=actor)
    if release.author_id != actor.member_id:
        refuse(Refusal("author_only", _("Only its author takes an offer back.")))
    lapse_release(release, locked, "taken_back", actor=actor, now=now)
    return release
