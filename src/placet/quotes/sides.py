"""The two sides of a negotiation."""

from __future__ import annotations

from placet.core.actor import Actor
from placet.quotes.models import Side


def side_of(actor: Actor) -> Side:
    """For which side the actor speaks."""
    return Side.MERCHANT if actor.is_merchant else Side.BUYER
