"""Which approvals of earlier revisions still count for the next one, read from the rows.

Of every human the last decision that took effect is looked at, and only if it was an approval: what
they saw then is what the new content is compared with (``policy.carry_over``). Carrying over never
moves that, so nobody gets anywhere slice by slice. For an occurrence of a schedule approvals of
earlier occurrences count too, as far as their envelope goes (``covering``).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from placet.orders.content import Content
from placet.policy import carry_over as engine
from placet.policy.plan import Finding, Plan, PlanStep
from placet.requisitions.covering import list_covering
from placet.requisitions.given import content_for_comparing, list_given
from placet.requisitions.models import Decision, Requisition

AUTHOR = "author"
"""The code of an approval whose giver has shaped the content since."""


class Kept(NamedTuple):
    """A decision that still counts, at a step of the new plan."""

    decision: Decision
    step: str


class Reset(NamedTuple):
    """A decision that counts no more: at which step it did, and why; ``finding`` is what got worse.

    Codes are those of ``policy.carry_over.Reset``, and ``author``.
    """

    decision: Decision
    step: PlanStep
    code: str
    finding: Finding | None


class Carried(NamedTuple):
    """What the approvals are worth for a plan.

    ``waiting`` are steps that were asked for before, and nobody has answered; ``new`` are those
    that were not asked for.
    """

    kept: tuple[Kept, ...]
    reset: tuple[Reset, ...]
    waiting: tuple[str, ...]
    new: tuple[str, ...]


def carry_over(
    requisition: Requisition,
    plan: Plan,
    content: Content,
    *,
    authors: Collection[str],
    before: int | None = None,
) -> Carried:
    """What was decided so far is worth this much for a plan of this content.

    ``plan`` has all steps with their people, added ones too. ``authors`` are those of the new
    content: their approvals never count. ``before`` leaves out revisions from that number on.
    """
    covering = list_covering(requisition, content, before)
    given = [*list_given(requisition, before), *covering]
    judged = engine.carry_over(
        [one.approval for one in given], plan, content_for_comparing(content)
    )
    decisions = {one.approval.user: one.decision for one in given}
    steps = {(one.approval.user, one.approval.step.key): one.approval.step for one in given}
    kept = dict.fromkeys(
        Kept(decisions[one.user], one.step) for one in judged.kept if one.user not in authors
    )
    # What an envelope does not cover was never given for this purchase, so it is not lost either.
    elsewhere = {one.approval.user for one in covering}
    reset = [
        Reset(decisions[one.user], steps[one.user, one.former_step], one.code, one.finding)
        for one in judged.reset
        if one.user not in authors and one.user not in elsewhere
    ]
    shaped = dict.fromkeys(
        Reset(one.decision, one.approval.step, AUTHOR, None)
        for one in given
        if one.approval.user in authors and one.approval.user not in elsewhere
    )
    former = _keys_before(requisition, before)
    answered = {one.step for one in kept}
    unanswered = [step.key for step in plan.steps if step.key not in answered]
    return Carried(
        kept=tuple(kept),
        reset=(*shaped, *reset),
        waiting=tuple(key for key in unanswered if key in former),
        new=tuple(key for key in unanswered if key not in former),
    )


def _keys_before(requisition: Requisition, before: int | None) -> set[str]:
    """The steps of the revision that the new one takes the place of."""
    rows = requisition.revisions.order_by("-number")
    former = (rows.filter(number__lt=before) if before is not None else rows).first()
    return set(former.steps.values_list("key", flat=True)) if former else set()
