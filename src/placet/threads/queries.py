"""Reading conversations, many threads at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.threads.models import Comment, Thread


def get_thread(actor: Actor, thread_id: str) -> Thread:
    """A thread of the actor's company; raises ``NotFound``.

    Who may see its owner is the owner's question: ask ``carts`` or ``requisitions`` first.
    """
    found = (
        Thread.objects.filter(pk=thread_id, company_id=actor.company_id)
        .select_related("resolved_by__user")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such conversation."))
    return found


def list_comments(actor: Actor, thread_ids: Collection[str]) -> Mapping[str, list[Comment]]:
    """The comments of these threads, oldest first, with authors and mentions: two queries."""
    found: dict[str, list[Comment]] = {thread_id: [] for thread_id in thread_ids}
    for comment in (
        Comment.objects.filter(thread_id__in=found, thread__company_id=actor.company_id)
        .select_related("author__user")
        .prefetch_related("mentions")
        .order_by("created_at", "id")
    ):
        found[comment.thread_id].append(comment)
    return found
