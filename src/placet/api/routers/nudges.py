"""Asking those who are asked to hurry."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, Wish
from placet.core.errors import NotFound
from placet.requisitions import queries
from placet.requisitions.actions import nudge_requisition as nudge
from placet.requisitions.nudging import read_nudging

router = Router(tags=["requisitions"])


class NewNudge(Wish):
    """What those who are asked should know."""

    note: Annotated[str, StringConstraints(max_length=400)] = ""


class NudgesShown(Answer):
    """The steps at which somebody was asked again, and when that is possible the next time."""

    object: Literal["nudges"] = "nudges"
    requisition: str
    steps: list[str]
    next_at: datetime | None


@router.post("/requisitions/{requisition_id}/nudges", response={201: NudgesShown})
def nudge_requisition(
    request: ApiRequest, requisition_id: str, body: NewNudge
) -> Status[NudgesShown]:
    """Send those who are asked a mail; a 429 says when it is possible again (`next_at`)."""
    if not requisition_id.startswith("req_"):
        raise NotFound(_("There is no such requisition."))
    found = queries.get_requisition(request.actor, requisition_id)
    nudges = nudge(found, note=body.note, actor=request.actor, now=request.now)
    return Status(
        201,
        NudgesShown(
            requisition=found.pk,
            steps=[one.step_id for one in nudges],
            next_at=read_nudging(found, now=request.now).next_at,
        ),
    )
