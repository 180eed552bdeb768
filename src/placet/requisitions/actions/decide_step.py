"""The one gate: what a member says at one step about one revision. Every channel calls this."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.errors import Forbidden, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.apply_decision import apply_decision
from placet.requisitions.errors import AlreadyDecided, NotAsked, StaleRevision
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import (
    Decision,
    DecisionPending,
    Requisition,
    Step,
    StepAssignment,
)
from placet.requisitions.standing_in import may_stand_in

HELD_CHANNELS = {"web"}
LONGEST_REASON = 2000


@transaction
def decide_step(
    step: Step,
    *,
    kind: str,
    content_hash: str,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Decision:
    """Approve or reject at a step; ``content_hash`` names the content that the human saw.

    A decision on a page takes effect after the time for undo, one by API or mail at once. Raises
    ``StaleRevision`` (both hashes) when the content is another one now, ``NotAsked`` for people who
    are not asked, ``AlreadyDecided`` for a second answer, ``InvalidInput`` for a missing reason.
    """
    _require_own_hand(actor)
    hold_companies(step.requisition.company_id, actor.company_id, member_id=actor.member_id)
    requisition = lock_requisition(step.requisition_id)
    fresh = Step.objects.select_related("revision", "requisition__unit").get(pk=step.pk)
    _require_current(requisition, fresh, content_hash)
    kind, reason = _checked(kind, reason)
    assignment = _assignment(requisition, fresh, actor, now)
    decision = _write(fresh, assignment, kind, reason, actor=actor, now=now)
    if decision.effective_at <= now:
        apply_decision(decision.pk, now=now)
    return decision


def _require_own_hand(actor: Actor) -> None:
    """A key of the company acts for many; deciding takes the person, or a key of their own."""
    if actor.person_user_id != actor.user_id:
        raise Forbidden(
            _("Only the approver decides: on a page, by mail, or with an API key of their own.")
        )


def _require_current(requisition: Requisition, step: Step, content_hash: str) -> None:
    current = requisition.revision
    if current is None or step.revision_id != current.pk or content_hash != current.content_hash:
        raise StaleRevision(
            _("The content has changed since you looked. Please look at the new revision."),
            seen=content_hash,
            current=current.content_hash if current else "",
            requisition=requisition.number,
        )
    if requisition.status != Requisition.Status.PENDING:
        raise AlreadyDecided(
            _("%(number)s is not waiting for a decision any more: it is %(status)s.")
            % {"number": requisition.number, "status": requisition.get_status_display().lower()}
        )


def _checked(kind: str, reason: str) -> tuple[str, str]:
    reason = reason.strip()
    if kind not in (Decision.Kind.APPROVE, Decision.Kind.REJECT):
        raise InvalidInput("decision", "unknown", _("Choose approve or reject."))
    if kind == Decision.Kind.REJECT and not reason:
        raise InvalidInput("reason", "required", _("Say why: the buyer needs it to go on."))
    if len(reason) > LONGEST_REASON:
        raise InvalidInput("reason", "too_long", _("Please write at most 2,000 characters."))
    return kind, reason


def _assignment(
    requisition: Requisition, step: Step, actor: Actor, now: datetime
) -> StepAssignment:
    revision = requisition.revision
    if not actor.member_id or (revision and actor.user_id in revision.authors):
        raise Forbidden(_("Nobody decides about a content that they shaped."))
    mine = _rows_in_force(step, actor.member_id, now)
    if not mine:
        raise NotAsked(_("You are not asked at this step."))
    own = next((row for row in mine if row.principal_id is None), mine[0])
    if own.decided_at or step.status != Step.Status.PENDING:
        raise AlreadyDecided(_already(step))
    if not any(row.is_open for row in mine):
        raise NotAsked(_("This step is not open for you now."))
    return own


def _rows_in_force(step: Step, member_id: str, now: datetime) -> list[StepAssignment]:
    """The member's own row, and those of people for whom they may stand in at this moment."""
    rows = StepAssignment.objects.filter(step=step, member_id=member_id)
    return [
        row
        for row in rows.select_related("principal__user").order_by("principal_id")
        if row.principal is None
        or may_stand_in(
            principal=row.principal,
            delegate_id=member_id,
            amount_minor=step.revision.goods_minor,
            unit_path=step.requisition.unit.path,
            now=now,
        )
    ]


def _already(step: Step) -> str:
    last = (
        Decision.objects.filter(step=step)
        .select_related("member__user")
        .order_by("-created_at", "-id")
        .first()
    )
    if last is None:
        return _("This step has ended.")
    return _("%(person)s has answered this before.") % {"person": last.member.user.name}


def _write(
    step: Step,
    assignment: StepAssignment,
    kind: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
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
        kind=kind,
        content_hash=step.revision.content_hash,
        channel=actor.channel,
        reason=reason,
        effective_at=now + timedelta(seconds=held),
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
    _record(decision, step, actor=actor, now=now)
    return decision


def _record(decision: Decision, step: Step, *, actor: Actor, now: datetime) -> None:
    """In the chain of the company that buys; the merchant's people say why in their own alone."""
    buyer = step.requisition.company_id
    for company_id in sorted({buyer, actor.company_id}):
        is_own = company_id == actor.company_id
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
            private={"reason": decision.reason} if decision.reason and is_own else None,
        )
