"""The gate before an offer of the merchant's: within its author's authority, or released first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import running
from placet.events.record import record
from placet.plans.offers import OfferPlan, users_of
from placet.policy.explain import Speaker
from placet.policy.facts import MissingFact
from placet.policy.plan import Plan
from placet.quotes.content import OfferContent
from placet.quotes.models import OfferDraft, OfferRelease, Quote, ReleaseSeat
from placet.quotes.releasing import plan_of, stored_text


class OfferBlocked(Conflict):
    """The merchant's own rules forbid this offer; ``facts['reasons']`` are the sentences."""

    code = "offer_blocked"


def ask_release(
    quote: Quote, said: OfferContent, draft: OfferDraft, *, actor: Actor, now: datetime
) -> OfferRelease | None:
    """Ask the merchant's rules about an offer of a locked quote.

    Nothing comes back where there are no such rules. What is free is released at once, and its row
    says so; everything else waits. Raises ``OfferBlocked``.
    """
    running()
    authors = authors_of(draft, actor)
    try:
        found = plan_of(
            quote, said.lines, said.made, author_id=actor.member_id, authors=authors, now=now
        )
    except MissingFact as error:
        raise OfferBlocked(_("Nobody can offer this: its author has left.")) from error
    if found is None:
        return None
    if found.plan.outcome == "blocked":
        reasons = sentences_of(found.plan)
        raise OfferBlocked(" ".join(reasons), reasons=reasons)
    return _write(quote, said, found, authors, actor=actor, now=now)


def authors_of(draft: OfferDraft, actor: Actor) -> frozenset[str]:
    """The humans who shaped an offer: who sends it, whoever wrote in its draft, whose key did."""
    users = users_of([draft.changed_by_id, actor.member_id])
    return users | {*draft.authors} | actor.humans


def sentences_of(plan: Plan) -> list[str]:
    """Why a plan forbids, in the reader's language."""
    speaker = Speaker((get_language() or "en")[:2])
    return [f"{speaker.reason(block.reason)}." for block in plan.blocked]


def _write(
    quote: Quote,
    said: OfferContent,
    found: OfferPlan,
    authors: frozenset[str],
    *,
    actor: Actor,
    now: datetime,
) -> OfferRelease:
    is_free = found.plan.outcome == "free"
    status = OfferRelease.Status.RELEASED if is_free else OfferRelease.Status.WAITING
    release = OfferRelease.objects.create(
        created_at=now,
        quote=quote,
        author_id=actor.member_id,
        offer_number=quote.offer_number,
        content=said.content,
        content_hash=said.hash,
        plan=stored_text(found, authors),
        plan_hash=found.plan.hash,
        status=status,
        ended_at=now if is_free else None,
    )
    if is_free:
        return release
    ReleaseSeat.objects.bulk_create(_seats(release, found.plan))
    _record_asked(release, quote, actor=actor, now=now)
    return release


def seat_others(
    release: OfferRelease,
    quote: Quote,
    found: OfferPlan,
    authors: frozenset[str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Ask those who are asked by now: somebody left, or somebody else may release it too.

    Whoever was asked before and still is hears nothing of it.
    """
    running()
    before = set(release.seats.values_list("member_id", flat=True))
    release.plan, release.plan_hash = stored_text(found, authors), found.plan.hash
    release.save(update_fields=["plan", "plan_hash"])
    release.seats.all().delete()
    seats = ReleaseSeat.objects.bulk_create(_seats(release, found.plan))
    fresh = sorted({seat.member_id for seat in seats} - before)
    _record_asked(release, quote, fresh, actor=actor, now=now)


def _record_asked(
    release: OfferRelease,
    quote: Quote,
    only: list[str] | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    told: dict[str, Any] = {} if only is None else {"only": only}
    record(
        "release.asked",
        release.pk,
        actor=actor,
        now=now,
        company_id=get_merchant().pk,
        release=release.pk,
        quote=quote.pk,
        number=quote.number,
        customer=quote.company_id,
        hash=release.content_hash,
        plan=release.plan_hash,
        **told,
    )


def _seats(release: OfferRelease, plan: Plan) -> list[ReleaseSeat]:
    """Who is asked at each step, and who decides for them while they are away."""
    seats: dict[tuple[int, str], ReleaseSeat] = {}
    for position, step in enumerate(plan.steps):
        for approver in step.approvers:
            people = [approver.member, *([approver.delegate.member] if approver.delegate else [])]
            for member_id in people:
                seats.setdefault(
                    (position, member_id),
                    ReleaseSeat(release=release, position=position, member_id=member_id),
                )
    return list(seats.values())
