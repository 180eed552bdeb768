"""Somebody of the merchant's desk leaves: with everything else their quotes get somebody new."""

from __future__ import annotations

from datetime import datetime

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record
from placet.quotes.models import Quote
from placet.quotes.queries import UNSENT
from placet.quotes.talking import list_quotes_desk
from placet.requisitions.actions import hand_over_member

OVER = (Quote.Status.ACCEPTED, Quote.Status.DECLINED, Quote.Status.WITHDRAWN, Quote.Status.EXPIRED)


@transaction
def hand_over_colleague(member: Member, *, to: Member, actor: Actor, now: datetime) -> Member:
    """End a membership and give all that hangs on it to ``to``, quotes in hand too.

    A quote of a customer whom ``to`` may not answer is in nobody's hand again, and the whole desk
    is told of it. Raises what ``hand_over_member`` raises.
    """
    ended = hand_over_member(member, to=to, actor=actor, now=now)
    quotes = list(Quote.objects.filter(assigned_to=member).exclude(status__in=(*UNSENT, *OVER)))
    theirs = [quote.pk for quote in quotes if to.pk in list_quotes_desk(quote)]
    Quote.objects.filter(pk__in=theirs).update(assigned_to=to)
    Quote.objects.filter(pk__in=[one.pk for one in quotes if one.pk not in theirs]).update(
        assigned_to=None
    )
    if quotes:
        record(
            "member.quotes_handed_over",
            member.pk,
            actor=actor,
            now=now,
            company_id=member.company_id,
            member=to.pk,
            quotes=sorted(quote.pk for quote in quotes),
        )
    return ended
