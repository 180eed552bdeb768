"""Reading negotiations: each side its own, and nothing of the other's drafts."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import PURCHASE_VIEW_ALL, QUOTE_MANAGE
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.quotes.models import Acceptance, Offer, OfferDraft, Quote
from placet.quotes.sides import side_of
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import ENDED_WITHOUT_ORDER

UNSENT = (Quote.Status.DRAFT, Quote.Status.DISCARDED)


def list_quotes(actor: Actor) -> QuerySet[Quote]:
    """The negotiations that the actor sees, last changed first."""
    quotes = Quote.objects.select_related(
        "company", "requester__user", "unit", "assigned_to__user"
    ).order_by("-changed_at", "-id")
    if actor.is_merchant:
        sent = quotes.filter(in_scope(actor)).exclude(status__in=UNSENT)
        return sent if actor.holds(QUOTE_MANAGE) else quotes.none()
    reach = Q(requester_id=actor.member_id)
    for path in actor.paths_of(PURCHASE_VIEW_ALL):
        reach |= Q(unit__path__startswith=path) & ~Q(status=Quote.Status.DRAFT)
    return quotes.filter(reach, company_id=actor.company_id).exclude(status=Quote.Status.DISCARDED)


def get_quote(actor: Actor, key: str) -> Quote:
    """One negotiation by id, or by number within the company; ``NotFound`` outside reach."""
    by_key = Q(pk=key) if actor.is_merchant else Q(pk=key) | Q(number=key)
    found = list_quotes(actor).filter(by_key).first()
    if found is None:
        raise NotFound(_("There is no such quote."))
    return found


def list_offers(quote: Quote) -> list[Offer]:
    """All rounds with their lines, the first one first; two queries and one for the authors."""
    return list(
        quote.offers.select_related("author__user", "author__company")
        .prefetch_related("lines__product")
        .order_by("number")
    )


def find_draft(actor: Actor, quote: Quote) -> OfferDraft | None:
    """What the actor's own side is about to say."""
    return quote.drafts.filter(side=side_of(actor)).first()


def list_taken(quote: Quote) -> Collection[int]:
    """The numbers of the lines that were accepted, and whose requisition is not over.

    What was rejected, withdrawn or expired can be taken again while the offer holds.
    """
    accepted = list(Acceptance.objects.filter(quote=quote).values_list("requisition_id", "lines"))
    ended = Requisition.objects.filter(
        pk__in=[requisition for requisition, _lines in accepted], status__in=ENDED_WITHOUT_ORDER
    )
    over = set(ended.values_list("pk", flat=True))
    return {
        int(number)
        for requisition, lines in accepted
        if requisition not in over
        for number in lines
    }
