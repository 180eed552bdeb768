"""Handing on one's own seat: a colleague is asked instead, with a note that says why."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.requisitions.actions.reassign_steps import reassign_steps
from placet.requisitions.choosing import checked_note, refuse_asked, require_colleague
from placet.requisitions.errors import MayNotDecide
from placet.requisitions.gate import enter_step
from placet.requisitions.models import Referral, Step, StepAssignment
from placet.requisitions.referring import record_referral
from placet.requisitions.seats import listed_total


@transaction
def forward_step(step: Step, *, to: Member, note: str, actor: Actor, now: datetime) -> Referral:
    """Let ``to`` be asked in the actor's place; how many have to say yes stays as it was.

    They need what every approver of this side needs, and are neither the requester nor an author.
    Should they leave or be away before they answer, the actor is asked again. Raises
    ``NotAsked``, ``InvalidInput`` without a note, ``MayNotDecide``, and ``Conflict`` for somebody
    who stands in for another: only the holder hands a seat on.
    """
    seen = step.revision.content_hash
    requisition, fresh, own = enter_step(step, seen, actor=actor, now=now)
    if own.principal is not None:
        raise Conflict(
            _("You decide here for %(name)s. Only they hand on their seat.")
            % {"name": own.principal.user.name}
        )
    said = checked_note(note)
    require_colleague(fresh, to, actor=actor)
    refuse_asked(fresh, to)
    StepAssignment.objects.create(
        step=fresh,
        requisition=requisition,
        member=to,
        principal=None,
        is_given=True,
        **listed_total(requisition),
    )
    referral = Referral.objects.create(
        created_at=now,
        step=fresh,
        kind=Referral.Kind.FORWARDED,
        member_id=actor.member_id,
        to=to,
        note=said,
    )
    reassign_steps(requisition, cause="forwarded", actor=actor, now=now)
    _require_handed_on(fresh, own, to)
    record_referral(requisition, referral, actor=actor, now=now)
    return referral


def _require_handed_on(step: Step, own: StepAssignment, to: Member) -> None:
    """What the rules made of it: ``to`` sits there, and the actor does not any more."""
    rows = StepAssignment.objects.filter(step=step, principal=None)
    if not rows.filter(member=to).exists():
        raise MayNotDecide(_("The rules do not let %(name)s decide this.") % {"name": to.user.name})
    if rows.filter(pk=own.pk).exists():
        raise MayNotDecide(
            _("%(name)s is away. Choose somebody who is there.") % {"name": to.user.name}
        )
