"""Suggestions: made at a step, answered by the requester, accepted with the plan that was shown."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import whole_list
from placet.api.routers.steps import Hash
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.deciding import (
    RevisionPreview,
    SuggestionShown,
    show_preview,
    show_suggestions,
)
from placet.api.schemas.requisition import RevisionShown, show_revision
from placet.companies.refusals import refuse
from placet.core.errors import NotFound
from placet.requisitions import actions, models, queries
from placet.requisitions.permissions import can_answer_suggestions
from placet.requisitions.suggesting import choose_suggestions, preview_suggestions

router = Router(tags=["suggestions"])


class NewSuggestion(Wish):
    """So many of a line, or another product in its place; line 0 is one more product."""

    revision_hash: Hash
    line: Annotated[int, Field(ge=0, le=10**6)]
    quantity: Annotated[int, Field(ge=1, le=10**15)]
    sku: Annotated[str, StringConstraints(max_length=64)] = ""
    note: Annotated[str, StringConstraints(max_length=400)] = ""


class NewAcceptance(Wish):
    """The plan hash that was shown; several suggestions make one revision together."""

    plan_hash: Hash
    together_with: Annotated[list[Identifier], Field(max_length=100)] = []
    warnings_read: bool = False


class NewPreview(Wish):
    """Which suggestions would be accepted together."""

    suggestions: Annotated[list[Identifier], Field(min_length=1, max_length=100)]


class NewDecline(Wish):
    """Why, for whoever suggested it."""

    reason: Annotated[str, StringConstraints(max_length=400)] = ""


@router.get("/requisitions/{requisition_id}/suggestions", response=ListOf[SuggestionShown])
def list_suggestions(
    request: ApiRequest,
    requisition_id: str,
    status: Literal["open", "accepted", "declined", "void"] | None = None,
) -> ListOf[SuggestionShown]:
    """What approvers have suggested, the first one first."""
    requisition = _requisition(request, requisition_id)
    found = requisition.suggestions.select_related("member__user").order_by("created_at", "id")
    if status:
        found = found.filter(status=status)
    return whole_list(show_suggestions(list(found)))


@router.post("/steps/{step_id}/suggestions", response={201: SuggestionShown})
def suggest_line(request: ApiRequest, step_id: str, body: NewSuggestion) -> Status[SuggestionShown]:
    """Suggest; for those who are asked now. The approver does not become an author by it."""
    step = queries.get_step(request.actor, step_id)
    made = actions.suggest_line(
        step,
        content_hash=body.revision_hash,
        line=body.line,
        quantity=body.quantity,
        sku=body.sku,
        note=body.note,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_suggestions([made])[0])


@router.post("/requisitions/{requisition_id}/suggestion_previews", response=RevisionPreview)
def preview_acceptance(
    request: ApiRequest, requisition_id: str, body: NewPreview
) -> RevisionPreview:
    """What accepting these would lead to: kept, reset and new, and the hash to accept it with."""
    requisition = _requisition(request, requisition_id)
    refuse(can_answer_suggestions(request.actor, requisition))
    chosen = choose_suggestions(requisition, body.suggestions)
    following = preview_suggestions(requisition, chosen, actor=request.actor, now=request.now)
    return show_preview(requisition, following, request.actor, counts=False, now=request.now)


@router.post("/suggestions/{suggestion_id}/acceptances", response={201: RevisionShown})
def accept_suggestion(
    request: ApiRequest, suggestion_id: str, body: NewAcceptance
) -> Status[RevisionShown]:
    """Accept and resubmit: the next revision, whose author is the requester."""
    found = _suggestion(request, suggestion_id)
    revision = actions.accept_suggestions(
        found.requisition,
        suggestions=[found.pk, *body.together_with],
        plan_hash=body.plan_hash,
        warnings_read=body.warnings_read,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_revision(revision, request.actor))


@router.post("/suggestions/{suggestion_id}/declines", response={201: SuggestionShown})
def decline_suggestion(
    request: ApiRequest, suggestion_id: str, body: NewDecline
) -> Status[SuggestionShown]:
    """Leave it as it is; the purchase goes on."""
    found = _suggestion(request, suggestion_id)
    actions.decline_suggestion(found, reason=body.reason, actor=request.actor, now=request.now)
    found.refresh_from_db()
    return Status(201, show_suggestions([found])[0])


def _requisition(request: ApiRequest, requisition_id: str) -> models.Requisition:
    """A requisition of the caller's own company: suggestions stay on the buyer's side."""
    if requisition_id.startswith("req_"):
        found = queries.get_requisition(request.actor, requisition_id)
        if found.company_id == request.actor.company_id:
            return found
    raise NotFound(_("There is no such requisition."))


def _suggestion(request: ApiRequest, suggestion_id: str) -> models.Suggestion:
    reach = queries.list_requisitions(request.actor).order_by()
    found = (
        models.Suggestion.objects.filter(pk=suggestion_id, requisition__in=reach)
        .filter(requisition__company_id=request.actor.company_id)
        .select_related("requisition__revision", "requisition__company", "member__user")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such suggestion."))
    return found
