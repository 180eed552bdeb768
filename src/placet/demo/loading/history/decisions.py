"""How past steps were answered: the engine's chain, over rows in memory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from placet.companies.models import Company
from placet.companies.working_time import calendar_of_company
from placet.core.actor import Actor
from placet.events.record import record
from placet.policy.chain import (
    Kind,
    Standing,
    Vote,
    asked_now,
    chain_of,
    decide,
    outcome,
    statuses,
)
from placet.policy.plan import Plan
from placet.policy.working_time import due_after
from placet.requisitions.models import Decision, DecisionOutcome, Requisition, Step, StepAssignment


class Answers:
    """The votes of one requisition so far, and what they lead to by the engine's chain."""

    def __init__(
        self,
        requisition: Requisition,
        plan: Plan,
        steps: list[Step],
        assignments: list[StepAssignment],
    ) -> None:
        self.requisition = requisition
        self.plan = plan
        self.steps = steps
        self.assignments = assignments
        self.chain = chain_of(plan)
        self.standing = Standing(excluded=frozenset({requisition.requester.user_id}))
        self.users = {
            who.member: who.user
            for step in plan.steps
            for approver in step.approvers
            for who in (approver, approver.delegate)
            if who is not None
        }
        self.away = {who.user for step in plan.steps for who in step.approvers if who.away}

    def settle(self, *, actor: Actor, now: datetime) -> str:
        """End the steps that are answered, open those whose turn has come; returns the outcome."""
        found = statuses(self.chain)
        asked = asked_now(self.chain, self.standing)
        for step in self.steps:
            status = Step.Status(found[step.key])
            if status == step.status:
                continue
            step.status = status
            if status == Step.Status.PENDING:
                self._open(step, asked.get(step.key, ()), now)
            else:
                step.ended_at = now
                self._close(step)
            what = "opened" if status == Step.Status.PENDING else status
            self._record(f"step.{what}", step, actor=actor, now=now)
        return outcome(self.chain)

    def next_answer(self) -> tuple[Step, StepAssignment]:
        """The first step that waits, and whoever of it is there and has not answered."""
        key, users = next(iter(asked_now(self.chain, self.standing).items()))
        user = min(users, key=lambda one: one in self.away)
        step = next(step for step in self.steps if step.key == key)
        rows = [row for row in self.assignments if row.step_id == step.pk]
        return step, next(row for row in rows if self.users[row.member_id] == user)

    def count(self, decision: Decision, kind: Kind) -> None:
        """Take a decision among the votes; raises when the chain does not ask its author."""
        vote = Vote(decision.step.key, decision.user_id, kind)
        self.chain = decide(self.chain, vote, self.standing)

    def void(self, now: datetime) -> None:
        """Nothing is asked any more."""
        for step in self.steps:
            if step.status in (Step.Status.WAITING, Step.Status.PENDING):
                step.status, step.ended_at = Step.Status.VOID, now
                self._close(step)

    def _open(self, step: Step, users: Collection[str], now: datetime) -> None:
        hours = next(planned.due_hours for planned in self.plan.steps if planned.key == step.key)
        step.opened_at = now
        company = self.requisition.company
        step.due_at = hours_after(now, company.answer_hours if hours is None else hours, company)
        for row in self.assignments:
            if row.step_id == step.pk and self.users[row.member_id] in users:
                row.is_open, row.due_at = True, step.due_at

    def _close(self, step: Step) -> None:
        for row in self.assignments:
            if row.step_id == step.pk:
                row.is_open = False

    def _record(self, what: str, step: Step, *, actor: Actor, now: datetime) -> None:
        record(
            what,
            self.requisition.pk,
            actor=actor,
            now=now,
            company_id=self.requisition.company_id,
            requisition=self.requisition.pk,
            step=step.pk,
            revision=step.revision_id,
        )


def decision_of(
    step: Step, row: StepAssignment, *, kind: Kind, reason: str, actor: Actor, now: datetime
) -> tuple[Decision, DecisionOutcome]:
    """A decision that took effect at once, with its two events."""
    content_hash = step.revision.content_hash
    decision = Decision(
        created_at=now,
        step=step,
        revision=step.revision,
        member_id=row.member_id,
        principal_id=row.principal_id,
        user_id=actor.user_id,
        person_user_id=actor.person_user_id,
        kind=kind,
        content_hash=content_hash,
        channel=actor.channel,
        reason=reason,
        effective_at=now,
    )
    row.decided_at, row.is_open = now, False
    what = {"decision": decision.id, "step": step.pk, "kind": kind, "hash": content_hash}
    company_id = step.requisition.company_id
    record(
        "decision.recorded",
        step.requisition_id,
        actor=actor,
        now=now,
        company_id=company_id,
        revision=step.revision_id,
        principal=row.principal_id or "",
        effective_at=now.isoformat(),
        private={"reason": reason} if reason else None,
        **what,
    )
    record(
        "decision.applied", step.requisition_id, actor=actor, now=now, company_id=company_id, **what
    )
    applied = DecisionOutcome(
        decision=decision,
        created_at=now,
        kind=DecisionOutcome.Kind.APPLIED,
        vote=f"{step.pk}:{actor.user_id}",
    )
    return decision, applied


def answered_at(step: Step, hours: int, minutes: int, company: Company) -> datetime:
    """When somebody answers: so many working hours after the step was opened."""
    opened: datetime = step.opened_at or step.created_at
    return hours_after(opened, hours, company).replace(minute=minutes)


def hours_after(start: datetime, hours: int, company: Company) -> datetime:
    """So many of the company's working hours later: the people of the past keep its hours."""
    return due_after(start, timedelta(hours=hours), calendar_of_company(company))
