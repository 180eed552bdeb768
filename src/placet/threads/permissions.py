"""Who may speak. Whoever owns the thread (a cart, a requisition) asks its own question before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.threads.models import Thread


def can_comment_in(actor: Actor, thread: Thread) -> Refusal | None:
    """Whether the actor is a person of the thread's company; programs and strangers are not."""
    if not actor.member_id or thread.company_id != actor.company_id:
        return Refusal("members_only", _("Only members of the company take part in it."))
    return None
