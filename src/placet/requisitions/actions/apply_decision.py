"""A decision takes effect: quorum, the next step, the end of the requisition, the order.

Everything that a decision causes happens here, in one transaction. Person, step and hash are
checked again; a decision that no longer holds lapses, with an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import structlog

from placet.companies.holding import read_held
from placet.companies.models import Company, Member
from placet.core.actor import Actor
from placet.core.errors import PlacetError
from placet.core.transaction import transaction, undoable
from placet.events.record import record
from placet.requisitions.acting import decider
from placet.requisitions.actions.advance_requisition import advance_requisition
from placet.requisitions.actions.reduce_requisition import reduce_requisition
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    DecisionPending,
    Requisition,
    Step,
    StepAssignment,
)
from placet.requisitions.standing_in import may_stand_in

Outcome = DecisionOutcome.Kind
SUSPENDED = "company_suspended"
CANNOT_BE_REDUCED = "cannot_be_reduced"
ASKED_AGAIN = frozenset({SUSPENDED, CANNOT_BE_REDUCED})
log = structlog.get_logger("placet.requisitions")


def apply_due_decisions(*, now: datetime, limit: int = 1_000) -> int:
    """Apply the decisions whose time for undo has passed; returns how many took effect or lapsed.

    Each is a transaction of its own: one that fails is logged and does not hold up the others.
    """
    due = (
        DecisionPending.objects.filter(effective_at__lte=now)
        .order_by("effective_at", "decision_id")
        .values_list("decision_id", flat=True)[:limit]
    )
    return sum(_applied(decision_id, now) for decision_id in list(due))


def _applied(decision_id: str, now: datetime) -> bool:
    try:
        apply_decision(decision_id, now=now)
    except Exception as error:
        log.error("decision.not_applied", decision=decision_id, error=type(error).__name__)
        return False
    return True


@transaction
def apply_decision(decision_id: str, *, now: datetime) -> None:
    """Let one decision take effect, once: whoever removes its pending row does it."""
    decision = Decision.objects.select_related(
        "step__requisition__unit",
        "revision",
        "member__user",
        "member__company",
        "member__unit",
        "principal__user",
    ).get(pk=decision_id)
    held = read_held(decision.step.requisition.company_id, decision.member.company_id)
    requisition = lock_requisition(decision.step.requisition_id)
    decision.step.refresh_from_db()
    if not DecisionPending.objects.filter(pk=decision_id).delete()[0]:
        return
    actor = decider(decision)
    is_suspended = any(status == Company.Status.SUSPENDED for status, _name in held)
    lapsed = SUSPENDED if is_suspended else _why_it_lapses(decision, requisition, now)
    if lapsed:
        _lapse(decision, lapsed, actor=actor, now=now)
        return
    lines = dict(decision.lines.values_list("number", "quantity"))
    if lines:
        _reduce(requisition, decision, lines, actor=actor, now=now)
        return
    _count(requisition, decision, actor=actor, now=now)
    advance_requisition(requisition, actor=actor, now=now)


def _count(requisition: Requisition, decision: Decision, *, actor: Actor, now: datetime) -> None:
    DecisionOutcome.objects.create(
        decision=decision,
        created_at=now,
        kind=Outcome.APPLIED,
        vote=f"{decision.step_id}:{decision.user_id}",
    )
    record(
        "decision.applied",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        decision=decision.id,
        step=decision.step_id,
        kind=decision.kind,
        hash=decision.content_hash,
    )


def _reduce(
    requisition: Requisition,
    decision: Decision,
    lines: Mapping[int, int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Count the approval and make the revision that it left; where that cannot be, it lapses.

    What could not be ordered was refused when the decision was made: only what has changed since
    (a rule's fact, a product that left the sale) ends here. Its author is asked again.
    """
    try:
        with undoable():
            _count(requisition, decision, actor=actor, now=now)
            reduce_requisition(requisition, decision=decision, lines=lines, actor=actor, now=now)
    except PlacetError as error:
        log.info("decision.cannot_be_reduced", decision=decision.pk, code=error.code)
        _lapse(decision, CANNOT_BE_REDUCED, actor=actor, now=now)


def _why_it_lapses(decision: Decision, requisition: Requisition, now: datetime) -> str:
    if requisition.status == Requisition.Status.CHANGES_REQUESTED:
        return "changes_requested"
    if requisition.status != Requisition.Status.PENDING:
        return "requisition_ended"
    if requisition.revision is None or requisition.revision_id != decision.revision_id:
        return "revision_replaced"
    if decision.content_hash != requisition.revision.content_hash:
        return "content_differs"
    if decision.step.status != Step.Status.PENDING:
        return "step_ended"
    if decision.user_id in requisition.revision.authors:
        return "author"
    if decision.member.status != Member.Status.ACTIVE or not decision.member.user.is_active:
        return "member_deactivated"
    principal = decision.principal
    if principal and not may_stand_in(
        principal=principal,
        delegate_id=decision.member_id,
        amount_minor=decision.revision.goods_minor,
        unit_path=decision.step.requisition.unit.path,
        now=min(now, decision.effective_at),
    ):
        return "delegation_ended"
    assigned = StepAssignment.objects.filter(
        step=decision.step, member_id=decision.member_id, principal_id=decision.principal_id
    )
    return "" if assigned.exists() else "not_asked_any_more"


def _lapse(decision: Decision, reason: str, *, actor: Actor, now: datetime) -> None:
    DecisionOutcome.objects.create(
        decision=decision, created_at=now, kind=Outcome.LAPSED, reason=reason
    )
    record(
        "decision.lapsed",
        decision.step.requisition_id,
        actor=actor,
        now=now,
        company_id=decision.step.requisition.company_id,
        decision=decision.id,
        step=decision.step_id,
        reason=reason,
    )
    if reason in ASKED_AGAIN:
        # Once the company is back, or for another answer: nobody is left without a way on.
        StepAssignment.objects.filter(
            step_id=decision.step_id,
            member_id=decision.member_id,
            step__status=Step.Status.PENDING,
        ).update(is_open=True, decided_at=None)
