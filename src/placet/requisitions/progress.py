"""Where the applied decisions of a revision lead: read from the rows, settled by pure rules.

Steps are asked in groups of one side and rank, the buyer's side first; a group opens when all
before it are approved. A person is asked once: their approval counts at every step of the revision
where they are asked, except that a *distinct* step does not count people who decided another one.
One rejection ends the requisition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from placet.companies.models import Company
from placet.plans.due import due_after
from placet.policy.codec import from_json
from placet.policy.plan import Plan
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    Requisition,
    Revision,
    Step,
    StepAssignment,
)

SIDES = ("buyer", "merchant")


class Vote(NamedTuple):
    """An applied decision: which human said what at which step."""

    decision_id: str
    step_id: str
    user_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps of the current revision, who is asked, and the votes that count."""

    steps: Sequence[Step]
    asked: Mapping[str, frozenset[str]]
    votes: Sequence[Vote]
    due_hours: Mapping[str, int | None]

    @property
    def rejected_by(self) -> str:
        """The id of the decision that ended it, or nothing."""
        return next((v.decision_id for v in self.votes if v.kind == Decision.Kind.REJECT), "")

    @property
    def is_approved(self) -> bool:
        """Whether every step has its quorum (a plan without steps is approved)."""
        return not self.rejected_by and all(self.has_quorum(step) for step in self.steps)

    @property
    def ended(self) -> Iterator[tuple[Step, Step.Status]]:
        """Steps that are not marked as ended yet, with how they end."""
        rejected = {v.step_id for v in self.votes if v.kind == Decision.Kind.REJECT}
        for step in self.steps:
            if step.status in (Step.Status.APPROVED, Step.Status.REJECTED):
                continue
            if step.pk in rejected:
                yield step, Step.Status.REJECTED
            elif self._is_reached(step) and self.has_quorum(step):
                yield step, Step.Status.APPROVED

    def opened(self, company: Company, now: datetime) -> Iterator[tuple[Step, datetime]]:
        """Steps whose turn has come, each with the instant when its answer is due."""
        for step in self.steps:
            if step.status != Step.Status.WAITING or self.has_quorum(step):
                continue
            if self._is_reached(step):
                hours = self.due_hours.get(step.key)
                yield step, due_after(now, hours, company.time_zone)

    def voters(self, step: Step) -> frozenset[str]:
        """The humans whose approval counts at a step."""
        elsewhere = {v.user_id for v in self.votes if v.step_id != step.pk}
        counted = set()
        for vote in self.votes:
            if vote.kind != Decision.Kind.APPROVE or vote.user_id not in self.asked[step.pk]:
                continue
            if step.is_distinct and vote.user_id in elsewhere:
                continue
            counted.add(vote.user_id)
        return frozenset(counted)

    def has_quorum(self, step: Step) -> bool:
        """Whether enough different humans said yes."""
        return len(self.voters(step)) >= step.quorum

    def _is_reached(self, step: Step) -> bool:
        here = _turn(step)
        return all(self.has_quorum(earlier) for earlier in self.steps if _turn(earlier) < here)


def read_progress(requisition: Requisition) -> Progress:
    """The progress of a requisition's current revision: three queries."""
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    steps = list(revision.steps.order_by("position"))
    asked: dict[str, set[str]] = {step.pk: set() for step in steps}
    rows = StepAssignment.objects.filter(step__revision=revision)
    for step_id, user_id in rows.values_list("step_id", "member__user_id"):
        asked[step_id].add(user_id)
    return Progress(
        steps=steps,
        asked={step_id: frozenset(users) for step_id, users in asked.items()},
        votes=_votes(revision),
        due_hours=_due_hours(revision),
    )


def _votes(revision: Revision) -> list[Vote]:
    rows = (
        Decision.objects.filter(revision=revision, outcome__kind=DecisionOutcome.Kind.APPLIED)
        .order_by("created_at", "id")
        .values_list("id", "step_id", "user_id", "kind")
    )
    return [Vote(*row) for row in rows]


def _due_hours(revision: Revision) -> dict[str, int | None]:
    return {step.key: step.due_hours for step in plan_of(revision).steps}


def plan_of(revision: Revision) -> Plan:
    """The plan that was confirmed with a revision."""
    return from_json(Plan, json.loads(revision.plan))


def _turn(step: Step) -> tuple[int, int]:
    return SIDES.index(step.side), step.rank
