"""Papers for those who ask, as PDF."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.documents.evidence import evidence_paper
from placet.documents.order import order_paper
from placet.documents.quote import quote_paper
from placet.documents.requisition import requisition_paper
from placet.documents.typeset import typeset
from placet.orders.models import Order
from placet.quotes.models import Quote
from placet.requisitions.evidence import collect_evidence, evidence_for
from placet.requisitions.models import Requisition


def write_evidence(requisition: Requisition, *, reader: Actor, now: datetime) -> bytes:
    """The evidence as PDF; every hash on it was computed again just now."""
    found = evidence_for(collect_evidence(requisition), reader)
    return typeset(evidence_paper(found, reader=reader, now=now), at=now)


def write_requisition(requisition: Requisition, *, reader: Actor, now: datetime) -> bytes:
    """The current revision as PDF."""
    return typeset(requisition_paper(requisition, reader=reader, now=now), at=now)


def write_order(order: Order, *, reader: Actor, now: datetime) -> bytes:
    """What was ordered as PDF, with the supplier's number once it is taken over."""
    return typeset(order_paper(order, reader=reader, now=now), at=now)


def write_quote(quote: Quote, *, reader: Actor, now: datetime) -> bytes:
    """The last offer of a quote as PDF."""
    return typeset(quote_paper(quote, reader=reader, now=now), at=now)
