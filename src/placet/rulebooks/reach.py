"""Taking a rulebook for writing: only within reach, and one writer at a time."""

from __future__ import annotations

from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import get_rulebook


def lock_rulebook(actor: Actor, rulebook_id: str) -> Rulebook:
    """The rulebook, locked until the end of the transaction; ``NotFound`` outside reach."""
    get_rulebook(actor, rulebook_id)
    return Rulebook.objects.select_for_update().get(pk=rulebook_id)
