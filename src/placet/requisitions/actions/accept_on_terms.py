"""Accepting a customer with everything that was agreed: terms, price lists, who is in charge."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from placet.catalog.actions import agree_price_lists
from placet.catalog.models import PriceList
from placet.companies.actions.assign_reps import assign_reps
from placet.companies.models import Company, CompanyApplication
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.requisitions.actions.applications import accept_application


@transaction
def accept_on_terms(
    application: CompanyApplication,
    *,
    slug: str,
    payment_terms: str,
    price_lists: Sequence[PriceList] = (),
    rep_ids: Collection[str] = (),
    actor: Actor,
    now: datetime,
) -> Company:
    """Let a business buy here, at these prices and in the charge of these people: all or nothing.

    Raises what ``accept_application``, ``agree_price_lists`` and ``assign_reps`` raise.
    """
    company = accept_application(
        application, slug=slug, payment_terms=payment_terms, actor=actor, now=now
    )
    if price_lists:
        agree_price_lists(company, price_lists=price_lists, actor=actor, now=now)
    if rep_ids:
        assign_reps(company, member_ids=rep_ids, actor=actor, now=now)
    return company
