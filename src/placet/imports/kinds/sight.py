"""Which rows somebody exports: those that they could import."""

from __future__ import annotations

from placet.companies.models import Unit
from placet.core.actor import Actor, is_within


def within_paths(actor: Actor, permission: str, unit: Unit | None) -> bool:
    """Whether the actor holds the permission where this unit lies; no unit is the company."""
    path = unit.path if unit else ""
    return any(is_within(path, above) for above in actor.paths_of(permission))
