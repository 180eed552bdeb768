"""A step that is stuck gets somebody else: chosen by an admin, with a reason, for all to see."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import change_company_alone
from placet.companies.models import Member
from placet.companies.permissions import ORDER_APPROVE
from placet.companies.refusals import refuse, refuse_foreign
from placet.companies.rights import list_effective_permissions
from placet.core.actor import Actor, is_within
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import UNDECIDED
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.permissions import can_reassign_step

LONGEST_REASON = 400


class MayNotDecide(Conflict):
    """The person who was chosen could not decide this step."""

    code = "may_not_decide"


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
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise InvalidInput("reason", "required", _("Say why, in at most 400 letters."))
    change_company_alone(requisition.company_id, actor=actor)
    fresh = Step.objects.select_related("requisition__revision", "requisition__unit").get(
        pk=step.pk
    )
    _check_person(fresh, to, actor)
    seat, is_new = StepAssignment.objects.get_or_create(
        step=fresh,
        member=to,
        principal=None,
        defaults={"requisition_id": requisition.pk, "is_given": True},
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
        private={"reason": reason.strip()},
        requisition=requisition.pk,
        step=fresh.pk,
        revision=fresh.revision_id,
        member=to.pk,
    )
    return fresh


def _check_person(step: Step, to: Member, actor: Actor) -> None:
    requisition = step.requisition
    if step.status not in UNDECIDED or requisition.status != Requisition.Status.PENDING:
        raise Conflict(_("This step is no longer waiting for an answer."))
    if step.side != "buyer":
        raise Conflict(_("The supplier decides this step."))
    if to.status != Member.Status.ACTIVE or not to.user.is_active:
        raise InvalidInput("to", "not_active", _("Only an active colleague can be asked."))
    if actor.is_oneself(to.user_id):
        raise InvalidInput("to", "oneself", _("Nobody asks themselves. Choose a colleague."))
    authors = requisition.revision.authors if requisition.revision else []
    if to.user_id in authors or to.pk == requisition.requester_id:
        raise MayNotDecide(
            _("%(name)s shaped this purchase and cannot decide about it.") % {"name": to.user.name}
        )
    if not _may_approve(to, requisition.unit.path):
        raise MayNotDecide(
            _("%(name)s needs the permission “Approve purchases” for %(unit)s first.")
            % {"name": to.user.name, "unit": requisition.unit.name}
        )


def _may_approve(member: Member, unit_path: str) -> bool:
    """Whether a member holds *Approve purchases* for this unit."""
    return any(
        is_within(unit_path, source.unit_path)
        for held in list_effective_permissions(member)
        if held.permission == ORDER_APPROVE
        for source in held.sources
    )
