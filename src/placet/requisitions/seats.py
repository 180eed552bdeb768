"""From a step of a plan to the rows of its people."""

from __future__ import annotations

from typing import Any, NamedTuple

from placet.policy.plan import PlanStep
from placet.requisitions.models import Requisition


class StepToWrite(NamedTuple):
    """A step of a revision. ``is_restaffed`` says that its people are not those of the plan.

    ``given`` are members to whom somebody handed a seat, ``added_by_id`` who added the step.
    """

    step: PlanStep
    is_restaffed: bool = False
    given: frozenset[str] = frozenset()
    added_by_id: str = ""


def listed_total(requisition: Requisition) -> dict[str, Any]:
    """The total of the current revision, as every row of its people says it for their inbox."""
    return {"currency": requisition.currency, "total_minor": requisition.total_minor}


def asked_pairs(step: PlanStep) -> list[tuple[str, str | None]]:
    """The people of a step, then those who decide for somebody else: nobody stands there twice."""
    own = [approver.member for approver in step.approvers]
    pairs: list[tuple[str, str | None]] = [(member, None) for member in own]
    for approver in step.approvers:
        if approver.delegate and approver.delegate.member not in own:
            pairs.append((approver.delegate.member, approver.member))
    return pairs
