"""One of the desk's people takes a negotiation in hand, or is given it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.quotes.lifecycle import enter_quote
from placet.quotes.models import Quote
from placet.quotes.permissions import can_assign_quote
from placet.quotes.talking import list_quotes_desk


@transaction
def assign_quote(quote: Quote, *, member_id: str, actor: Actor, now: datetime) -> Quote:
    """Say who of the merchant's people answers a quote; empty for whoever comes first.

    The buyer learns nothing of it. Raises ``InvalidInput`` for who does not work on quotes.
    """
    locked = enter_quote(quote, actor=actor)
    refuse(can_assign_quote(actor))
    if member_id and member_id not in list_quotes_desk(locked):
        raise InvalidInput("member", "not_at_the_desk", _("Choose somebody who works on quotes."))
    if (locked.assigned_to_id or "") == member_id:
        return locked
    # The row's version is the buyer's to see: this changes nothing that they read.
    Quote.objects.filter(pk=locked.pk).update(assigned_to_id=member_id or None)
    locked.refresh_from_db(fields=["assigned_to"])
    record(
        "quote.assigned",
        locked.pk,
        actor=actor,
        now=now,
        quote=locked.pk,
        number=locked.number,
        member=member_id,
    )
    return locked
