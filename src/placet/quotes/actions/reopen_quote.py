"""What was accepted can be taken again when nothing came of it, as long as the offer holds."""

from __future__ import annotations

from datetime import datetime

from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor, system_actor
from placet.core.transaction import running, transaction
from placet.events.record import record
from placet.policy import negotiation
from placet.quotes.actions.end_quote import expire_quotes
from placet.quotes.actions.tend_releases import tend_releases
from placet.quotes.lifecycle import lock_quote, move_quote
from placet.quotes.models import Acceptance, Quote
from placet.quotes.queries import list_taken
from placet.quotes.reading import read_offer
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import ENDED_WITHOUT_ORDER

AT_ONCE = 100


def reopen_quotes(*, now: datetime) -> int:
    """Open every accepted quote again whose requisition ended without an order; how many."""
    ended = Requisition.objects.filter(status__in=ENDED_WITHOUT_ORDER).values("pk")
    over = Acceptance.objects.filter(
        quote__status=Quote.Status.ACCEPTED,
        quote__expires_on__gte=get_merchant_day(now),
        requisition_id__in=ended,
    ).order_by("quote_id")
    found = over.values_list("quote_id", flat=True).distinct()[:AT_ONCE]
    return sum(_reopen_one(pk, now) for pk in list(found))


def tend_quotes(*, now: datetime) -> int:
    """What time does to quotes: offers end, releases lapse, what came to nothing opens again."""
    return expire_quotes(now=now) + reopen_quotes(now=now) + tend_releases(now=now)


@transaction
def _reopen_one(quote_id: str, now: datetime) -> bool:
    quote = lock_quote(quote_id)
    company = quote.company
    actor = system_actor(company.pk, company.slug, company.kind, company.currency)
    return reopen_quote(quote, actor=actor, now=now)


def reopen_quote(quote: Quote, *, actor: Actor, now: datetime) -> bool:
    """Open a locked quote again where something of its last offer can be taken; whether it was."""
    running()
    if quote.status != Quote.Status.ACCEPTED:
        return False
    offer = quote.offers.filter(number=quote.offer_number).first()
    if offer is None or not negotiation.open_lines(
        read_offer(offer), taken=list_taken(quote), today=get_merchant_day(now)
    ):
        return False
    move_quote(quote, verb="reopen", now=now)
    record(
        "quote.reopened",
        quote.pk,
        actor=actor,
        now=now,
        company_id=quote.company_id,
        quote=quote.pk,
        number=quote.number,
        offer_number=quote.offer_number,
    )
    return True
