"""A step that is stuck gets somebody else, chosen with a reason."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from ninja.responses import Status
from pydantic import StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, Identifier, Person, Wish, person
from placet.companies.queries import get_member
from placet.requisitions import queries
from placet.requisitions.actions import reassign_step as reassign

router = Router(tags=["requisitions"])


class NewReassignment(Wish):
    """Who is asked beside those who are asked, and why."""

    member: Identifier
    reason: Annotated[str, StringConstraints(max_length=400)]


class Reassignment(Answer):
    """Somebody who is asked at a step by choice, not by a rule."""

    object: Literal["reassignment"] = "reassignment"
    step: str
    requisition: str
    member: Person


@router.post("/steps/{step_id}/reassignments", response={201: Reassignment})
def reassign_step(request: ApiRequest, step_id: str, body: NewReassignment) -> Status[Reassignment]:
    """Ask somebody else at a step; for whoever manages the company, never in their own favour."""
    step = queries.get_step(request.actor, step_id)
    member = get_member(request.actor, body.member)
    reassign(step, to=member, reason=body.reason, actor=request.actor, now=request.now)
    return Status(
        201, Reassignment(step=step.pk, requisition=step.requisition_id, member=person(member))
    )
