"""Conversations about a cart and its lines."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import whole_list
from placet.api.schemas.base import Answer, Identifier, ListOf, Wish
from placet.api.schemas.cart import Comment, show_comments
from placet.api.schemas.talk import Files, read_files
from placet.carts import actions, models
from placet.carts.queries import get_cart, get_cart_line
from placet.threads.queries import list_comments as comments_of

router = Router(tags=["carts"])


class NewComment(Wish):
    """Something to say, about the cart or about one of its lines; `@First` names a colleague."""

    text: Annotated[str, StringConstraints(max_length=20_000)]
    line: Identifier | None = None
    mentions: Annotated[list[Identifier], Field(max_length=20)] = []
    files: Files = []


class NewResolution(Wish):
    """That the question about the cart, or about one of its lines, is answered."""

    line: Identifier | None = None


class Resolution(Answer):
    """A conversation that is resolved; an answer opens it again."""

    object: Literal["resolution"] = "resolution"
    thread: str
    line: str | None
    resolved_by: str


@router.get("/carts/{cart_id}/comments", response=ListOf[Comment])
def list_comments(request: ApiRequest, cart_id: str) -> ListOf[Comment]:
    """Everything said about the cart and its lines, oldest first."""
    cart = get_cart(request.actor, cart_id)
    lines = _lines_by_thread(cart)
    threads = [*lines, *([cart.thread_id] if cart.thread_id else [])]
    found = comments_of(request.actor, threads)
    said = [comment for comments in found.values() for comment in comments]
    said.sort(key=lambda comment: (comment.created_at, comment.id))
    return whole_list(show_comments(said, lines))


@router.post("/carts/{cart_id}/comments", response={201: Comment})
def add_comment(request: ApiRequest, cart_id: str, body: NewComment) -> Status[Comment]:
    """Say something."""
    actor, now = request.actor, request.now
    if body.line is None:
        cart = get_cart(actor, cart_id)
        comment = actions.comment_on_cart(
            cart,
            text=body.text,
            mentions=body.mentions,
            files=read_files(body.files),
            actor=actor,
            now=now,
        )
    else:
        line = get_cart_line(actor, cart_id, body.line)
        comment = actions.comment_on_line(
            line,
            text=body.text,
            mentions=body.mentions,
            files=read_files(body.files),
            actor=actor,
            now=now,
        )
    found = comments_of(actor, [comment.thread_id])[comment.thread_id]
    shown = show_comments(found, {comment.thread_id: body.line} if body.line else {})
    return Status(201, next(one for one in shown if one.id == comment.id))


@router.post("/carts/{cart_id}/resolutions", response={201: Resolution})
def resolve_comments(request: ApiRequest, cart_id: str, body: NewResolution) -> Status[Resolution]:
    """Say that the question is answered."""
    if body.line is None:
        cart = get_cart(request.actor, cart_id)
        thread = actions.resolve_cart_thread(cart, actor=request.actor, now=request.now)
    else:
        line = get_cart_line(request.actor, cart_id, body.line)
        thread = actions.resolve_line_thread(line, actor=request.actor, now=request.now)
    resolved_by = thread.resolved_by_id or ""
    return Status(201, Resolution(thread=thread.id, line=body.line, resolved_by=resolved_by))


def _lines_by_thread(cart: models.Cart) -> dict[str, str]:
    pairs = cart.lines.exclude(thread=None).values_list("thread_id", "id")
    return {str(thread_id): line_id for thread_id, line_id in pairs}
