"""Writing what a back-test reads: a row a requisition, beside its revision."""

from __future__ import annotations

from datetime import datetime

from placet.plans.models import PastPurchase
from placet.plans.stored_facts import FORMAT, write_facts
from placet.policy.facts import Facts
from placet.policy.plan import Plan

CHANGES = ["created_at", "total_minor", "outcome", "steps", "format", "facts", "is_rebuilt", "unit"]


def past_purchase_of(
    known: Facts,
    plan: Plan,
    *,
    requisition_id: str,
    number: str,
    company_id: str,
    unit_id: str,
    requester_id: str,
    now: datetime,
) -> PastPurchase:
    """The row of a purchase as it is submitted: its facts, and what the plan made of it."""
    return PastPurchase(
        created_at=now,
        company_id=company_id,
        unit_id=unit_id,
        requester_id=requester_id,
        requisition_id=requisition_id,
        number=number,
        currency=known.purchase.currency,
        total_minor=known.purchase.goods_minor + known.purchase.shipping_minor,
        outcome=plan.outcome,
        steps=[[step.side, [one.member for one in step.approvers]] for step in plan.steps],
        format=FORMAT,
        facts=write_facts(known),
    )


def write_past_purchase(row: PastPurchase) -> None:
    """Keep the row; a later revision takes the place of the one before. One statement."""
    PastPurchase.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["requisition_id"],
        update_fields=CHANGES,
    )
