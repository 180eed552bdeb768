"""Documents about conversations, their files, and links for people outside."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from placet.api.schemas.base import Answer, Identifier, Person, Resourceful, Wish
from placet.api.schemas.words import Moment
from placet.carts.links import name_of_thing, state_of_link
from placet.carts.models import ShareLink as ShareLinkRow
from placet.conversations.people import name_for
from placet.conversations.places import Place
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.threads.files import MOST_FILES, NewFile
from placet.threads.models import Attachment as AttachmentRow
from placet.threads.models import Comment as CommentRow


class NewAttachment(Wish):
    """A file beside a comment; `content` is base64. All of a request is 2.5 MB at most."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    content: Annotated[str, StringConstraints(max_length=7_000_000)]


Files = Annotated[list[NewAttachment], Field(max_length=MOST_FILES)]


class NewWords(Wish):
    """Something to say in a conversation; `@First` or an id in `mentions` names a colleague."""

    text: Annotated[str, StringConstraints(max_length=20_000)]
    mentions: Annotated[list[Identifier], Field(max_length=20)] = []
    files: Files = []


class Attachment(Answer):
    """A file of a conversation; its content is at `attachments/{id}/content`."""

    object: Literal["attachment"] = "attachment"
    id: str
    name: str
    content_type: str
    size: int
    sha256: str


class Words(Answer):
    """What somebody said. `author` is nothing for people outside, and for the other side."""

    object: Literal["comment"] = "comment"
    id: str
    created_at: datetime
    thread: str
    author: Person | None
    name: str
    guest_address: str
    text: str
    mentions: list[str]
    attachments: list[Attachment]


class Thread(Answer):
    """A conversation; `audience` says who reads it beside the company, `about` what it is of."""

    object: Literal["thread"] = "thread"
    id: str
    created_at: datetime
    audience: str
    kind: str
    about: str
    name: str
    line: int
    resolved_at: datetime | None
    may_comment: bool


class NewShareLink(Wish):
    """A link for people outside; what is not switched on is not shown."""

    expires_at: Moment
    shows_prices: bool = False
    shows_names: bool = False
    may_comment: bool = False


class ShareLink(Resourceful):
    """A link for people outside; of its token only the last letters are known (`hint`)."""

    object: Literal["share_link"] = "share_link"
    cart: str | None
    purchase_list: str | None
    name: str
    state: str
    hint: str
    shows_prices: bool
    shows_names: bool
    may_comment: bool
    expires_at: datetime
    revoked_at: datetime | None
    opened_count: int
    last_opened_at: datetime | None
    thread: str | None
    created_by: Person


class CreatedShareLink(ShareLink):
    """A link that was just made: the only answer with its `url`."""

    url: str | None


def read_files(files: Sequence[NewAttachment]) -> list[NewFile]:
    """The files of a comment; raises ``InvalidInput`` for what is no base64."""
    read = []
    for number, file in enumerate(files):
        try:
            content = base64.b64decode(file.content, validate=True)
        except (binascii.Error, ValueError):
            raise InvalidInput(
                f"files/{number}/content", "base64", _("This is no base64.")
            ) from None
        read.append(NewFile(file.name, content))
    return read


def show_words(comments: Iterable[CommentRow], reader: Actor) -> list[Words]:
    """Comments with authors, mentions and files loaded, as this reader may know their authors."""
    return [_words(comment, reader) for comment in comments]


def show_attachments(files: Iterable[AttachmentRow]) -> list[Attachment]:
    """Files without their content."""
    return [
        Attachment(
            id=file.id,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
        )
        for file in files
    ]


def show_thread(place: Place) -> Thread:
    """A conversation with what it is about."""
    thread = place.thread
    return Thread(
        id=thread.id,
        created_at=thread.created_at,
        audience=thread.audience,
        kind=place.kind,
        about=place.subject.pk,
        name=place.name,
        line=place.line,
        resolved_at=thread.resolved_at,
        may_comment=place.refusal is None,
    )


def show_share_links(links: Iterable[ShareLinkRow], *, now: datetime) -> list[ShareLink]:
    """Links with their things and makers loaded."""
    return [ShareLink(**_link(link, now)) for link in links]


def show_created_share_link(link: ShareLinkRow, url: str, *, now: datetime) -> CreatedShareLink:
    """A link with its address."""
    return CreatedShareLink(**_link(link, now), url=url)


def _words(comment: CommentRow, reader: Actor) -> Words:
    author = comment.author
    is_own_side = author is not None and author.company_id == reader.company_id
    is_known = is_own_side or (author is not None and reader.is_merchant)
    return Words(
        id=comment.id,
        created_at=comment.created_at,
        thread=comment.thread_id,
        author=Person(member=author.id, name=author.user.name) if author and is_known else None,
        name=name_for(comment, reader),
        guest_address=comment.guest_address,
        text=comment.text,
        mentions=sorted(one.member_id for one in comment.mentions.all()) if is_own_side else [],
        attachments=show_attachments(comment.attachments.all()),
    )


def _link(link: ShareLinkRow, now: datetime) -> dict[str, Any]:
    return {
        "id": link.pk,
        "created_at": link.created_at,
        "version": link.version,
        "external_id": link.external_id,
        "metadata": link.metadata,
        "cart": link.cart_id,
        "purchase_list": link.purchase_list_id,
        "name": name_of_thing(link),
        "state": state_of_link(link, now=now),
        "hint": link.hint,
        "shows_prices": link.shows_prices,
        "shows_names": link.shows_names,
        "may_comment": link.may_comment,
        "expires_at": link.expires_at,
        "revoked_at": link.revoked_at,
        "opened_count": link.opened_count,
        "last_opened_at": link.last_opened_at,
        "thread": link.thread_id,
        "created_by": Person(member=link.created_by.id, name=link.created_by.user.name),
    }
