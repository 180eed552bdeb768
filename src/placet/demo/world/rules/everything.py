"""All rulebooks, one a company; the merchant's is the only one on the merchant's side."""

from placet.demo.world.rules.meridian import MERIDIAN_RULEBOOK
from placet.demo.world.rules.others import (
    BERG_RULEBOOK,
    HARBOUR_RULEBOOK,
    KOWALSKI_RULEBOOK,
    NORDEN_RULEBOOK,
    PARK_RULEBOOK,
)
from placet.demo.world.rules.shapes import Rulebook

RULEBOOKS: tuple[Rulebook, ...] = (
    MERIDIAN_RULEBOOK,
    KOWALSKI_RULEBOOK,
    HARBOUR_RULEBOOK,
    PARK_RULEBOOK,
    BERG_RULEBOOK,
    NORDEN_RULEBOOK,
)
