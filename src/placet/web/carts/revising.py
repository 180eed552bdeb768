"""The cart page while its requisition is edited: which one, and what becomes of its approvals."""

from __future__ import annotations

from typing import NamedTuple

from placet.core.actor import Actor
from placet.plans.describe import PlanDescription
from placet.requisitions.fates import Fate, list_fates
from placet.requisitions.models import Requisition
from placet.requisitions.planning import Revising


class RevisingPanel(NamedTuple):
    """What resubmitting means. ``revision`` is the number that it would have."""

    requisition: Requisition
    has_ended: bool
    revision: int
    fates: tuple[Fate, ...]
    is_changed: bool


def read_revising(
    revising: Revising | None, plan: PlanDescription, *, reader: Actor
) -> RevisingPanel | None:
    """Kept, reset and new in words; nothing for a new purchase."""
    if revising is None:
        return None
    requisition, following = revising.requisition, revising.following
    written = requisition.revisions.count()
    if following is None:
        return RevisingPanel(requisition, True, written, (), False)
    described = {step.key: step for step in plan.steps}
    fates = list_fates(following.carried, described, following.content, reader=reader)
    return RevisingPanel(requisition, False, written + 1, fates, bool(revising.changed))
