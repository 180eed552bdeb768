"""Speaking: the owner of a thread calls these, after it asked whether the actor may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.threads.files import MOST_OF_A_COMPANY, CheckedFile, NewFile, check_files
from placet.threads.mentions import mentioned_members
from placet.threads.models import Attachment, Comment, Mention, Thread
from placet.threads.permissions import can_comment_in
from placet.threads.queries import count_bytes
from placet.threads.words import check_text


@transaction
def open_thread(
    company_id: str,
    *,
    actor: Actor,
    now: datetime,
    audience: Thread.Audience = Thread.Audience.COMPANY,
) -> Thread:
    """Begin a conversation of a company; the caller makes its owner point to it.

    Who listens beside the company is said now and for ever.
    """
    thread = Thread(created_at=now, company_id=company_id, audience=audience)
    refuse(can_comment_in(actor, thread))
    thread.save(force_insert=True)
    return thread


@transaction
def add_comment(
    thread: Thread,
    *,
    text: str,
    about: str,
    actor: Actor,
    now: datetime,
    mentions: Collection[str] = (),
    audience: Collection[str] | None = None,
    files: Sequence[NewFile] = (),
) -> Comment:
    """Say something; an answer opens a resolved thread again.

    Members named as ``@First`` in the text or by id in ``mentions`` are noted, to be told; only
    those of ``audience`` (ids), where the owner says who may see it.
    ``about`` is the id of the owner (a cart, a requisition), by which notices find the page.
    Up to five ``files`` go with it; what they may hold is in ``threads.files``.
    """
    refuse(can_comment_in(actor, thread))
    said, checked = check_text(text), check_files(files)
    comment = Comment.objects.create(
        created_at=now, thread=thread, author_id=actor.member_id, text=said
    )
    kept = _keep_files(comment, checked, now)
    people = mentioned_members(actor.company_id, said, mentions)
    if audience is not None:
        people = [member for member in people if member.id in audience]
    Mention.objects.bulk_create(Mention(comment=comment, member=member) for member in people)
    _open_again(thread)
    record(
        "comment.added",
        thread.id,
        actor=actor,
        now=now,
        company_id=thread.company_id,
        comment=comment.id,
        about=about,
        mentions=sorted(member.id for member in people),
        files=[file.sha256 for file in kept],
    )
    return comment


@transaction
def add_guest_comment(
    thread: Thread, *, text: str, name: str, address: str, about: str, actor: Actor, now: datetime
) -> Comment:
    """What somebody outside says through a share link, by a confirmed address; they name nobody.

    The link asked whether they may. Only a conversation that is open to the outside takes it.
    """
    if thread.audience != Thread.Audience.OUTSIDE:
        raise Conflict(_("This conversation stays inside the company."))
    comment = Comment.objects.create(
        created_at=now,
        thread=thread,
        guest_name=name,
        guest_address=address,
        text=check_text(text),
    )
    _open_again(thread)
    record(
        "comment.added",
        thread.id,
        actor=actor,
        now=now,
        company_id=thread.company_id,
        comment=comment.id,
        about=about,
        mentions=[],
    )
    return comment


@transaction
def resolve_thread(thread: Thread, *, about: str, actor: Actor, now: datetime) -> Thread:
    """Say that the question is answered; raises ``Conflict`` when somebody said so before."""
    refuse(can_comment_in(actor, thread))
    resolved = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=True).update(
        resolved_at=now, resolved_by_id=actor.member_id
    )
    if not resolved:
        raise Conflict(_("This conversation is resolved already."))
    thread.refresh_from_db()
    record(
        "comment.thread_resolved",
        thread.id,
        actor=actor,
        now=now,
        company_id=thread.company_id,
        about=about,
    )
    return thread


@transaction
def reopen_thread(thread: Thread, *, about: str, actor: Actor, now: datetime) -> Thread:
    """Say that the question is not answered after all; raises ``Conflict`` for one that is open."""
    refuse(can_comment_in(actor, thread))
    if not _open_again(thread):
        raise Conflict(_("This conversation is not resolved."))
    thread.refresh_from_db()
    record(
        "comment.thread_reopened",
        thread.id,
        actor=actor,
        now=now,
        company_id=thread.company_id,
        about=about,
    )
    return thread


def _keep_files(comment: Comment, files: Sequence[CheckedFile], now: datetime) -> list[Attachment]:
    """The files as rows beside their comment, while the company's files have room."""
    if not files:
        return []
    more = sum(len(file.content) for file in files)
    # Two comments at the same moment may both count as the last: a limit for disks, not for money.
    if count_bytes(comment.thread.company_id) + more > MOST_OF_A_COMPANY:
        raise Conflict(_("Your company’s conversations hold no more files: 2 GB is the most."))
    return Attachment.objects.bulk_create(
        Attachment(
            # A moment apart, so that they stay in the order in which they were chosen.
            created_at=now + timedelta(microseconds=number),
            comment=comment,
            name=file.name,
            content_type=file.content_type,
            size=len(file.content),
            sha256=file.sha256,
            content=file.content,
        )
        for number, file in enumerate(files)
    )


def _open_again(thread: Thread) -> int:
    """Whether it was resolved until now."""
    opened = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=False).update(
        resolved_at=None, resolved_by=None
    )
    thread.resolved_at = thread.resolved_by = None
    return opened
