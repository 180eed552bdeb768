"""Who may import and export."""

from __future__ import annotations

from placet.companies.permissions import can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.imports.kinds.kind import Kind


def can_import(actor: Actor, kind: Kind) -> Refusal | None:
    """Whether the actor keeps things of this kind anywhere; each row is decided by its action."""
    if actor.holds_anywhere(kind.permission):
        return None
    return can_do(actor, kind.permission)
