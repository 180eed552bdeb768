"""What somebody is asked to decide, and the one gate for deciding it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.requisition import DecisionShown, show_decisions
from placet.api.schemas.step import Assignment, show_assignments
from placet.core.errors import NotFound
from placet.requisitions import models, queries
from placet.requisitions.actions import decide_step as decide

router = Router(tags=["steps"])


class StepFilters(Page):
    """Whose steps (only one's own), and whether they wait or were answered."""

    assignee: Annotated[Literal["me"], Field(description="only `me`")] = "me"
    status: Literal["open", "decided"] = "open"


class NewDecision(Wish):
    """What the member says about exactly this content; rejecting needs a reason."""

    decision: Literal["approve", "reject"]
    revision_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    reason: Annotated[str, StringConstraints(max_length=10_000)] = ""


@router.get("/steps", response=ListOf[Assignment])
def list_steps(request: ApiRequest, page: Query[StepFilters]) -> ListOf[Assignment]:
    """The inbox: what the member is asked to decide now, or has decided."""
    listing = queries.list_inbox if page.status == "open" else queries.list_decided
    found = listing(request.actor).order_by("id" if page.status == "open" else "-id")
    return page_of(request, found, page, lambda rows: _show(request, rows))


@router.post("/steps/{step_id}/decisions", response={201: DecisionShown})
def decide_step(request: ApiRequest, step_id: str, body: NewDecision) -> Status[DecisionShown]:
    """Approve or reject; takes effect at once. Another content is a 409 with both hashes."""
    step = queries.get_step(request.actor, step_id)
    made = decide(
        step,
        kind=body.decision,
        content_hash=body.revision_hash,
        reason=body.reason,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, get_decision(request, made.id))


@router.get("/decisions/{decision_id}", response=DecisionShown)
def get_decision(request: ApiRequest, decision_id: str) -> DecisionShown:
    """One decision with what became of it."""
    reach = queries.list_requisitions(request.actor).order_by()
    found = (
        models.Decision.objects.filter(pk=decision_id, step__requisition__in=reach)
        .select_related("member__user", "principal__user", "outcome", "step")
        .first()
    )
    told = show_decisions([found], request.actor) if found else []
    if not told:
        raise NotFound(_("There is no such decision."))
    return told[0]


def _show(request: ApiRequest, rows: Sequence[models.StepAssignment]) -> list[Assignment]:
    return show_assignments(rows, request.actor)
