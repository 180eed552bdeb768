"""Offers that wait to be released: the desk's list, and the page where one is decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.companies.permissions import QUOTE_MANAGE, RULE_MANAGE, can_do
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound, PlacetError
from placet.policy.chain import asked_now
from placet.policy.negotiation import OfferLine, last_of
from placet.quotes.actions import decide_release, take_back_release
from placet.quotes.content import OfferContent, read_content
from placet.quotes.models import Offer, OfferRelease, ReleaseDecision
from placet.quotes.queries import list_offers
from placet.quotes.reading import read_offer
from placet.quotes.releases import get_release, list_releases
from placet.quotes.releasing import chain_with, list_decisions, read_plan, standing_of
from placet.rulebooks.queries import list_offer_versions
from placet.threads.models import Comment
from placet.threads.queries import list_comments
from placet.web.paging import page_of
from placet.web.quotes.figuring import (
    FiguresView,
    StepRow,
    describe_steps,
    read_figures,
    share_of,
)
from placet.web.shell import PageRequest, company_page, company_url


class ReleasePage(NamedTuple):
    """One offer that waits, or waited, to be released."""

    release: OfferRelease
    said: OfferContent
    figures: FiguresView
    discount: object
    margin: object
    steps: list[StepRow]
    decisions: list[ReleaseDecision]
    request: Offer | None
    comments: list[Comment]
    may_decide: bool
    may_take_back: bool

    @property
    def is_waiting(self) -> bool:
        """Whether something can be decided."""
        return self.release.status == OfferRelease.Status.WAITING


@require_GET
@company_page
def release_list(request: PageRequest) -> HttpResponse:
    """What waits to be released comes first; with ``ended`` what was decided."""
    actor = request.actor
    if not actor.is_merchant:
        raise NotFound(_("There is no such page."))
    is_ended = "ended" in request.GET
    found = list_releases(actor)
    waiting = found.filter(status=OfferRelease.Status.WAITING)
    shown = found.exclude(status=OfferRelease.Status.WAITING) if is_ended else waiting
    page = page_of(shown, "created_at", request.GET)
    context = {
        "page": page,
        "rows": [(release, _figures_kept(release)) for release in page.rows],
        "is_ended": is_ended,
        "waiting": waiting.order_by()[:1000].count(),
        "refusal": can_do(actor, QUOTE_MANAGE),
        "may_begin": can_do(actor, RULE_MANAGE) is None and not list_offer_versions(),
    }
    return render(request, "web/quotes/releases.html", context)


def _figures_kept(release: OfferRelease) -> tuple[object, object]:
    stored = read_plan(release)
    return share_of(stored.discount), share_of(stored.margin)


@require_GET
@company_page
def release_page(request: PageRequest, key: str) -> HttpResponse:
    """Old and new prices, what they leave, why it is asked, and the two answers."""
    return _show(request, get_release(request.actor, key))


@require_POST
@company_page
def release_decide(request: PageRequest, key: str) -> HttpResponse:
    """Release it, or decline with a reason."""

    def decide(release: OfferRelease) -> str:
        decided = decide_release(
            release,
            verdict=request.POST.get("verdict", ""),
            content_hash=request.POST.get("hash", ""),
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            now=request.now,
        )
        return _outcome(decided)

    return _act(request, key, decide)


@require_POST
@company_page
def release_take_back(request: PageRequest, key: str) -> HttpResponse:
    """The author changes their mind; the draft stays."""

    def take_back(release: OfferRelease) -> str:
        take_back_release(release, actor=request.actor, now=request.now)
        return _("Taken back. The draft is still there.")

    return _act(request, key, take_back)


def _outcome(release: OfferRelease) -> str:
    said = {
        OfferRelease.Status.WAITING: _("Released by you. Somebody else is still asked."),
        OfferRelease.Status.RELEASED: _("Released: the customer has the offer now."),
        OfferRelease.Status.DECLINED: _("Declined. Whoever wrote it reads why."),
        OfferRelease.Status.LAPSED: _("Nothing was sent: it does not fit any more."),
    }
    return said[OfferRelease.Status(release.status)]


def _act(request: PageRequest, key: str, act: Callable[[OfferRelease], str]) -> HttpResponse:
    release = get_release(request.actor, key)
    try:
        messages.success(request, act(release))
    except (Conflict, Forbidden, InvalidInput) as error:
        return _show(request, get_release(request.actor, key), error)
    return redirect(company_url(request.actor, "release", release.pk))


def _show(
    request: PageRequest, release: OfferRelease, error: PlacetError | None = None
) -> HttpResponse:
    shown = read_release(request.actor, release, now=request.now)
    context = {"shown": shown, "error": error, "posted": request.POST}
    return render(
        request, "web/quotes/release.html", context, status=error.status if error else 200
    )


def read_release(actor: Actor, release: OfferRelease, *, now: datetime) -> ReleasePage:
    """Everything that whoever decides compares, in a number of queries that is constant."""
    quote, said, stored = release.quote, read_content(release.content), read_plan(release)
    offers = list_offers(quote)
    read = [read_offer(offer) for offer in offers]
    last = last_of([one for one in read if one.number < said.made.number], "merchant")
    before: dict[int, OfferLine] = {line.number: line for line in last.lines} if last else {}
    decisions = list_decisions(release)
    is_waiting = release.status == OfferRelease.Status.WAITING
    asked: set[str] = set()
    if is_waiting:
        chain = chain_with(stored.plan, decisions)
        standing = standing_of(stored.authors)
        asked = {user for users in asked_now(chain, standing).values() for user in users}
    ids = [quote.thread_id] if quote.thread_id else []
    return ReleasePage(
        release=release,
        said=said,
        figures=read_figures(
            quote,
            said.lines,
            is_whole=said.made.is_whole,
            terms=said.made.terms,
            before=before,
            now=now,
        ),
        discount=share_of(stored.discount),
        margin=share_of(stored.margin),
        steps=describe_steps(stored.plan),
        decisions=decisions,
        request=next((offer for offer in reversed(offers) if offer.side == "buyer"), None),
        comments=list_comments(actor, ids)[ids[0]] if ids else [],
        may_decide=is_waiting and actor.user_id in asked,
        may_take_back=is_waiting and release.author_id == actor.member_id,
    )
