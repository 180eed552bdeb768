"""Reading conversations, many threads at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from placet.companies.customer_scope import in_scope
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.threads.models import Attachment, Comment, Thread


def get_thread(actor: Actor, thread_id: str) -> Thread:
    """A thread of the actor's company, or one that it has with them; raises ``NotFound``.

    Who may see its owner is the owner's question: ask ``carts`` or ``requisitions`` first.
    """
    found = (
        Thread.objects.filter(_within_reach(actor), pk=thread_id)
        .select_related("company", "resolved_by__user", "resolved_by__company")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such conversation."))
    return found


def list_comments(actor: Actor, thread_ids: Collection[str]) -> Mapping[str, list[Comment]]:
    """The comments of these threads, oldest first, with authors, mentions and files: 3 queries."""
    found: dict[str, list[Comment]] = {thread_id: [] for thread_id in thread_ids}
    rows = _comments().filter(_within_reach(actor, "thread__"), thread_id__in=found)
    for comment in rows:
        found[comment.thread_id].append(comment)
    return found


def list_outside_comments(thread_id: str) -> list[Comment]:
    """What was said through a share link, for whoever holds it; nothing of any other thread."""
    outside = Thread.Audience.OUTSIDE
    return list(_comments().filter(thread_id=thread_id, thread__audience=outside))


def get_attachment(actor: Actor, attachment_id: str) -> Attachment:
    """A file with its content; raises ``NotFound``. Ask the owner of its thread first."""
    found = (
        Attachment.objects.filter(_within_reach(actor, "comment__thread__"), pk=attachment_id)
        .select_related("comment__thread")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such file."))
    return found


def find_outside_attachment(thread_id: str, attachment_id: str) -> Attachment | None:
    """A file that a colleague put into the conversation of a share link."""
    outside = Thread.Audience.OUTSIDE
    rows = Attachment.objects.filter(comment__thread_id=thread_id, pk=attachment_id)
    return rows.filter(comment__thread__audience=outside).first()


def list_attachments(thread_ids: Collection[str]) -> QuerySet[Attachment]:
    """The files of these conversations without their content, oldest first."""
    rows = Attachment.objects.filter(comment__thread_id__in=thread_ids).defer("content")
    return rows.select_related("comment__author__user").order_by("created_at", "id")


def count_bytes(company_id: str) -> int:
    """How much the files of a company's conversations hold altogether."""
    rows = Attachment.objects.filter(comment__thread__company_id=company_id)
    return rows.aggregate(total=Sum("size"))["total"] or 0


def _comments() -> QuerySet[Comment]:
    files = Attachment.objects.defer("content").order_by("created_at", "id")
    return (
        Comment.objects.select_related("author__user", "author__company")
        .prefetch_related("mentions", Prefetch("attachments", files))
        .order_by("created_at", "id")
    )


def _within_reach(actor: Actor, before: str = "") -> Q:
    """The conversations of the actor's company; for the merchant, those that it has with others."""
    mine = Q((f"{before}company_id", actor.company_id))
    if actor.is_merchant:
        with_customers = Q((f"{before}audience", Thread.Audience.SUPPLIER))
        mine |= with_customers & in_scope(actor, f"{before}company_id")
    return mine
