"""Whether a member may be asked at a step by choice: by an admin, or by who is asked there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.models import Member, RoleGrant
from placet.companies.permissions import ORDER_APPROVE, ORDER_PROCESS
from placet.companies.refusals import refuse_foreign
from placet.companies.rights import list_effective_permissions
from placet.core.actor import Actor, is_within
from placet.core.errors import InvalidInput
from placet.requisitions.affected import UNDECIDED
from placet.requisitions.errors import MayNotDecide
from placet.requisitions.models import Requisition, Step, StepAssignment

LONGEST_NOTE = 400


def checked_note(note: str, *, path: str = "note") -> str:
    """The words for whoever is asked: needed, since they are asked by a person and not a rule."""
    said = note.strip()
    if not said or len(said) > LONGEST_NOTE or "\x00" in said:
        raise InvalidInput(path, "required", _("Say why, in at most 400 letters."))
    return said


def require_colleague(step: Step, to: Member, *, actor: Actor) -> None:
    """Let only those be asked who could decide: a colleague of the same side, and no author.

    On the buyer's side they need *Approve purchases* for the purchase's unit, on the merchant's
    *Process orders*. Raises ``NotFound`` for people of another company, ``InvalidInput`` and
    ``MayNotDecide``.
    """
    requisition = step.requisition
    refuse_foreign(actor, to.company_id)
    if to.status != Member.Status.ACTIVE or not to.user.is_active:
        raise InvalidInput("to", "not_active", _("Only an active colleague can be asked."))
    if actor.is_oneself(to.user_id):
        raise InvalidInput("to", "oneself", _("Nobody asks themselves. Choose a colleague."))
    _refuse_author(requisition, to)
    if step.side == "merchant":
        _require_permission(to, ORDER_PROCESS, "", _("Process orders"), to.company.name)
    else:
        unit = requisition.unit
        _require_permission(to, ORDER_APPROVE, unit.path, _("Approve purchases"), unit.name)


def list_colleagues(step: Step, *, actor: Actor) -> list[Member]:
    """Whom the actor could ask at a step, by name: what ``require_colleague`` lets pass."""
    requisition = step.requisition
    permission = ORDER_PROCESS if step.side == "merchant" else ORDER_APPROVE
    path = "" if step.side == "merchant" else requisition.unit.path
    grants = RoleGrant.objects.filter(member__company_id=actor.company_id)
    holders = {
        grant.member_id
        for grant in grants.select_related("role", "unit")
        if permission in grant.role.permissions
        and is_within(path, grant.unit.path if grant.unit else "")
    }
    authors = requisition.revision.authors if requisition.revision else []
    asked = StepAssignment.objects.filter(step=step, principal=None).values("member_id")
    return list(
        Member.objects.filter(pk__in=holders, status=Member.Status.ACTIVE, user__is_active=True)
        .exclude(user_id__in=[*authors, actor.user_id])
        .exclude(pk=requisition.requester_id)
        .exclude(pk__in=asked)
        .select_related("user")
        .order_by("user__name", "id")
    )


def refuse_asked(step: Step, to: Member, *, is_anywhere: bool = False) -> None:
    """Refuse somebody who has a seat at the step, or has answered in this purchase already.

    ``is_anywhere``: a seat at any other step that is still to be decided counts too.
    """
    mine = StepAssignment.objects.filter(step__revision=step.revision_id, member=to)
    if mine.exclude(decided_at=None).exists():
        raise MayNotDecide(_("%(name)s has answered this already.") % {"name": to.user.name})
    seats = mine.filter(principal=None, step__status__in=UNDECIDED)
    if not is_anywhere:
        seats = seats.filter(step=step)
    if seats.exists():
        raise MayNotDecide(_("%(name)s is asked already.") % {"name": to.user.name})


def _refuse_author(requisition: Requisition, to: Member) -> None:
    authors = requisition.revision.authors if requisition.revision else []
    if to.user_id in authors or to.pk == requisition.requester_id:
        raise MayNotDecide(
            _("%(name)s shaped this purchase and cannot decide about it.") % {"name": to.user.name}
        )


def _require_permission(
    member: Member, permission: str, unit_path: str, named: str, place: str
) -> None:
    holds = any(
        is_within(unit_path, source.unit_path)
        for held in list_effective_permissions(member)
        if held.permission == permission
        for source in held.sources
    )
    if not holds:
        raise MayNotDecide(
            _("%(name)s needs the permission “%(permission)s” for %(unit)s first.")
            % {"name": member.user.name, "permission": named, "unit": place}
        )
