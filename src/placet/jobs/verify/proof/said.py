"""A sentence of a proof."""

from __future__ import annotations

from typing import NamedTuple

from placet.requisitions.models import Decision


class Said(NamedTuple):
    """What is claimed, and whether it is true; ``depth`` indents what belongs to the one above."""

    sentence: str
    holds: bool = True
    depth: int = 0


def claim(holds: bool, good: str, bad: str, depth: int = 0) -> Said:
    """The sentence that fits."""
    return Said(good if holds else bad, holds, depth)


def who(decision: Decision) -> str:
    """Whoever decided, and for whom."""
    name: str = decision.member.user.name
    return f"{name} for {decision.principal.user.name}" if decision.principal else name
