"""The one gate: what a member says at one step about one revision. Every channel calls this."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.apply_decision import apply_decision
from placet.requisitions.gate import enter_step
from placet.requisitions.models import (
    Decision,
    DecisionLine,
    DecisionPending,
    Step,
    StepAssignment,
)
from placet.requisitions.permissions import can_lower_lines
from placet.requisitions.reducing import require_reducible
from placet.requisitions.said import Said, make_sense

HELD_CHANNELS = {"web"}


@transaction
def decide_step(
    step: Step,
    *,
    kind: str,
    content_hash: str,
    reason: str = "",
    lines: Mapping[int, int] | None = None,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Say at a step: approve, reject, or request changes of the content that the human saw.

    ``content_hash`` names that content. An approval may lower lines: ``lines`` maps a line's
    number to what is left of it, 0 rejects the line, and with every line at 0 it is a rejection.
    Lowering shapes nothing: the approver does not become an author.

    A decision on a page takes effect after the time for undo, one by API or mail at once. Raises
    ``StaleRevision`` (both hashes) when the content is another one now, ``NotAsked`` for people who
    are not asked, ``AlreadyDecided`` for a second answer, ``InvalidInput`` for a missing reason and
    for lines that are not there or not lower, ``PurchaseBlocked`` and ``NotForSale`` where what is
    left could not be ordered.
    """
    requisition, fresh, assignment = enter_step(step, content_hash, actor=actor, now=now)
    if lines:
        refuse(can_lower_lines(actor, fresh))
    said = make_sense(fresh, kind=kind, reason=reason, lines=lines or {})
    if said.lines:
        require_reducible(requisition, said.lines, actor=actor, now=now)
    decision = _write(fresh, assignment, said, actor=actor, now=now)
    if decision.effective_at <= now:
        apply_decision(decision.pk, now=now)
    return decision


def _write(
    step: Step, assignment: StepAssignment, said: Said, *, actor: Actor, now: datetime
) -> Decision:
    held = settings.PLACET_UNDO_SECONDS if actor.channel in HELD_CHANNELS else 0
    decision = Decision.objects.create(
        created_at=now,
        step=step,
        revision_id=step.revision_id,
        member_id=actor.member_id,
        principal_id=assignment.principal_id,
        user_id=actor.user_id,
        person_user_id=actor.person_user_id or actor.user_id,
        kind=said.kind,
        content_hash=step.revision.content_hash,
        channel=actor.channel,
        reason=said.reason,
        effective_at=now + timedelta(seconds=held),
    )
    DecisionLine.objects.bulk_create(
        DecisionLine(decision=decision, number=number, quantity=quantity)
        for number, quantity in sorted(said.lines.items())
    )
    DecisionPending.objects.create(
        decision=decision,
        step=step,
        user_id=actor.user_id,
        effective_at=decision.effective_at,
    )
    StepAssignment.objects.filter(step=step, member_id=actor.member_id).update(
        is_open=False, decided_at=now
    )
    _record(decision, step, said, actor=actor, now=now)
    return decision


def _record(decision: Decision, step: Step, said: Said, *, actor: Actor, now: datetime) -> None:
    """In the chain of the company that buys; the merchant's people say why in their own alone.

    Only a request for changes is a message to the buyer by its nature: it is told on both sides.
    """
    buyer = step.requisition.company_id
    for company_id in sorted({buyer, actor.company_id}):
        is_told = company_id == actor.company_id or said.kind == Decision.Kind.REQUEST_CHANGES
        lowered = {"lines": sorted(said.lines.items())} if said.lines else {}
        record(
            "decision.recorded",
            step.requisition_id,
            actor=actor,
            now=now,
            company_id=company_id,
            decision=decision.id,
            step=step.id,
            kind=decision.kind,
            revision=step.revision_id,
            hash=decision.content_hash,
            principal=decision.principal_id or "",
            effective_at=decision.effective_at.isoformat(),
            private={"reason": decision.reason} if decision.reason and is_told else None,
            **lowered,
        )
