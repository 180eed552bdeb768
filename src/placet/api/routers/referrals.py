"""Asking a colleague: handing on one's seat, adding an approver."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import Identifier, Wish
from placet.api.schemas.deciding import ReferralShown, show_referral
from placet.companies.models import Member
from placet.companies.queries import get_member
from placet.core.errors import InvalidInput, NotFound
from placet.requisitions import actions, queries

router = Router(tags=["steps"])


class NewReferral(Wish):
    """Who is asked, and what they should know."""

    member: Identifier
    note: Annotated[str, StringConstraints(max_length=400)]


@router.post("/steps/{step_id}/forwards", response={201: ReferralShown})
def forward_step(request: ApiRequest, step_id: str, body: NewReferral) -> Status[ReferralShown]:
    """Hand on one's own seat; the quorum stays as it is."""
    step = queries.get_step(request.actor, step_id)
    made = actions.forward_step(
        step,
        to=_member(request, body.member),
        note=body.note,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_referral(made))


@router.post("/steps/{step_id}/approvers", response={201: ReferralShown})
def add_approver(request: ApiRequest, step_id: str, body: NewReferral) -> Status[ReferralShown]:
    """Ask somebody in addition, behind this step; the answer's `step` is the one that is added."""
    step = queries.get_step(request.actor, step_id)
    made = actions.add_approver(
        step,
        member=_member(request, body.member),
        note=body.note,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_referral(made))


def _member(request: ApiRequest, member_id: str) -> Member:
    try:
        return get_member(request.actor, member_id)
    except NotFound as error:
        raise InvalidInput("member", "unknown", _("Choose a colleague.")) from error
