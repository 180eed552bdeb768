"""Who stands at a step with which content: what deciding, suggesting and forwarding ask first."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.requisitions.errors import AlreadyDecided, NotAsked, StaleRevision
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Decision, Requisition, Step, StepAssignment
from placet.requisitions.standing_in import may_stand_in


def enter_step(
    step: Step, content_hash: str, *, actor: Actor, now: datetime
) -> tuple[Requisition, Step, StepAssignment]:
    """Lock the purchase of a step for somebody who is asked there now, about what they saw.

    Returns the requisition, the step as it is now, and the actor's row. Raises ``StaleRevision``
    with both hashes, ``NotAsked``, ``AlreadyDecided`` and ``Forbidden``.
    """
    _require_own_hand(actor)
    hold_companies(step.requisition.company_id, actor.company_id, member_id=actor.member_id)
    requisition = lock_requisition(step.requisition_id)
    fresh = Step.objects.select_related("revision", "requisition__unit").get(pk=step.pk)
    _require_current(requisition, fresh, content_hash)
    return requisition, fresh, _assignment(requisition, fresh, actor, now)


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
            requisition_id=requisition.pk,
            seen_revision=step.revision.number,
            current_revision=current.number if current else 0,
        )
    if requisition.status != Requisition.Status.PENDING:
        raise AlreadyDecided(
            _("%(number)s is not waiting for a decision any more: it is %(status)s.")
            % {"number": requisition.number, "status": requisition.get_status_display().lower()}
        )


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
