"""Speaking: the owner of a thread calls these, after it asked whether the actor may."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.threads.mentions import mentioned_members
from placet.threads.models import Comment, Mention, Thread
from placet.threads.permissions import can_comment_in

LONGEST = 4000


@transaction
def open_thread(company_id: str, *, actor: Actor, now: datetime) -> Thread:
    """Begin a conversation inside a company; the caller makes its owner point to it."""
    thread = Thread(created_at=now, company_id=company_id)
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
) -> Comment:
    """Say something; an answer opens a resolved thread again.

    Members named as ``@First`` in the text or by id in ``mentions`` are noted, to be told; only
    those of ``audience`` (ids), where the owner says who may see it.
    ``about`` is the id of the owner (a cart, a requisition), by which notices find the page.
    """
    refuse(can_comment_in(actor, thread))
    said = text.strip()
    if not said or len(said) > LONGEST or "\x00" in said:
        raise InvalidInput("text", "length", _("A comment has 1 to 4,000 characters."))
    comment = Comment.objects.create(
        created_at=now, thread=thread, author_id=actor.member_id, text=said
    )
    people = mentioned_members(thread.company_id, said, mentions)
    if audience is not None:
        people = [member for member in people if member.id in audience]
    Mention.objects.bulk_create(Mention(comment=comment, member=member) for member in people)
    Thread.objects.filter(pk=thread.pk, resolved_at__isnull=False).update(
        resolved_at=None, resolved_by=None
    )
    thread.resolved_at = thread.resolved_by = None
    record(
        "comment.added",
        thread.id,
        actor=actor,
        now=now,
        company_id=thread.company_id,
        comment=comment.id,
        about=about,
        mentions=sorted(member.id for member in people),
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
