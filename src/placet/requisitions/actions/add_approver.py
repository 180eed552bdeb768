"""One more person has to say yes: an approver adds a step of its own behind theirs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.core import ids
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.policy.codec import to_json
from placet.policy.plan import Approver, Label, PlanStep, Quorum, Reason
from placet.requisitions.actions.reassign_steps import reassign_steps
from placet.requisitions.choosing import checked_note, refuse_asked, require_colleague
from placet.requisitions.errors import MayNotDecide
from placet.requisitions.gate import enter_step
from placet.requisitions.models import Referral, Requisition, Step, StepAssignment
from placet.requisitions.progress import plan_of
from placet.requisitions.referring import record_referral
from placet.requisitions.seats import listed_total


@transaction
def add_approver(step: Step, *, member: Member, note: str, actor: Actor, now: datetime) -> Referral:
    """Let ``member`` be asked too, once everybody of this step's rank has said yes.

    It is a step of its own with one approval to be given: the steps that rules asked for keep
    their people and their quorum. It stays when the purchase is revised. They need what every
    approver of this side needs. Raises as ``forward_step`` does.
    """
    requisition, fresh, _own = enter_step(step, step.revision.content_hash, actor=actor, now=now)
    said = checked_note(note)
    require_colleague(fresh, member, actor=actor)
    refuse_asked(fresh, member, is_anywhere=True)
    added = _write_step(requisition, fresh, member, actor=actor, now=now)
    referral = Referral.objects.create(
        created_at=now,
        step=added,
        kind=Referral.Kind.ADDED,
        member_id=actor.member_id,
        to=member,
        note=said,
    )
    reassign_steps(requisition, cause="added", actor=actor, now=now)
    _require_seated(added, member)
    record_referral(requisition, referral, actor=actor, now=now)
    return referral


def _write_step(
    requisition: Requisition, step: Step, member: Member, *, actor: Actor, now: datetime
) -> Step:
    """The step behind all of this rank, with the one seat; the steps after it move on by one."""
    rank = step.rank + 1
    position = _make_room(step, rank)
    step_id = ids.new_id("stp")
    # The same person may be added twice: a seat that they handed on is another step's.
    planned = _planned(step, f"added:{step_id}", rank, member, actor)
    added = Step.objects.create(
        id=step_id,
        created_at=now,
        requisition=requisition,
        revision_id=step.revision_id,
        key=planned.key,
        position=position,
        side=step.side,
        rank=rank,
        label=to_json(planned.label),
        quorum=1,
        reasons=to_json(planned.reasons),
        restaffed=to_json(planned),
        added_by_id=actor.member_id,
    )
    StepAssignment.objects.create(
        step=added, requisition=requisition, member=member, **listed_total(requisition)
    )
    return added


def _make_room(step: Step, rank: int) -> int:
    """The position behind the steps of this side up to this rank; it is free afterwards."""
    rows = Step.objects.filter(revision_id=step.revision_id)
    before = rows.filter(side=step.side, rank__lte=rank).aggregate(last=Max("position"))["last"]
    # One by one from the end, since a position stands once at any moment.
    for row in rows.filter(position__gt=before).order_by("-position"):
        Step.objects.filter(pk=row.pk).update(position=row.position + 1)
    return int(before) + 1


def _planned(step: Step, key: str, rank: int, member: Member, actor: Actor) -> PlanStep:
    reason = Reason("", 0, key, step.side, "added", (), (("", actor.name),))  # type: ignore[arg-type]
    return PlanStep(
        key=key,
        side=step.side,  # type: ignore[arg-type]
        rank=rank,
        label=Label("added", ()),
        quorum=Quorum("any", 1),
        approvers=(Approver(member.pk, member.user_id, member.user.name, False, None),),
        reasons=(reason,),
        fallback="",
        escalation=(),
        distinct=False,
        due_hours=_due_hours(step),
    )


def _due_hours(step: Step) -> int | None:
    """As much time as those have who are asked now."""
    planned = {one.key: one for one in plan_of(step.revision).steps}
    return planned[step.key].due_hours if step.key in planned else None


def _require_seated(added: Step, member: Member) -> None:
    """The rules let them decide, and nobody has to be asked in their place."""
    rows = StepAssignment.objects.filter(step=added, principal=None)
    if not rows.filter(member=member).exists():
        raise MayNotDecide(
            _("The rules do not let %(name)s decide this.") % {"name": member.user.name}
        )
