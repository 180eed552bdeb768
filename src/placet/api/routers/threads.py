"""Conversations by themselves: what each is about, what was said, its files; and the supplier's."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router
from ninja.responses import Status

from placet.api.call import ApiRequest
from placet.api.files import file_answer
from placet.api.paging import whole_list
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.talk import (
    NewWords,
    Thread,
    Words,
    read_files,
    show_thread,
    show_words,
)
from placet.conversations.actions import (
    reopen_conversation,
    resolve_conversation,
    speak_in_thread,
)
from placet.conversations.places import find_place
from placet.orders.actions.write_about_order import write_about_order
from placet.orders.queries import get_order
from placet.threads.models import Comment
from placet.threads.queries import get_attachment, list_comments

router = Router(tags=["threads"])


class NewThreadState(Wish):
    """Nothing needs to be said."""


@router.get("/threads/{thread_id}", response=Thread)
def get_thread(request: ApiRequest, thread_id: str) -> Thread:
    """What a conversation is about, and who reads it."""
    return show_thread(find_place(request.actor, thread_id))


@router.get("/threads/{thread_id}/comments", response=ListOf[Words])
def list_thread_comments(request: ApiRequest, thread_id: str) -> ListOf[Words]:
    """Everything that was said in it, oldest first."""
    place = find_place(request.actor, thread_id)
    said = list_comments(request.actor, [place.thread.pk])[place.thread.pk]
    return whole_list(show_words(said, request.actor))


@router.post("/threads/{thread_id}/comments", response={201: Words})
def speak(request: ApiRequest, thread_id: str, body: NewWords) -> Status[Words]:
    """Answer in a conversation, whatever it is about, with files if need be."""
    made = speak_in_thread(
        find_place(request.actor, thread_id),
        text=body.text,
        mentions=body.mentions,
        files=read_files(body.files),
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _shown(request, made))


@router.post("/threads/{thread_id}/resolutions", response={201: Thread})
def resolve_thread(request: ApiRequest, thread_id: str, body: NewThreadState) -> Status[Thread]:
    """Say that it is settled."""
    place = find_place(request.actor, thread_id)
    resolve_conversation(place, actor=request.actor, now=request.now)
    return Status(201, show_thread(find_place(request.actor, thread_id)))


@router.post("/threads/{thread_id}/reopenings", response={201: Thread})
def reopen_thread(request: ApiRequest, thread_id: str, body: NewThreadState) -> Status[Thread]:
    """Say that it is not settled after all."""
    place = find_place(request.actor, thread_id)
    reopen_conversation(place, actor=request.actor, now=request.now)
    return Status(201, show_thread(find_place(request.actor, thread_id)))


@router.get(
    "/attachments/{attachment_id}/content",
    openapi_extra=file_answer("application/octet-stream"),
)
def get_attachment_content(request: ApiRequest, attachment_id: str) -> HttpResponse:
    """A file of a conversation as it was sent."""
    found = get_attachment(request.actor, attachment_id)
    find_place(request.actor, found.comment.thread_id)
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = "attachment"
    return answer


@router.post("/orders/{order_id}/messages", response={201: Words})
def write_about(request: ApiRequest, order_id: str, body: NewWords) -> Status[Words]:
    """Write to the other side about an order: buyer and supplier both read it."""
    made = write_about_order(
        get_order(request.actor, order_id),
        text=body.text,
        mentions=body.mentions,
        files=read_files(body.files),
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _shown(request, made))


def _shown(request: ApiRequest, made: Comment) -> Words:
    said = list_comments(request.actor, [made.thread_id])[made.thread_id]
    return show_words([one for one in said if one.pk == made.pk], request.actor)[0]
