"""Before anything is sent: a request is written, changed and thrown away; so is an offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.actions import next_number
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.companies.terms import checked_code
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.lifecycles import QUOTE, allowed
from placet.quotes.drafting import DraftLine, checked_lines, stored_lines
from placet.quotes.lifecycle import enter_quote, move_quote, require_seen
from placet.quotes.models import OfferDraft, Quote, Side
from placet.quotes.permissions import can_ask_for_quote, can_move_quote
from placet.quotes.sides import side_of

DRAFT = Quote.Status.DRAFT
TURNS = {Side.BUYER: ("request", "counter"), Side.MERCHANT: ("offer",)}
"""The verbs by which a side sends what it has drafted."""


class OfferValues(NamedTuple):
    """What one side is about to say; without ``valid_until`` it says so when it is sent."""

    lines: Sequence[DraftLine]
    is_whole: bool = True
    is_final: bool = False
    valid_until: date | None = None
    terms: str = ""


@transaction
def draft_quote(name: str, *, values: OfferValues, actor: Actor, now: datetime) -> Quote:
    """Begin a request of one's own, which nobody sees until it is sent.

    Raises ``InvalidInput`` for what cannot stand in a quote, ``Forbidden`` for who may not order.
    """
    refuse(can_ask_for_quote(actor))
    hold_actor(actor)
    quote = Quote.objects.create(
        created_at=now,
        changed_at=now,
        company_id=actor.company_id,
        unit_id=actor.unit_id,
        requester_id=actor.member_id,
        number=next_number(actor.company_id, "QTE"),
        name=_checked_name(name),
        currency=actor.currency,
    )
    _write(quote, Side.BUYER, values, actor, now)
    record(
        "quote.drafted",
        quote.pk,
        actor=actor,
        now=now,
        quote=quote.pk,
        number=quote.number,
        private={"name": quote.name},
    )
    return quote


@transaction
def save_offer_draft(
    quote: Quote,
    *,
    values: OfferValues,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> OfferDraft:
    """Keep what the actor's side is about to say, in place of what it had drafted before.

    ``version`` is that of the draft that the actor saw, 0 for none. Raises ``Conflict`` when a
    colleague changed it meanwhile, or when it is not this side's turn to say anything.
    """
    locked = enter_quote(quote, actor=actor)
    side = side_of(actor)
    if not set(TURNS[side]) & set(allowed(QUOTE, locked.status)):
        raise Conflict(
            _("Nothing can be offered: the quote is %(status)s.")
            % {"status": locked.get_status_display().lower()}
        )
    return _write(locked, side, values, actor, now, version)


@transaction
def rename_quote(quote: Quote, *, name: str, actor: Actor, now: datetime) -> Quote:
    """Give a request another name, as long as it has not been sent."""
    locked = enter_quote(quote, actor=actor)
    refuse(can_move_quote(actor, locked, "request"))
    Quote.objects.filter(pk=locked.pk).update(
        name=_checked_name(name), changed_at=now, version=F("version") + 1
    )
    locked.refresh_from_db(fields=["name", "version", "changed_at"])
    return locked


@transaction
def discard_quote(quote: Quote, *, actor: Actor, now: datetime) -> Quote:
    """Throw away a request that was never sent."""
    locked = enter_quote(quote, actor=actor)
    refuse(can_move_quote(actor, locked, "discard"))
    require_seen(locked, 0)
    move_quote(locked, verb="discard", now=now)
    locked.drafts.all().delete()
    record("quote.discarded", locked.pk, actor=actor, now=now, quote=locked.pk)
    return locked


def _write(
    quote: Quote,
    side: Side,
    values: OfferValues,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> OfferDraft:
    if values.is_final and side == Side.BUYER:
        raise InvalidInput("is_final", "final_by_buyer", _("Only the supplier has a last word."))
    columns = {
        "is_whole": values.is_whole,
        "is_final": values.is_final,
        "valid_until": values.valid_until,
        "terms": checked_code(values.terms),
        "lines": stored_lines(checked_lines(values.lines)),
        "changed_by_id": actor.member_id,
        "changed_at": now,
    }
    there = OfferDraft.objects.filter(quote=quote, side=side).first()
    if version is not None and version != (there.version if there else 0):
        raise Conflict(
            _("A colleague has changed this draft meanwhile. Please look again."),
            version=there.version if there else 0,
        )
    columns["authors"] = sorted({*(there.authors if there else ()), *actor.humans})
    if there is None:
        return OfferDraft.objects.create(created_at=now, quote=quote, side=side, **columns)
    OfferDraft.objects.filter(pk=there.pk).update(version=F("version") + 1, **columns)
    there.refresh_from_db()
    return there


def _checked_name(name: str) -> str:
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= 120 or not wanted.isprintable():
        raise InvalidInput("name", "length", _("A quote has a name of 1 to 120 characters."))
    return wanted
