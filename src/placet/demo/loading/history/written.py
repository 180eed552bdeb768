"""The rows of past requisitions, kept until the end and then written in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from placet.demo.loading.history.bulk import insert_rows
from placet.orders.models import HandOver, Order, OrderLine
from placet.plans.models import PastPurchase, RuleHit
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    PurchaseMark,
    Requisition,
    Revision,
    RevisionLine,
    Step,
    StepAssignment,
)


@dataclass(slots=True)
class Written:
    """Rows in the order in which they point to each other."""

    requisitions: list[Requisition] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    lines: list[RevisionLine] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    assignments: list[StepAssignment] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    outcomes: list[DecisionOutcome] = field(default_factory=list)
    marks: list[PurchaseMark] = field(default_factory=list)
    hits: list[RuleHit] = field(default_factory=list)
    purchases: list[PastPurchase] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    order_lines: list[OrderLine] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)

    def write(self) -> None:
        """Insert everything; keys that point forward are checked at the commit."""
        self.write_orders()
        _insert(
            self.requisitions,
            self.revisions,
            self.lines,
            self.steps,
            self.assignments,
            self.decisions,
            self.outcomes,
            self.marks,
            self.hits,
            self.purchases,
        )

    def write_orders(self) -> None:
        """Insert the orders so far; whatever happens to them later is an action of the product."""
        _insert(list(self.orders.values()), self.order_lines, self.hand_overs)
        for written in (self.orders, self.order_lines, self.hand_overs):
            written.clear()


def _insert(*tables: Sequence[Model]) -> None:
    for rows in tables:
        insert_rows(rows)
