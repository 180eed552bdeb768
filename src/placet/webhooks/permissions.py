"""Who may look at endpoints and deliveries, and change them."""

from __future__ import annotations

from placet.companies.permissions import WEBHOOK_MANAGE, Refusal, can_do
from placet.core.actor import Actor


def can_manage_webhooks(actor: Actor) -> Refusal | None:
    """Why the actor may not manage webhooks; nothing when they may."""
    return can_do(actor, WEBHOOK_MANAGE)
