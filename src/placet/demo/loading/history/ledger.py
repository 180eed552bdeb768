"""Budgets while the history is played: sums in memory, postings written in bulk.

It does what reserving and settling do in the product, with the product's rows and events, and
without a statement a purchase. ``placet verify`` adds up what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from placet.budgets.actions.alert_budget import record_reached
from placet.budgets.actions.reserve_budget import record_reserved
from placet.budgets.actions.settle_reservations import record_settled
from placet.budgets.balances import Posting
from placet.budgets.definition import reached_percents
from placet.budgets.models import Budget, BudgetAlert, LedgerEntry, Reservation
from placet.core import ids
from placet.core.actor import Actor
from placet.demo.loading.history.bulk import insert_rows, insert_values

Kind = LedgerEntry.Kind
Status = Reservation.Status


class Ledger:
    """The running sums of every budget; they are read again after ``flush``."""

    def __init__(self) -> None:
        self._budgets: dict[str, Budget] = {}
        self._by_company: dict[str, list[Budget]] = {}
        self._told: dict[str, set[int]] = {}
        self._held: dict[str, list[Reservation]] = {}
        self._reservations: list[Reservation] = []
        self._entries: list[dict[str, Any]] = []
        self._changed: set[str] = set()
        self._alerts: list[BudgetAlert] = []

    def budgets_of(self, company_id: str) -> list[Budget]:
        """The open accounts of a company, by id, with their sums of this moment."""
        if not self._budgets:
            self._read()
        return self._by_company.get(company_id, [])

    def reserve(
        self,
        requisition_id: str,
        revision_id: str,
        draws: Iterable[tuple[str, int]],
        *,
        actor: Actor,
        now: datetime,
    ) -> None:
        """Hold what a purchase takes from each budget, in minor units."""
        held = []
        for budget_id, amount_minor in sorted(draws):
            if amount_minor <= 0:
                continue
            budget = self._budgets[budget_id]
            budget.reserved_minor += amount_minor
            if budget.mode == Budget.Mode.BLOCK and budget.left_minor < 0:
                raise RuntimeError(f"{budget.name} has no room for what was planned")
            reservation = Reservation(
                created_at=now,
                budget=budget,
                requisition_id=requisition_id,
                revision_id=revision_id,
                amount_minor=amount_minor,
                overdraft_minor=max(0, min(amount_minor, -budget.left_minor)),
            )
            held.append(reservation)
            self._post(reservation, Kind.RESERVE, actor, now)
            record_reserved(reservation, actor=actor, now=now)
            self._alert(budget, actor, now)
        self._held[requisition_id] = held
        self._reservations += held

    def settle(self, requisition_id: str, *, is_ordered: bool, actor: Actor, now: datetime) -> None:
        """What was held is ordered, or free again."""
        held = sorted(self._held.pop(requisition_id), key=lambda one: (one.budget_id, one.pk))
        kind = Kind.COMMIT if is_ordered else Kind.RELEASE
        for reservation in held:
            amount_minor, budget = reservation.amount_minor, reservation.budget
            budget.reserved_minor -= amount_minor
            reservation.status = Status.RELEASED
            if is_ordered:
                budget.committed_minor += amount_minor
                reservation.status, reservation.committed_minor = Status.COMMITTED, amount_minor
        for reservation in held:
            posting = self._post(reservation, kind, actor, now)
            record_settled(posting, requisition_id=requisition_id, actor=actor, now=now)

    def flush(self) -> None:
        """Write everything down; the sums are read again, since others post too."""
        for budget_id in sorted(self._changed):
            budget = self._budgets[budget_id]
            Budget.objects.filter(pk=budget.pk).update(
                reserved_minor=budget.reserved_minor, committed_minor=budget.committed_minor
            )
        insert_rows(self._reservations)
        insert_values(LedgerEntry, self._entries)
        insert_rows(self._alerts)
        self._reservations.clear()
        self._entries.clear()
        self._alerts.clear()
        self._held.clear()
        self._changed.clear()
        self._budgets.clear()

    def _read(self) -> None:
        self._by_company = {}
        for budget in Budget.objects.filter(closed_at=None).order_by("id"):
            self._budgets[budget.pk] = budget
            self._by_company.setdefault(budget.company_id, []).append(budget)
        self._told = {budget_id: set() for budget_id in self._budgets}
        for budget_id, percent in BudgetAlert.objects.values_list("budget_id", "percent"):
            self._told.setdefault(budget_id, set()).add(percent)

    def _post(
        self, reservation: Reservation, kind: LedgerEntry.Kind, actor: Actor, now: datetime
    ) -> Posting:
        budget, amount_minor = reservation.budget, reservation.amount_minor
        self._changed.add(budget.pk)
        self._entries.append(
            {
                "id": ids.new_id("len"),
                "created_at": now,
                "budget_id": budget.pk,
                "reservation_id": reservation.pk,
                "kind": str(kind),
                "amount_minor": amount_minor,
                "currency": budget.currency,
                "rate_numerator": 1,
                "rate_denominator": 1,
                "requisition_id": reservation.requisition_id,
                "actor_member": actor.member_id,
                "reason": "",
            }
        )
        return Posting(budget, reservation.pk, kind, amount_minor)

    def _alert(self, budget: Budget, actor: Actor, now: datetime) -> None:
        if budget.account == Budget.Account.CREDIT:
            return
        for percent in reached_percents(budget):
            if percent not in self._told[budget.pk]:
                self._told[budget.pk].add(percent)
                self._alerts.append(BudgetAlert(created_at=now, budget=budget, percent=percent))
                record_reached(budget, percent=percent, actor=actor, now=now)
