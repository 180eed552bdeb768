"""What colleagues asked of each other at a step, and what follows for who is asked there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from placet.core.actor import Actor
from placet.events.record import record
from placet.policy.plan import PlanStep
from placet.policy.staffing import votes_available
from placet.requisitions.models import Referral, Requisition


def list_handed_on(requisition: Requisition) -> dict[str, set[str]]:
    """By the key of a step, the members who handed on their seat and did not get one back.

    Revising keeps the seats that were handed on, so those of earlier revisions count too.
    """
    rows = Referral.objects.filter(
        step__requisition=requisition, kind=Referral.Kind.FORWARDED
    ).order_by("created_at", "id")
    found: dict[str, set[str]] = {}
    for key, member_id, to_id in rows.values_list("step__key", "member_id", "to_id"):
        gone = found.setdefault(key, set())
        gone.add(member_id)
        gone.discard(to_id)
    return found


def without(step: PlanStep, members: Collection[str], needed: int) -> PlanStep:
    """The step without those who handed on their seat, as long as the others are enough."""
    rest = tuple(one for one in step.approvers if one.member not in members)
    return step._replace(approvers=rest) if votes_available(rest) >= needed else step


def list_referrals(requisition: Requisition) -> list[Referral]:
    """Who asked whom at the steps of the current revision, and why; oldest first."""
    return list(
        Referral.objects.filter(step__revision=requisition.revision_id)
        .select_related("member__user", "to__user", "step")
        .order_by("created_at", "id")
    )


def record_referral(
    requisition: Requisition, referral: Referral, *, actor: Actor, now: datetime
) -> None:
    """In the chain of the company that buys; the words stay on the actor's own side."""
    for company_id in sorted({requisition.company_id, actor.company_id}):
        record(
            f"step.{referral.kind}",
            requisition.pk,
            actor=actor,
            now=now,
            company_id=company_id,
            private={"note": referral.note} if company_id == actor.company_id else None,
            requisition=requisition.pk,
            step=referral.step_id,
            revision=referral.step.revision_id,
            member=referral.to_id,
        )
