"""What lowering lines would lead to, in words: before anything is decided."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.plans.describe import PlanDescription, describe_plan
from placet.requisitions.fates import Fate, list_fates
from placet.requisitions.models import Requisition, Step
from placet.requisitions.next_revision import NextRevision
from placet.requisitions.reducing import Reduction


class ReductionShown(NamedTuple):
    """The rest with its sum and its approvals; ``blocked`` says why it could not be ordered."""

    before_minor: int
    after_minor: int
    currency: str
    fates: tuple[Fate, ...]
    blocked: tuple[str, ...]
    warnings: tuple[str, ...]
    asks_nobody: bool


def read_reduction(
    actor: Actor, step: Step, reduction: Reduction, *, now: datetime
) -> ReductionShown:
    """A reduction for the approver who looks at it."""
    following, requisition = reduction.following, step.requisition
    described = describe_following(actor, requisition, following, now=now)
    mine = (
        Fate("kept", _("You"), _("approve what is left with this."))
        if reduction.counts
        else Fate("reset", _("You"), _("are asked again about what is left."))
    )
    by_key = {one.key: one for one in described.steps}
    others = list_fates(following.carried, by_key, following.content, reader=actor)
    is_blocked = bool(described.blocked)
    return ReductionShown(
        before_minor=requisition.total_minor,
        after_minor=following.content.net_minor,
        currency=following.content.currency,
        fates=() if is_blocked else (*((mine,) if described.steps else ()), *others),
        blocked=tuple(one.sentence for one in described.blocked),
        warnings=tuple(one.message or one.sentence for one in described.warnings),
        asks_nobody=not described.steps and not is_blocked,
    )


def describe_following(
    actor: Actor, requisition: Requisition, following: NextRevision, *, now: datetime
) -> PlanDescription:
    """The plan of a revision that is not written, with the steps that were added."""
    plan = following.planned.plan
    return describe_plan(
        plan._replace(steps=tuple(one.step for one in following.steps)),
        company_id=requisition.company_id,
        reader_is_merchant=actor.is_merchant,
        plan_hash=following.planned.hash,
        language=actor.language,
        time_zone=requisition.company.time_zone,
        now=now,
    )
