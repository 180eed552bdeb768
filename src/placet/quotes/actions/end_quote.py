"""A negotiation ends: withdrawn, declined, or too late."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant_day
from placet.companies.refusals import refuse
from placet.core.actor import Actor, system_actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.quotes.lapsing import lapse_releases
from placet.quotes.lifecycle import enter_quote, lock_quote, move_quote, require_seen
from placet.quotes.models import Quote
from placet.quotes.permissions import can_move_quote
from placet.quotes.reasons import checked_reason

AT_ONCE = 100


@transaction
def withdraw_quote(quote: Quote, *, reason: str = "", actor: Actor, now: datetime) -> Quote:
    """The buyer wants no more of it; what was accepted before stays accepted."""
    locked = enter_quote(quote, actor=actor)
    refuse(can_move_quote(actor, locked, "withdraw"))
    return _end(locked, "withdraw", checked_reason(reason), actor=actor, now=now)


@transaction
def decline_quote(
    quote: Quote, *, reason: str, offer_number: int, actor: Actor, now: datetime
) -> Quote:
    """Say no to the other side, with a reason that it reads.

    ``offer_number`` is that of the last offer that the actor saw. Raises ``QuoteMoved``.
    """
    locked = enter_quote(quote, actor=actor)
    refuse(can_move_quote(actor, locked, "decline"))
    require_seen(locked, offer_number)
    said = checked_reason(reason)
    if not said:
        raise InvalidInput("reason", "required", _("Say why: the other side reads it."))
    return _end(locked, "decline", said, actor=actor, now=now)


def expire_quotes(*, now: datetime) -> int:
    """End what nobody took in time, each in a transaction of its own; returns how many."""
    today = get_merchant_day(now)
    late = Quote.objects.filter(
        status__in=(Quote.Status.OFFERED, Quote.Status.COUNTERED), expires_on__lt=today
    ).order_by("expires_on", "pk")
    return sum(expire_quote(pk, now=now) for pk in late.values_list("pk", flat=True)[:AT_ONCE])


@transaction
def expire_quote(quote_id: str, *, now: datetime) -> bool:
    """End one negotiation whose last offer holds no more, unless somebody was quicker."""
    locked = lock_quote(quote_id)
    is_open = locked.status in (Quote.Status.OFFERED, Quote.Status.COUNTERED)
    today = get_merchant_day(now)
    if not is_open or locked.expires_on is None or today <= locked.expires_on:
        return False
    company = locked.company
    actor = system_actor(company.pk, company.slug, company.kind, company.currency)
    _end(locked, "expire", "", actor=actor, now=now)
    return True


def _end(quote: Quote, verb: str, reason: str, *, actor: Actor, now: datetime) -> Quote:
    move_quote(quote, verb=verb, now=now, reason=reason)
    lapse_releases(quote, "ended", actor=actor, now=now)
    if verb != "expire":
        quote.drafts.all().delete()
    record(
        f"quote.{EVENTS[verb]}",
        quote.pk,
        actor=actor,
        now=now,
        company_id=quote.company_id,
        quote=quote.pk,
        number=quote.number,
        offer_number=quote.offer_number,
        private={"reason": reason} if reason else None,
    )
    return quote


EVENTS = {"withdraw": "withdrawn", "decline": "declined", "expire": "expired"}
