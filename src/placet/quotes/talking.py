"""Who writes and who listens when buyer and supplier talk about a quote."""

from __future__ import annotations

from placet.companies.customer_scope import keep_who_sees
from placet.companies.models import CustomerRep, Member, RoleGrant
from placet.companies.permissions import PURCHASE_VIEW_ALL, QUOTE_MANAGE
from placet.companies.queries import get_merchant
from placet.core.actor import is_within
from placet.quotes.models import Quote


def list_quotes_desk(quote: Quote) -> set[str]:
    """The merchant's people who work on quotes, and may see this customer."""
    desk = {
        grant.member_id
        for grant in _grants(get_merchant().pk)
        if QUOTE_MANAGE in grant.role.permissions
    }
    return keep_who_sees(desk, quote.company_id)


def list_who_answers(quote: Quote) -> set[str]:
    """Who is told of what the customer says: who has it in hand, else in whose charge they are.

    Without either, or where they left or do not work on quotes any more, the whole desk.
    """
    desk = list_quotes_desk(quote)
    in_hand = {quote.assigned_to_id} & desk
    charges = CustomerRep.objects.filter(company_id=quote.company_id)
    return in_hand or (set(charges.values_list("member_id", flat=True)) & desk) or desk


def list_askers(quote: Quote) -> set[str]:
    """Who sees the quote in its company: its requester, and whoever sees all purchases there."""
    return {quote.requester_id} | {
        grant.member_id
        for grant in _grants(quote.company_id)
        if PURCHASE_VIEW_ALL in grant.role.permissions
        and is_within(quote.unit.path, grant.unit.path if grant.unit else "")
    }


def list_desk_people(quote: Quote) -> list[Member]:
    """Whom this quote can be given to, by name."""
    rows = Member.objects.filter(pk__in=sorted(list_quotes_desk(quote)), user__is_active=True)
    return list(rows.select_related("user").order_by("user__name", "pk"))


def _grants(company_id: str) -> list[RoleGrant]:
    active = Member.Status.ACTIVE
    rows = RoleGrant.objects.filter(member__company_id=company_id, member__status=active)
    return list(rows.select_related("role", "unit"))
