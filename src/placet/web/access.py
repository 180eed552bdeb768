"""Pages that ask for a permission: held for any part of the company, it opens them."""

from __future__ import annotations

from placet.companies.permissions import can_do
from placet.companies.refusals import refuse
from placet.core.actor import Actor


def require_anywhere(actor: Actor, permission: str) -> None:
    """Let those pass who hold the permission for any unit; raises ``Forbidden`` for all others."""
    if not actor.holds_anywhere(permission):
        refuse(can_do(actor, permission), permission=permission)
