"""What the tests of budgets share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from placet.budgets.actions import Draw, create_budget, reserve_budgets
from placet.budgets.models import Budget
from placet.companies.models import Company
from placet.core.actor import Actor
from tests.cast import NOW, Cast
from tests.cast_people import system_of


def meridian() -> Company:
    """The company of most stories."""
    return Company.objects.get(slug="meridian")


def system() -> Actor:
    """The set-up of Meridian."""
    return system_of(meridian())


def make_budget(cast: Cast, **values: Any) -> Budget:
    """A budget of Meridian for this quarter, 100.00 EUR in mode *approve*, or as told."""
    known: dict[str, Any] = {
        "name": "A budget",
        "owner_kind": "company",
        "owner_ref": cast.company["meridian"],
        "responsible_id": cast.member["rashid"],
        "currency": "EUR",
        "amount_minor": 100_00,
        "actor": system(),
        "now": NOW,
    }
    if values.get("period", "once") == "once":
        known["starts_at"] = datetime(2026, 9, 30, 22, tzinfo=UTC)
        known["ends_at"] = datetime(2026, 12, 31, 23, tzinfo=UTC)
    return create_budget(**{**known, **values})


def take(
    cast: Cast, budgets: list[Budget], amount_minor: int, key: str, now: datetime = NOW
) -> Any:
    """Reserve the same amount in each budget for a requisition named ``key``."""
    draws = [Draw(budget.pk, amount_minor) for budget in budgets]
    return reserve_budgets(
        f"req_{key}", revision_id=f"rev_{key}", draws=draws, actor=cast.lena, now=now
    )


def fresh(budget: Budget) -> Budget:
    """The budget's row as it is now."""
    return Budget.objects.get(pk=budget.pk)
