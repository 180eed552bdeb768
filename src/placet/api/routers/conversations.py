"""Conversations about a submitted purchase and its lines; the merchant's people take no part."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import whole_list
from placet.api.routers.comments import Resolution
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.cart import Comment, show_comments
from placet.api.schemas.talk import Files, read_files
from placet.core.errors import NotFound
from placet.requisitions import actions, models, queries
from placet.threads.queries import list_comments

router = Router(tags=["requisitions"])
LineNumber = Annotated[int, Field(ge=0, le=10**6, description="0: the whole purchase")]


class NewRequisitionComment(Wish):
    """Something to say; `@First` names a colleague who sees the purchase."""

    text: Annotated[str, StringConstraints(max_length=20_000)]
    line: LineNumber = 0
    mentions: Annotated[list[Identifier], Field(max_length=20)] = []
    files: Files = []


class NewRequisitionResolution(Wish):
    """That the question about the purchase, or about one of its lines, is answered."""

    line: LineNumber = 0


@router.get("/requisitions/{requisition_id}/comments", response=ListOf[Comment])
def list_requisition_comments(request: ApiRequest, requisition_id: str) -> ListOf[Comment]:
    """Everything said about the purchase and the lines of its current revision, oldest first."""
    requisition = _get(request, requisition_id)
    lines = _lines_by_thread(requisition)
    threads = [*lines, *([requisition.thread_id] if requisition.thread_id else [])]
    found = list_comments(request.actor, threads)
    said = [comment for comments in found.values() for comment in comments]
    said.sort(key=lambda comment: (comment.created_at, comment.id))
    return whole_list(show_comments(said, lines))


@router.post("/requisitions/{requisition_id}/comments", response={201: Comment})
def comment_on_requisition(
    request: ApiRequest, requisition_id: str, body: NewRequisitionComment
) -> Status[Comment]:
    """Say something; whoever is named is told. Nothing is decided by it."""
    requisition = _get(request, requisition_id)
    made = actions.comment_on_requisition(
        requisition,
        text=body.text,
        line=body.line,
        mentions=body.mentions,
        files=read_files(body.files),
        actor=request.actor,
        now=request.now,
    )
    found = list_comments(request.actor, [made.thread_id])[made.thread_id]
    shown = show_comments(found, _lines_by_thread(requisition))
    return Status(201, next(one for one in shown if one.id == made.id))


@router.post("/requisitions/{requisition_id}/resolutions", response={201: Resolution})
def resolve_requisition_comments(
    request: ApiRequest, requisition_id: str, body: NewRequisitionResolution
) -> Status[Resolution]:
    """Say that the question is answered; an answer opens it again."""
    requisition = _get(request, requisition_id)
    thread = actions.resolve_requisition_thread(
        requisition, line=body.line, actor=request.actor, now=request.now
    )
    return Status(
        201,
        Resolution(
            thread=thread.id,
            line=str(body.line) if body.line else None,
            resolved_by=thread.resolved_by_id or "",
        ),
    )


def _get(request: ApiRequest, requisition_id: str) -> models.Requisition:
    if requisition_id.startswith("req_"):
        found = queries.get_requisition(request.actor, requisition_id)
        if found.company_id == request.actor.company_id:
            return found
    raise NotFound(_("There is no such requisition."))


def _lines_by_thread(requisition: models.Requisition) -> dict[str, str]:
    """The numbers of the lines of the current revision, by their thread."""
    rows = models.RevisionLine.objects.filter(revision=requisition.revision_id)
    pairs = rows.exclude(thread=None).values_list("thread_id", "number")
    return {str(thread_id): str(number) for thread_id, number in pairs}
