"""Undo: a decision that has not taken effect is taken back, and its author is asked again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    DecisionPending,
    Step,
    StepAssignment,
)


@transaction
def retract_decision(decision: Decision, *, actor: Actor, now: datetime) -> None:
    """Take back one's own decision while nobody has been told.

    The pending row is the guard: whoever removes it, retraction or worker, has won. Raises
    ``Conflict`` when the decision has taken effect, ``Forbidden`` for anybody but its author.
    """
    if decision.user_id != actor.user_id or decision.member_id != actor.member_id:
        raise Forbidden(_("Only the person who decided may undo it."))
    hold_companies(actor.company_id, member_id=actor.member_id)
    lock_requisition(decision.step.requisition_id)
    if not DecisionPending.objects.filter(pk=decision.pk).delete()[0]:
        raise Conflict(_("It is too late to undo this: the decision has taken effect."))
    DecisionOutcome.objects.create(
        decision=decision, created_at=now, kind=DecisionOutcome.Kind.RETRACTED
    )
    StepAssignment.objects.filter(
        step_id=decision.step_id, member_id=decision.member_id, step__status=Step.Status.PENDING
    ).update(is_open=True, decided_at=None)
    record(
        "decision.retracted",
        decision.step.requisition_id,
        actor=actor,
        now=now,
        company_id=decision.step.requisition.company_id,
        decision=decision.id,
        step=decision.step_id,
    )
