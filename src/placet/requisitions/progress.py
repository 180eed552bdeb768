"""Where the applied decisions of a revision lead: the engine's chain, made from the rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from placet.companies.models import Member
from placet.policy.chain import Chain, ChainStep, Seat, Standing, Vote, asked_now, outcome, statuses
from placet.policy.codec import from_json
from placet.policy.plan import Plan, PlanStep
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    Requisition,
    Revision,
    Step,
    StepAssignment,
)


@dataclass(frozen=True)
class Progress:
    """The steps of the current revision, and the chain that says what follows from its votes."""

    steps: Sequence[Step]
    chain: Chain
    standing: Standing
    due_hours: Mapping[str, int | None]
    rejected_by: str
    returned_by: str

    @property
    def outcome(self) -> str:
        """``pending``, ``approved``, ``rejected`` or ``changes_requested``."""
        return outcome(self.chain)

    @property
    def is_approved(self) -> bool:
        """Whether every step has its quorum; a plan without steps is approved."""
        return self.outcome == "approved"

    @cached_property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """For each pending step, by its key, the users who may decide it now."""
        return asked_now(self.chain, self.standing)

    @cached_property
    def changed(self) -> list[tuple[Step, str]]:
        """The steps whose stored status is not the one that the votes lead to."""
        found = statuses(self.chain)
        return [(step, found[step.key]) for step in self.steps if step.status != found[step.key]]


def read_progress(requisition: Requisition) -> Progress:
    """The progress of a requisition's current revision, in four queries."""
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    revision.requisition = requisition
    return read_progress_of(revision)


def read_progress_of(revision: Revision) -> Progress:
    """The progress of one revision, also of an earlier one: where its own decisions led.

    Approvals that were carried into it took effect before every other one. A first revision has
    some only where a schedule submitted it.
    """
    steps = list(revision.steps.order_by("position"))
    decisions = _applied(revision)
    keys = {step.pk: step.key for step in steps}
    seats, inactive = _seats(revision)
    may_be_carried = revision.number > 1 or revision.requisition.source == "standing"
    carried = _carried(revision) if may_be_carried else []
    chain = Chain(
        steps=tuple(_chain_step(step, seats.get(step.pk, {})) for step in steps),
        votes=(*carried, *(_vote(keys[d.step_id], d) for d in decisions)),
    )
    return Progress(
        steps=steps,
        chain=chain,
        standing=Standing(excluded=frozenset(revision.authors), inactive=inactive),
        due_hours={step.key: step.due_hours for step in staffed_plan(revision, steps).steps},
        rejected_by=_first(decisions, Decision.Kind.REJECT),
        returned_by=_first(decisions, Decision.Kind.REQUEST_CHANGES),
    )


def _first(decisions: Sequence[Decision], kind: str) -> str:
    """The id of the first decision of a kind; empty where there is none."""
    return next((decision.pk for decision in decisions if decision.kind == kind), "")


def plan_of(revision: Revision) -> Plan:
    """The plan that was confirmed with a revision."""
    return from_json(Plan, json.loads(revision.plan))


def staffed_plan(revision: Revision, steps: Iterable[Step]) -> Plan:
    """The plan of a revision with the people whom its steps have now.

    ``steps`` are all of its rows, by position: those that an approver added stand between those
    that rules asked for.
    """
    plan = plan_of(revision)
    planned = {step.key: step for step in plan.steps}
    return plan._replace(
        steps=tuple(
            from_json(PlanStep, row.restaffed) if row.restaffed else planned[row.key]
            for row in steps
        )
    )


def _chain_step(step: Step, seats: Mapping[str, Sequence[str]]) -> ChainStep:
    return ChainStep(
        key=step.key,
        side=step.side,  # type: ignore[arg-type]
        rank=step.rank,
        needed=step.quorum,
        distinct=step.is_distinct,
        seats=tuple(Seat(user, tuple(delegates)) for user, delegates in seats.items()),
    )


def _seats(revision: Revision) -> tuple[dict[str, dict[str, list[str]]], frozenset[str]]:
    """By step: each approver's user with the users who decide for them; and who has left."""
    rows = (
        StepAssignment.objects.filter(step__revision=revision)
        .select_related("member__user", "principal")
        .order_by("id")
    )
    seats: dict[str, dict[str, list[str]]] = {}
    inactive: set[str] = set()
    for row in rows:
        step = seats.setdefault(row.step_id, {})
        if row.principal is None:
            step.setdefault(row.member.user_id, [])
        else:
            step.setdefault(row.principal.user_id, []).append(row.member.user_id)
        if row.member.status != Member.Status.ACTIVE or not row.member.user.is_active:
            inactive.add(row.member.user_id)
    return seats, frozenset(inactive)


def _applied(revision: Revision) -> list[Decision]:
    """The decisions that took effect, in that order."""
    return list(
        Decision.objects.filter(
            revision=revision, outcome__kind=DecisionOutcome.Kind.APPLIED
        ).order_by("outcome__created_at", "created_at", "id")
    )


def _carried(revision: Revision) -> list[Vote]:
    """The approvals of earlier revisions that still count, each at its own step."""
    rows = CarryOver.objects.filter(step__revision=revision).select_related("decision", "step")
    return [
        Vote(row.step.key, row.decision.user_id, "approve", carried=True)
        for row in rows.order_by("decision__outcome__created_at", "decision_id")
    ]


def _vote(step_key: str, decision: Decision) -> Vote:
    return Vote(step_key, decision.user_id, decision.kind)  # type: ignore[arg-type]
