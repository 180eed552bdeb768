"""What an order takes from budgets and credit once a part of it will never be delivered."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from placet.budgets.actions import Draw
from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.orders.content import Content
from placet.plans.facts import budget_fact
from placet.plans.frozen import purchase_of_content
from placet.policy import facts
from placet.policy.built_in import paid_minor
from placet.policy.money import round_half_up


def draws_of_delivered(
    taken: Sequence[Reservation], *, ordered: Content, delivered: Content
) -> list[Draw]:
    """Of each commitment the share that its budget pays of what was delivered, at its own rate.

    ``taken`` are an order's commitments with their budgets; ``delivered`` is a part of ``ordered``.
    A commitment stays whole where the budget paid for nothing that is missing.
    """
    whole, part = purchase_of_content(ordered), purchase_of_content(delivered)
    rates = _rates_of(taken)
    return [
        Draw(one.budget_id, _share(one, ordered, whole, part), *rates.get(one.pk, (1, 1)))
        for one in sorted(taken, key=lambda one: one.budget_id)
    ]


def _share(
    taken: Reservation, ordered: Content, whole: facts.Purchase, part: facts.Purchase
) -> int:
    if taken.budget.account == Budget.Account.CREDIT:
        before, after = whole.total_minor, part.total_minor
    else:
        codes = {mark.id: mark.code for mark in ordered.cost_centers}
        budget = budget_fact(taken.budget, codes)
        before, after = paid_minor(budget, whole), paid_minor(budget, part)
    committed: int = taken.committed_minor
    if not before:
        return committed
    return round_half_up(Fraction(committed * min(after, before), before))


def _rates_of(taken: Sequence[Reservation]) -> dict[str, tuple[int, int]]:
    rows = LedgerEntry.objects.filter(
        reservation__in=[one.pk for one in taken], kind=LedgerEntry.Kind.RESERVE
    )
    return {
        pk: (numerator, denominator)
        for pk, numerator, denominator in rows.values_list(
            "reservation_id", "rate_numerator", "rate_denominator"
        )
    }
