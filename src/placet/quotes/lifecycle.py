"""A quote's row: locked first, and moved along its lifecycle by guarded updates alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, NotFound
from placet.core.transaction import running
from placet.policy.lifecycles import QUOTE, NotAllowed, next_state
from placet.quotes.models import Quote
from placet.quotes.permissions import can_negotiate, can_view_quote


class QuoteMoved(Conflict):
    """The other side spoke meanwhile, or the quote has ended; ``facts`` say where it stands."""

    code = "quote_moved"


def enter_quote(quote: Quote, *, actor: Actor) -> Quote:
    """The quote's row, locked, for somebody who negotiates in it.

    Holds the buying company and the actor's own, so that whoever was suspended or left says
    nothing more. Raises ``NotFound`` and ``Forbidden``.
    """
    running()
    if can_view_quote(actor, quote) is not None:
        raise NotFound(_("There is no such quote."))
    refuse(can_negotiate(actor, quote))
    hold_companies(quote.company_id, actor.company_id, member_id=actor.member_id)
    return lock_quote(quote.pk)


def lock_quote(quote_id: str) -> Quote:
    """The quote's row, locked: the first lock of whatever changes it."""
    running()
    return (
        Quote.objects.select_for_update(of=("self",))
        .select_related("company", "unit", "requester__user")
        .get(pk=quote_id)
    )


def require_seen(quote: Quote, offer_number: int) -> None:
    """Raise ``QuoteMoved`` when a locked quote has another offer than the actor saw."""
    if quote.offer_number != offer_number:
        raise QuoteMoved(
            _("The other side has made another offer meanwhile. Please look at it first."),
            offer_number=quote.offer_number,
            quote_status=quote.status,
        )


def move_quote(quote: Quote, *, verb: str, now: datetime, **values: Any) -> None:
    """Take a locked quote along one transition; raises ``QuoteMoved`` where there is none."""
    try:
        target = next_state(QUOTE, quote.status, verb)
    except NotAllowed as error:
        raise QuoteMoved(
            _("The quote is %(status)s now.") % {"status": quote.get_status_display().lower()},
            offer_number=quote.offer_number,
            quote_status=quote.status,
        ) from error
    values = {"changed_at": now, **values}
    moved = Quote.objects.filter(pk=quote.pk, status=quote.status).update(
        status=target, version=F("version") + 1, **values
    )
    if not moved:
        raise QuoteMoved(_("The quote has moved on. Please look again."))
    quote.refresh_from_db(fields=["status", "version", *values])
