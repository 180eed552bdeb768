"""Asking to hurry: whom, and when it is possible again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from placet.companies.permissions import Refusal
from placet.companies.working_time import calendar_of_company
from placet.core.actor import Actor
from placet.policy.working_time import due_after
from placet.requisitions.models import Nudge, Requisition, Step, StepAssignment

REST: Final = timedelta(hours=4)
"""Working hours of the buying company between two nudges of one step."""


class Nudging(NamedTuple):
    """The open steps that may be nudged now, whom each asks, and when else one could.

    ``last_at`` is the newest nudge of a step that is open.
    """

    steps: tuple[str, ...]
    asked: Mapping[str, list[str]]
    next_at: datetime | None
    last_at: datetime | None


def can_nudge_requisition(actor: Actor, requisition: Requisition) -> Refusal | None:
    """The requester, while somebody is waited for."""
    if requisition.requester_id != actor.member_id:
        return Refusal("not_requester", _("Only the requester asks to hurry."))
    if requisition.status != Requisition.Status.PENDING:
        return Refusal("not_waiting", _("This is not waiting for anybody's answer."))
    return None


def read_nudging(requisition: Requisition, *, now: datetime) -> Nudging:
    """What a nudge would do now; three queries."""
    asked: dict[str, list[str]] = {}
    rows = StepAssignment.objects.filter(
        step__revision_id=requisition.revision_id, step__status=Step.Status.PENDING, is_open=True
    ).order_by("step__position", "id")
    for step_id, member_id in rows.values_list("step_id", "member_id"):
        asked.setdefault(step_id, []).append(member_id)
    nudged = Nudge.objects.filter(step_id__in=list(asked)).values("step_id")
    last = dict(nudged.annotate(last=Max("created_at")).values_list("step_id", "last"))
    calendar = calendar_of_company(requisition.company)
    again = {step: due_after(at, REST, calendar) for step, at in last.items()}
    free = tuple(step for step in asked if again.get(step, now) <= now)
    return Nudging(
        steps=free,
        asked=asked,
        next_at=None if free else min(again.values(), default=None),
        last_at=max(last.values(), default=None),
    )
