"""The chains of events: no gap, every hash right, the private parts unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from placet.events.chain import walk_chain
from placet.events.models import Event, EventHead
from placet.jobs.verify.finding import Finding


def check_chains() -> Iterator[Finding]:
    """Walk each company's chain from its first event to its head."""
    companies = set(EventHead.objects.values_list("company_id", flat=True))
    companies |= set(Event.objects.order_by().values_list("company_id", flat=True).distinct())
    for company_id in sorted(companies):
        for fault in walk_chain(company_id):
            yield Finding(fault.code, fault.place, fault.sentence)
