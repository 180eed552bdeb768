"""Who may look at the mails of a company, and send one again."""

from __future__ import annotations

from placet.companies.permissions import AUDIT_VIEW, WEBHOOK_MANAGE, Refusal, can_do
from placet.core.actor import Actor


def can_view_mails(actor: Actor) -> Refusal | None:
    """Auditors see what was told to whom; who manages webhooks sees what did not leave."""
    if actor.holds(WEBHOOK_MANAGE):
        return None
    return can_do(actor, AUDIT_VIEW)


def can_retry_mail(actor: Actor) -> Refusal | None:
    """Sending again belongs to those who manage what leaves."""
    return can_do(actor, WEBHOOK_MANAGE)
