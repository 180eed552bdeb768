"""Documents about offers that wait to be released, and templates: for the merchant's desk alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from placet.api.schemas.base import Answer, Named, Person, Resourceful, UnitPrice, frame, person
from placet.core.actor import Actor
from placet.policy.chain import asked_now
from placet.quotes import models
from placet.quotes.content import read_content
from placet.quotes.drafting import DraftLine, read_lines
from placet.quotes.releasing import chain_with, list_decisions, read_plan, standing_of


class OfferedLineShown(Answer):
    """A line that is, or would be, offered."""

    number: int
    sku: str
    name: str
    quantity: int
    minimum_quantity: int
    unit_price: UnitPrice | None
    note: str


class ReleaseDecisionShown(Answer):
    """What somebody said about an offer before the customer saw it."""

    decided_at: datetime
    member: Person
    verdict: str
    reason: str


class Release(Resourceful):
    """An offer beyond its author's authority. Deciding names its ``hash``.

    ``discount_basis_points`` and ``margin_basis_points`` are as of when it was asked; nothing where
    a price or a cost is not known.
    """

    object: Literal["release"] = "release"
    quote: str
    number: str
    company: Named
    author: Person
    status: str
    hash: str
    discount_basis_points: int | None
    margin_basis_points: int | None
    currency: str
    is_whole: bool
    valid_until: date
    terms: str
    lines: list[OfferedLineShown]
    decisions: list[ReleaseDecisionShown]
    may_decide: bool


class OfferTemplate(Resourceful):
    """What the desk often offers."""

    object: Literal["offer_template"] = "offer_template"
    name: str
    currency: str
    is_whole: bool
    terms: str
    valid_days: int | None
    lines: list[OfferedLineShown]


def show_release(release: models.OfferRelease, actor: Actor) -> Release:
    """One of them, with quote, company and author loaded."""
    quote, stored, said = release.quote, read_plan(release), read_content(release.content)
    decisions = list_decisions(release)
    may_decide = False
    if release.status == models.OfferRelease.Status.WAITING:
        chain = chain_with(stored.plan, decisions)
        asked = asked_now(chain, standing_of(stored.authors))
        may_decide = any(actor.user_id in users for users in asked.values())
    return Release(
        **frame(release),
        quote=quote.pk,
        number=quote.number,
        company=Named(id=quote.company_id, name=quote.company.name),
        author=person(release.author),
        status=release.status,
        hash=release.content_hash,
        discount_basis_points=stored.discount,
        margin_basis_points=stored.margin,
        currency=quote.currency,
        is_whole=said.made.is_whole,
        valid_until=said.made.valid_until,
        terms=said.made.terms,
        lines=[
            _line(written, quote.currency, priced.price_quantity)
            for written, priced in zip(said.lines, said.made.lines, strict=True)
        ],
        decisions=[
            ReleaseDecisionShown(
                decided_at=one.created_at,
                member=person(one.member),
                verdict=one.verdict,
                reason=one.reason,
            )
            for one in decisions
        ],
        may_decide=may_decide,
    )


def show_releases(releases: Sequence[models.OfferRelease], actor: Actor) -> list[Release]:
    """The releases of a page."""
    return [show_release(release, actor) for release in releases]


def show_template(template: models.QuoteTemplate) -> OfferTemplate:
    """One template."""
    return OfferTemplate(
        **frame(template),
        name=template.name,
        currency=template.currency,
        is_whole=template.is_whole,
        terms=template.terms,
        valid_days=template.valid_days,
        lines=[_line(line, template.currency, 1) for line in read_lines(template)],
    )


def show_templates(templates: Sequence[models.QuoteTemplate]) -> list[OfferTemplate]:
    """The templates of a page."""
    return [show_template(template) for template in templates]


def _line(line: DraftLine, currency: str, price_quantity: int) -> OfferedLineShown:
    price = line.unit_price_minor
    return OfferedLineShown(
        number=line.number,
        sku=line.sku,
        name=line.name,
        quantity=line.quantity,
        minimum_quantity=line.minimum_quantity,
        unit_price=None
        if price is None
        else UnitPrice(amount_minor=price, currency=currency, price_quantity=price_quantity),
        note=line.note,
    )
