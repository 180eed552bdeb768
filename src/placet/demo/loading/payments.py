"""What customers with credit paid: each month everything that was open the month before."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from placet.budgets.actions import enter_payment
from placet.budgets.models import Budget
from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Timeline
from placet.demo.world.companies import MERIDIAN, NORDEN

MONTH = timedelta(days=30)


def plan_payments(registry: Registry, timeline: Timeline) -> None:
    """Put a payment of every thirty days on the timeline."""
    open_before = [0]
    moment = registry.setup + 2 * MONTH
    while moment < registry.now - MONTH / 2:
        timeline.plan(moment, partial(_pay, registry, open_before))
        moment += MONTH


def _pay(registry: Registry, open_before: list[int], now: datetime) -> None:
    """Pay what was open at the last payment; the rest is not due yet."""
    company = registry.companies[MERIDIAN]
    account = Budget.objects.get(company=company, account=Budget.Account.CREDIT, closed_at=None)
    paid_minor = min(open_before[0], account.committed_minor)
    if paid_minor:
        enter_payment(
            company,
            amount_minor=paid_minor,
            reason=f"Transfer {now:%Y-%m}",
            actor=registry.system(NORDEN),
            now=now,
        )
    open_before[0] = account.committed_minor - paid_minor
