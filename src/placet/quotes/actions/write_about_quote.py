"""Both sides write to each other about a quote, and both know that both read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.quotes.models import OfferLine, Quote, QuoteLineThread
from placet.quotes.permissions import can_view_quote, can_write_about_quote
from placet.quotes.talking import list_askers, list_quotes_desk
from placet.threads.actions import add_comment, open_thread
from placet.threads.files import NewFile
from placet.threads.models import Comment, Thread


@transaction
def write_about_quote(
    quote: Quote,
    *,
    text: str,
    line: int = 0,
    actor: Actor,
    now: datetime,
    files: Sequence[NewFile] = (),
) -> Comment:
    """Write to the other side; a request has to be sent before anybody there reads anything.

    ``line`` is the number of the line that it is about, 0 for all of it: whoever speaks of a line
    that no offer has, raises ``NotFound``.
    """
    refusal = can_view_quote(actor, quote)
    if refusal is not None:
        raise NotFound(refusal.sentence)
    hold_actor(actor)
    refuse(can_write_about_quote(actor, quote))
    return add_comment(
        _thread_of_line(quote, line, actor=actor, now=now)
        if line
        else _thread_of(quote, actor=actor, now=now),
        text=text,
        about=quote.pk,
        audience=list_quotes_desk(quote) if actor.is_merchant else list_askers(quote),
        files=files,
        actor=actor,
        now=now,
    )


def _thread_of(quote: Quote, *, actor: Actor, now: datetime) -> Thread:
    """The conversation of the sides; of two that begin at once, one stays."""
    if quote.thread is None:
        both = Thread.Audience.SUPPLIER
        fresh = open_thread(quote.company_id, audience=both, actor=actor, now=now)
        if not Quote.objects.filter(pk=quote.pk, thread__isnull=True).update(thread=fresh):
            fresh.delete()
        quote.refresh_from_db(fields=["thread"])
    thread: Thread = quote.thread
    return thread


def _thread_of_line(quote: Quote, line: int, *, actor: Actor, now: datetime) -> Thread:
    """The conversation about one line, which keeps its number from round to round."""
    found = QuoteLineThread.objects.filter(quote=quote, line_number=line).first()
    if found is None:
        if not OfferLine.objects.filter(offer__quote=quote, number=line).exists():
            raise NotFound(_("There is no such line."))
        both = Thread.Audience.SUPPLIER
        fresh = open_thread(quote.company_id, audience=both, actor=actor, now=now)
        found, is_new = QuoteLineThread.objects.get_or_create(
            quote=quote, line_number=line, defaults={"created_at": now, "thread": fresh}
        )
        if not is_new:
            fresh.delete()
    thread: Thread = found.thread
    return thread
