"""A step that is stuck gets somebody else: chosen by an admin, with a reason, for all to see."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import change_company_alone
from placet.companies.models import Member
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import UNDECIDED
from placet.requisitions.choosing import checked_note, require_colleague
from placet.requisitions.errors import MayNotDecide
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.permissions import can_reassign_step
from placet.requisitions.seats import listed_total


@transaction
def reassign_step(step: Step, *, to: Member, reason: str, actor: Actor, now: datetime) -> Step:
    """Ask ``to`` beside those who are asked; how many have to say yes stays as the plan said.

    They need *Approve purchases* for the purchase's unit, and are neither its requester nor one of
    its authors; nobody chooses themselves. Raises ``Forbidden``, ``InvalidInput`` without a reason
    and ``MayNotDecide``.
    """
    requisition = step.requisition
    refuse_foreign(actor, requisition.company_id, to.company_id)
    refuse(can_reassign_step(actor, requisition))
    said = checked_note(reason, path="reason")
    change_company_alone(requisition.company_id, actor=actor)
    fresh = Step.objects.select_related("requisition__revision", "requisition__unit").get(
        pk=step.pk
    )
    _require_undecided(fresh)
    require_colleague(fresh, to, actor=actor)
    seat, is_new = StepAssignment.objects.get_or_create(
        step=fresh,
        member=to,
        principal=None,
        defaults={
            "requisition_id": requisition.pk,
            "is_given": True,
            **listed_total(fresh.requisition),
        },
    )
    if not is_new:
        raise MayNotDecide(_("%(name)s is asked at this step already.") % {"name": to.user.name})
    reassign_all(Requisition.objects.filter(pk=requisition.pk), cause="given", actor=actor, now=now)
    if not StepAssignment.objects.filter(pk=seat.pk).exists():
        raise MayNotDecide(_("The rules do not let %(name)s decide this.") % {"name": to.user.name})
    record(
        "step.given",
        requisition.pk,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        private={"reason": said},
        requisition=requisition.pk,
        step=fresh.pk,
        revision=fresh.revision_id,
        member=to.pk,
    )
    return fresh


def _require_undecided(step: Step) -> None:
    if step.status not in UNDECIDED or step.requisition.status != Requisition.Status.PENDING:
        raise Conflict(_("This step is no longer waiting for an answer."))
    if step.side != "buyer":
        raise Conflict(_("The supplier decides this step."))
