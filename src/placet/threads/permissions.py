"""Who may speak. Whoever owns the thread (a cart, a requisition) asks its own question before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.customer_scope import has_in_scope
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.threads.models import Thread


def can_comment_in(actor: Actor, thread: Thread) -> Refusal | None:
    """Whether the actor is a person of the thread's company, or of the supplier where it listens.

    Programs take no part, and whoever opens a share link speaks through ``add_guest_comment``.
    """
    if actor.member_id and _is_within_reach(actor, thread):
        return None
    return Refusal("members_only", _("Only members of the company take part in it."))


def _is_within_reach(actor: Actor, thread: Thread) -> bool:
    """Whether a conversation is one of the actor's company, or one that it has with the supplier.

    Who may see what it is about is the question of its owner.
    """
    is_suppliers = thread.audience == Thread.Audience.SUPPLIER and actor.is_merchant
    is_suppliers = is_suppliers and has_in_scope(actor, thread.company_id)
    return thread.company_id == actor.company_id or is_suppliers
