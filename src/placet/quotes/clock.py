"""By when the merchant's desk answers: in its own working hours, from when it was its turn."""

from __future__ import annotations

from datetime import datetime, timedelta

from placet.companies.models import Company
from placet.companies.working_time import calendar_of_company
from placet.policy.negotiation import TURN
from placet.policy.working_time import due_after
from placet.quotes.models import Quote


def answer_due_at(quote: Quote, merchant: Company) -> datetime | None:
    """When the merchant's answer is due; nothing while it is not the merchant's turn.

    An offer that was not taken in time may be made again, and nobody waits for it.
    """
    if TURN.get(quote.status) != "merchant" or quote.status == Quote.Status.EXPIRED:
        return None
    hours = timedelta(hours=merchant.answer_hours)
    return due_after(quote.changed_at, hours, calendar_of_company(merchant))
