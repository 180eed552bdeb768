"""Human numbers without gaps: ``REQ-2048``."""

from __future__ import annotations

from django.db.models import F

from placet.companies.models import NumberSequence
from placet.core.transaction import running


def next_number(company_id: str, kind: str) -> str:
    """The next number of a kind (``REQ``, ``ORD``) in a company.

    The row is raised inside the running transaction: it stays locked until the commit, so numbers
    have no gaps and come in the order of commits; a rollback gives the number back.
    """
    running()
    mine = NumberSequence.objects.filter(company_id=company_id, kind=kind)
    if not mine.update(last=F("last") + 1):
        NumberSequence.objects.get_or_create(company_id=company_id, kind=kind)
        mine.update(last=F("last") + 1)
    return f"{kind}-{mine.values_list('last', flat=True).get()}"
