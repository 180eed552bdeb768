"""An approval that lowers lines: what it would lead to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.orders.content import read_content
from placet.policy import carry_over as engine
from placet.requisitions.altered import Change, alter_content
from placet.requisitions.confirming import require_possible
from placet.requisitions.given import content_for_comparing
from placet.requisitions.models import Decision, Requisition, RevisionOrigin, Step
from placet.requisitions.next_revision import NextRevision, plan_revision
from placet.requisitions.permissions import can_decide_step, can_lower_lines
from placet.requisitions.progress import staffed_plan
from placet.requisitions.said import make_sense

REDUCED = RevisionOrigin.Cause.REDUCED


class Reduction(NamedTuple):
    """What lowering lines would lead to; ``counts`` is whether the approval counts for the rest."""

    following: NextRevision
    counts: bool


def preview_reduction(
    requisition: Requisition, lines: Mapping[int, int], *, actor: Actor, now: datetime
) -> NextRevision:
    """The revision that lowering these lines would make; writes nothing.

    Its plan says which rules fire then, and whether it may be ordered at all. Raises ``NotForSale``
    and ``CannotBePlanned``.
    """
    cart, priced = alter_content(requisition, changes_of(lines), now=now)
    return plan_revision(requisition, cart=cart, priced=priced, cause=REDUCED, actor=actor, now=now)


def show_reduction(
    step: Step,
    *,
    kind: str = Decision.Kind.APPROVE,
    reason: str,
    lines: Mapping[int, int],
    actor: Actor,
    now: datetime,
) -> Reduction | None:
    """What this answer would lead to; nothing where it lowers no line, or leaves nothing.

    For those who are asked; raises as ``decide_step`` does for lines that are not there or not
    lower.
    """
    refuse(can_decide_step(actor, step) or can_lower_lines(actor, step))
    said = make_sense(step, kind=kind, reason=reason or "-", lines=lines)
    if not said.lines:
        return None
    following = preview_reduction(step.requisition, said.lines, actor=actor, now=now)
    return Reduction(following, _counts(step, following, actor.user_id))


def _counts(step: Step, following: NextRevision, user_id: str) -> bool:
    """Whether an approval of what was seen carries over to what it leaves."""
    before = staffed_plan(step.revision, step.revision.steps.order_by("position"))
    seen = next(one for one in before.steps if one.key == step.key)
    approval = engine.Approval(
        user_id, seen, content_for_comparing(read_content(step.revision.content))
    )
    plan = following.planned.plan
    after = plan._replace(steps=tuple(one.step for one in following.steps))
    judged = engine.carry_over([approval], after, content_for_comparing(following.content))
    return bool(judged.kept)


def require_reducible(
    requisition: Requisition, lines: Mapping[int, int], *, actor: Actor, now: datetime
) -> None:
    """Refuse at once what could not be ordered once it is lowered: ``PurchaseBlocked``."""
    require_possible(preview_reduction(requisition, lines, actor=actor, now=now))


def changes_of(lines: Mapping[int, int]) -> list[Change]:
    """What is left of each line, as changes of the content."""
    return [Change(number, quantity) for number, quantity in lines.items()]
