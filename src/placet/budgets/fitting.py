"""Would an amount fit: which budgets a purchase would draw on, and what it would leave there."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.budgets.ledger import checked_amount
from placet.budgets.models import Budget
from placet.budgets.queries import list_budgets_drawn_on, list_seen_budgets
from placet.catalog.models import Category
from placet.companies.models import CostCenter, Member
from placet.core.actor import Actor
from placet.core.errors import InvalidInput


class Fit(NamedTuple):
    """One budget with this amount taken; ``is_comparable`` is false in another currency."""

    budget: Budget
    left_after_minor: int
    is_comparable: bool

    @property
    def fits(self) -> bool:
        """Whether nothing would be missing there."""
        return self.is_comparable and self.left_after_minor >= 0


def list_fits(
    actor: Actor,
    *,
    amount_minor: int,
    currency: str,
    member_id: str,
    cost_center_id: str = "",
    category_id: str = "",
    now: datetime,
) -> list[Fit]:
    """The running budgets that the actor sees and that such a purchase would draw on, by name.

    The amount counts as it stands in each of them, whatever their basis. Raises ``InvalidInput``
    for a member, cost centre or category that does not exist.
    """
    checked_amount(amount_minor)
    members = Member.objects.filter(pk=member_id or actor.member_id, company_id=actor.company_id)
    member = members.select_related("unit").first()
    if member is None:
        raise InvalidInput("member", "unknown", _("Choose a member of your company."))
    centers = CostCenter.objects.filter(pk=cost_center_id, company_id=actor.company_id)
    if cost_center_id and not centers.exists():
        raise InvalidInput("cost_center", "unknown", _("There is no such cost centre."))
    paths = list(Category.objects.filter(pk=category_id).values_list("path", flat=True))
    if category_id and not paths:
        raise InvalidInput("category", "unknown", _("There is no such category."))
    drawn_on = list_budgets_drawn_on(
        actor.company_id,
        unit_path=member.unit.path,
        member_id=member.pk,
        cost_center_ids=[cost_center_id] if cost_center_id else [],
        category_paths=paths,
        now=now,
    )
    series = [budget.first_id for budget in drawn_on]
    seen = list_seen_budgets(actor)
    visible = set(seen.filter(pk__in=series).values_list("pk", flat=True))
    visible |= set(seen.filter(series__in=series).values_list("series", flat=True))
    return [
        Fit(budget, budget.left_minor - amount_minor, budget.currency == currency)
        for budget in sorted(drawn_on, key=lambda row: (row.name, row.pk))
        if budget.first_id in visible
    ]
