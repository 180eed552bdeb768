"""The merchant registers a customer, with the person who will run it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, TypedDict, Unpack

from placet.companies.actions import create_company
from placet.companies.models import Company
from placet.core.actor import Actor, system_actor
from placet.core.transaction import transaction
from placet.requisitions.actions.applications import found_company


class Founder(NamedTuple):
    """The first member of a company; the mail of their invitation leads in."""

    name: str
    email: str


class Registration(TypedDict, total=False):
    """What else is said about a company; what is left out is as ``create_company`` has it."""

    language: str
    time_zone: str
    fiscal_year_month: int
    tax_number: str
    payment_terms: str
    po_pattern: str
    po_hint: str


@transaction
def register_company(
    name: str,
    *,
    slug: str,
    kind: str,
    currency: str,
    founder: Founder,
    actor: Actor,
    now: datetime,
    **registration: Unpack[Registration],
) -> Company:
    """Make a company that can buy at once: its founder runs it, orders and approves.

    As if an application had been accepted. Raises what ``create_company`` and ``found_company``
    raise.
    """
    company = create_company(
        name, slug=slug, kind=kind, currency=currency, actor=actor, now=now, **registration
    )
    system = system_actor(company.pk, company.slug, company.kind, company.currency)
    found_company(company, email=founder.email, name=founder.name, actor=system, now=now)
    return company
