"""The rows of past requisitions, kept until the end and then written in bulk."""

from __future__ import annotations

from dataclasses import dataclass, field

from placet.plans.models import PastPurchase, RuleHit
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    Requisition,
    Revision,
    RevisionLine,
    Step,
    StepAssignment,
)

BATCH = 500


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
    hits: list[RuleHit] = field(default_factory=list)
    purchases: list[PastPurchase] = field(default_factory=list)

    def write(self) -> None:
        """Insert everything; keys that point forward are checked at the commit."""
        Requisition.objects.bulk_create(self.requisitions, batch_size=BATCH)
        Revision.objects.bulk_create(self.revisions, batch_size=BATCH)
        RevisionLine.objects.bulk_create(self.lines, batch_size=BATCH)
        Step.objects.bulk_create(self.steps, batch_size=BATCH)
        StepAssignment.objects.bulk_create(self.assignments, batch_size=BATCH)
        Decision.objects.bulk_create(self.decisions, batch_size=BATCH)
        DecisionOutcome.objects.bulk_create(self.outcomes, batch_size=BATCH)
        RuleHit.objects.bulk_create(self.hits, batch_size=BATCH)
        PastPurchase.objects.bulk_create(self.purchases, batch_size=BATCH)
