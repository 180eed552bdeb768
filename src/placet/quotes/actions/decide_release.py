"""Somebody of the merchant's says whether an offer beyond its author's authority goes out.

Once every step is released, exactly the bytes that were seen become the offer. Where the quote has
moved on meanwhile, or prices, costs or people have changed so that others would have to be asked,
the release lapses instead, and its author asks again.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.companies.models import Member
from placet.companies.queries import get_actor
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, PlacetError
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.chain import (
    AlreadyDecided,
    Chain,
    NotAsked,
    NotEligible,
    Vote,
    asked_now,
    decide,
    outcome,
)
from placet.policy.plan import Plan
from placet.quotes.asking_again import ask_again
from placet.quotes.content import read_content
from placet.quotes.gate import seat_others
from placet.quotes.lapsing import ReleaseOver, end_release, lapse_release
from placet.quotes.lifecycle import lock_quote
from placet.quotes.models import OfferRelease, Quote, ReleaseDecision
from placet.quotes.reasons import checked_reason
from placet.quotes.releases import get_release
from placet.quotes.releasing import (
    KINDS,
    chain_with,
    list_decisions,
    read_plan,
    standing_of,
)
from placet.quotes.speaking import speak


@transaction
def decide_release(
    release: OfferRelease,
    *,
    verdict: str,
    content_hash: str,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> OfferRelease:
    """Release an offer, or decline it with a reason that its author reads.

    ``content_hash`` is that of the offer that the actor saw. What comes back may have lapsed
    instead. Raises ``ReleaseOver`` where nothing waits any more, ``Forbidden`` for whoever is not
    asked, its author first of all.
    """
    quote = _enter(release, actor)
    locked = OfferRelease.objects.select_related("author__user").get(pk=release.pk)
    if locked.status != OfferRelease.Status.WAITING or locked.content_hash != content_hash:
        raise ReleaseOver(_("Nothing waits to be released any more."), status=locked.status)
    said = _checked(verdict, reason)
    stored = read_plan(locked)
    asked = ask_again(locked, quote, stored, now=now)
    if asked.found is None:
        lapse_release(locked, quote, asked.code, actor=actor, now=now)
        return locked
    if asked.others:
        seat_others(locked, quote, asked.found, stored.authors, actor=actor, now=now)
    plan = asked.found.plan
    chain = _voted(plan, locked, stored.authors, verdict, actor)
    position = _position(plan, chain.votes[-1])
    ReleaseDecision.objects.create(
        created_at=now,
        release=locked,
        position=position,
        member_id=actor.member_id,
        verdict=verdict,
        reason=said,
        content_hash=content_hash,
    )
    _record(locked, quote, verdict, said, actor=actor, now=now)
    result = outcome(chain)
    if result == "rejected":
        end_release(locked, OfferRelease.Status.DECLINED, now=now)
    elif result == "approved":
        _send(locked, quote, actor=actor, now=now)
    return locked


def _enter(release: OfferRelease, actor: Actor) -> Quote:
    """The quote's row, locked, for whoever is asked: also about a customer of somebody else's."""
    found = get_release(actor, release.pk)
    if not actor.member_id:
        refuse(Refusal("members_only", _("People negotiate: let the key act for a member.")))
    hold_companies(found.quote.company_id, actor.company_id, member_id=actor.member_id)
    return lock_quote(found.quote_id)


def _voted(
    plan: Plan, release: OfferRelease, authors: frozenset[str], verdict: str, actor: Actor
) -> Chain:
    """The chain with this decision at the first step that asks the actor now."""
    standing = standing_of(authors)
    chain = chain_with(plan, list_decisions(release))
    if actor.humans & authors:
        refuse(Refusal("own_offer", _("Nobody releases an offer of their own.")))
    asked = asked_now(chain, standing)
    key = next((key for key, users in asked.items() if actor.user_id in users), "")
    kind = KINDS[verdict]
    try:
        return decide(chain, Vote(key, actor.user_id, kind), standing)
    except AlreadyDecided:
        refuse(Refusal("decided", _("You have decided this already.")))
    except (NotAsked, NotEligible):
        refuse(Refusal("not_asked", _("You are not asked to release this offer.")))
    raise RuntimeError("a refusal refuses")


def _position(plan: Plan, vote: Vote) -> int:
    return next(place for place, step in enumerate(plan.steps) if step.key == vote.step)


def _send(release: OfferRelease, quote: Quote, *, actor: Actor, now: datetime) -> None:
    """Exactly what was released goes out, in the name of its author."""
    author = _find_author(release)
    if author is None:
        lapse_release(release, quote, "author_left", actor=actor, now=now)
        return
    end_release(release, OfferRelease.Status.RELEASED, now=now)
    speak(quote, read_content(release.content), verb="offer", actor=author, now=now)
    # What a colleague drafted meanwhile is kept for the next round.
    quote.drafts.filter(side="merchant", changed_at__lte=release.created_at).delete()


def _find_author(release: OfferRelease) -> Actor | None:
    """Whoever wrote the offer, as they are now; nobody once they have left."""
    member: Member = release.author
    try:
        return get_actor(user_id=member.user_id, company_slug=member.company.slug, channel="web")
    except PlacetError:
        return None


def _record(
    release: OfferRelease, quote: Quote, verdict: str, reason: str, *, actor: Actor, now: datetime
) -> None:
    kind = "given" if verdict == ReleaseDecision.Verdict.RELEASE else "declined"
    record(
        f"release.{kind}",
        release.pk,
        actor=actor,
        now=now,
        release=release.pk,
        quote=quote.pk,
        number=quote.number,
        author=release.author_id,
        hash=release.content_hash,
        private={"reason": reason} if reason else None,
    )


def _checked(verdict: str, reason: str) -> str:
    if verdict not in ReleaseDecision.Verdict.values:
        raise InvalidInput("verdict", "unknown", _("Release it, or decline."))
    said = checked_reason(reason)
    if verdict == ReleaseDecision.Verdict.DECLINE and not said:
        raise InvalidInput("reason", "required", _("Say why: whoever wrote the offer reads it."))
    return said
