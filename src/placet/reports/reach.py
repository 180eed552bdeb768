"""What of their company somebody may sum up: the units for which they see all purchases."""

from __future__ import annotations

from django.db.models import Q

from placet.companies.permissions import PURCHASE_VIEW_ALL
from placet.core.actor import Actor


def within_units(actor: Actor, path: str, company: str = "company_id") -> Q:
    """Rows of the actor's company whose unit's ``path`` lies in one of theirs."""
    reach = Q(pk=None)
    for own in actor.paths_of(PURCHASE_VIEW_ALL):
        reach |= Q((f"{path}__startswith", own))
    return Q((company, actor.company_id)) & reach
