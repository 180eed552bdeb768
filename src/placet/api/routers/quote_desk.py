"""The merchant's desk of quotes: releases, who answers, templates; and asking again."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.routers.quotes import Lines, Message, NewMessage, lines_of
from placet.api.routers.steps import Hash
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.quote import Quote, show_quote
from placet.api.schemas.release import (
    OfferTemplate,
    Release,
    show_release,
    show_releases,
    show_template,
    show_templates,
)
from placet.api.versions import require_version, tag
from placet.companies.refusals import refuse
from placet.quotes import actions, queries, releases
from placet.quotes.permissions import can_keep_templates
from placet.quotes.templates import get_template, list_templates

router = Router(tags=["quotes"])


class ReleaseFilters(Page):
    """Releases in one state."""

    status: Literal["waiting", "released", "declined", "lapsed"] | None = None


class NewReleaseDecision(Wish):
    """An answer about the offer with this hash; declining needs a reason."""

    verdict: Literal["release", "decline"]
    hash: Hash
    reason: Annotated[str, StringConstraints(max_length=2000)] = ""


class NewQuoteAssignment(Wish):
    """Who of the desk answers; an empty member is whoever comes first."""

    member: Annotated[str, StringConstraints(max_length=40)]


class NewOfferTemplate(Wish):
    """An offer to be kept under a name, in place of what is kept under it."""

    name: Annotated[str, StringConstraints(max_length=200)]
    currency: Annotated[str, StringConstraints(min_length=3, max_length=3, pattern="^[A-Z]{3}$")]
    lines: Lines
    is_whole: bool = True
    terms: Annotated[str, StringConstraints(max_length=40)] = ""
    valid_days: Annotated[int, Field(ge=1, le=365)] | None = None


@router.get("/releases", response=ListOf[Release])
def list_offer_releases(request: ApiRequest, page: Query[ReleaseFilters]) -> ListOf[Release]:
    """Offers that waited, or wait, to be released; only for the merchant's desk."""
    found = releases.list_releases(request.actor)
    if page.status:
        found = found.filter(status=page.status)
    return page_of(request, found, page, partial(show_releases, actor=request.actor))


@router.get("/releases/{release_id}", response=Release)
def get_offer_release(request: ApiRequest, release_id: str) -> Release:
    """One of them."""
    release = releases.get_release(request.actor, release_id)
    tag(request, release.version)
    return show_release(release, request.actor)


@router.post("/releases/{release_id}/decisions", response={201: Release})
def decide_offer_release(
    request: ApiRequest, release_id: str, body: NewReleaseDecision
) -> Status[Release]:
    """Release an offer, which sends it once everybody has who is asked, or decline it."""
    release = releases.get_release(request.actor, release_id)
    actions.decide_release(
        release,
        verdict=body.verdict,
        content_hash=body.hash,
        reason=body.reason,
        actor=request.actor,
        now=request.now,
    )
    return _released(request, release_id)


@router.post("/releases/{release_id}/withdrawals", response={201: Release})
def take_back_offer_release(request: ApiRequest, release_id: str) -> Status[Release]:
    """The author takes an offer back before anybody released it."""
    release = releases.get_release(request.actor, release_id)
    actions.take_back_release(release, actor=request.actor, now=request.now)
    return _released(request, release_id)


@router.post("/quotes/{quote_id}/assignments", response={201: Quote})
def assign_quote(request: ApiRequest, quote_id: str, body: NewQuoteAssignment) -> Status[Quote]:
    """Say who of the merchant's desk answers."""
    quote = queries.get_quote(request.actor, quote_id)
    actions.assign_quote(quote, member_id=body.member, actor=request.actor, now=request.now)
    return _quote(request, quote_id)


@router.post("/quotes/{quote_id}/requests", response={201: Quote})
def ask_for_quote_again(request: ApiRequest, quote_id: str) -> Status[Quote]:
    """A new draft with the lines of a quote that has ended."""
    quote = queries.get_quote(request.actor, quote_id)
    fresh = actions.ask_again(quote, actor=request.actor, now=request.now)
    return _quote(request, fresh.pk)


@router.post("/quotes/{quote_id}/lines/{number}/messages", response={201: Message})
def write_line_message(
    request: ApiRequest, quote_id: str, number: int, body: NewMessage
) -> Status[Message]:
    """Write to the other side about one line."""
    quote = queries.get_quote(request.actor, quote_id)
    comment = actions.write_about_quote(
        quote, text=body.text, line=number, actor=request.actor, now=request.now
    )
    return Status(201, Message(id=comment.pk, thread=comment.thread_id, text=comment.text))


@router.get("/offer_templates", response=ListOf[OfferTemplate])
def list_offer_templates(request: ApiRequest, page: Query[Page]) -> ListOf[OfferTemplate]:
    """What the desk often offers, newest first."""
    found = list_templates(request.actor).order_by("-created_at", "-id")
    return page_of(request, found, page, show_templates)


@router.post("/offer_templates", response={201: OfferTemplate})
def keep_offer_template(request: ApiRequest, body: NewOfferTemplate) -> Status[OfferTemplate]:
    """Keep an offer under a name."""
    template = actions.keep_template(
        body.name,
        currency=body.currency,
        values=actions.TemplateValues(
            lines_of(body.lines), body.is_whole, body.terms, body.valid_days
        ),
        actor=request.actor,
        now=request.now,
    )
    tag(request, template.version)
    return Status(201, show_template(template))


@router.delete("/offer_templates/{template_id}", response={204: None})
def discard_offer_template(request: ApiRequest, template_id: str) -> Status[None]:
    """Throw a template away; needs If-Match."""
    refuse(can_keep_templates(request.actor))
    template = get_template(request.actor, template_id)
    require_version(request, template.version)
    actions.discard_template(template, actor=request.actor, now=request.now)
    return Status(204, None)


def _released(request: ApiRequest, release_id: str) -> Status[Release]:
    release = releases.get_release(request.actor, release_id)
    tag(request, release.version)
    return Status(201, show_release(release, request.actor))


def _quote(request: ApiRequest, quote_id: str) -> Status[Quote]:
    quote = queries.get_quote(request.actor, quote_id)
    tag(request, quote.version)
    return Status(201, show_quote(quote, request.actor))
