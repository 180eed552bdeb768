"""Limits and counters as facts; a member without a limit row is unrestricted, and says so."""

from __future__ import annotations

from collections.abc import Mapping

from placet.budgets.actions.count_purchase import Counted
from placet.companies.models import Limit
from placet.policy import facts
from placet.policy.money import Money


def spending_limit_of(row: Limit | None) -> facts.Limit:
    """What a member may spend: a field that is not set does not limit."""
    if row is None:
        return facts.UNRESTRICTED
    return _limit(row, unset=facts.UNLIMITED)


def authority_of(row: Limit) -> facts.Limit:
    """What an approver may release: a field that is not set covers nothing, unless unlimited."""
    return _limit(row, unset=facts.UNLIMITED if row.is_unlimited else None)


def uses_of(counted: Mapping[str, Counted], currency: str) -> tuple[facts.PeriodUse, ...]:
    """What the requester used of the running periods, without this purchase."""
    return tuple(
        facts.PeriodUse(period, Money(use.spend_minor, currency), use.orders)  # type: ignore[arg-type]
        for period, use in sorted(counted.items())
    )


def _limit(row: Limit, unset: facts.Unlimited | None) -> facts.Limit:
    return facts.Limit(
        mode=row.mode,  # type: ignore[arg-type]
        order_minimum=_money(row.order_minimum_minor, row.currency, unset),
        order_maximum=_money(row.order_maximum_minor, row.currency, unset),
        periods=_periods(row, unset),
        categories=unset if row.categories is None else frozenset(row.categories),
        ship_tos=unset if row.ship_tos is None else frozenset(row.ship_tos),
        discount=unset if row.discount_basis_points is None else row.discount_basis_points,
        margin=unset if row.margin_basis_points is None else row.margin_basis_points,
    )


def _money(
    amount: int | None, currency: str, unset: facts.Unlimited | None
) -> Money | facts.Unlimited | None:
    return unset if amount is None else Money(amount, currency)


def _periods(
    row: Limit, unset: facts.Unlimited | None
) -> tuple[facts.PeriodBound, ...] | facts.Unlimited | None:
    if row.period_spend_minor is None and row.period_orders is None:
        return unset
    spend = row.period_spend_minor
    return (
        facts.PeriodBound(
            period=row.period,  # type: ignore[arg-type]
            spend=facts.UNLIMITED if spend is None else Money(spend, row.currency),
            orders=facts.UNLIMITED if row.period_orders is None else row.period_orders,
        ),
    )
