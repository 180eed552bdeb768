"""What the engine finds wrong with a rule, as a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.policy.conditions import MAX_DAYS, MAX_DEPTH, MAX_NODES
from placet.policy.effects import MAX_RANK, MAX_STEPS
from placet.policy.reading import MAX_TEXT, Fault
from placet.policy.selectors import MAX_LEVELS, MAX_NAMED, MAX_SELECTORS

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "too_deep": _("Groups can stand in each other at most %(deep)d levels deep: dissolve one."),
    "too_large": _("A rule has at most %(large)d conditions: split it into two rules."),
    "unknown_field": _("There is no such field any more. Choose another."),
    "wrong_scope": _("This does not fit into this group: it is about something else."),
    "wrong_side": _("Only the supplier’s rules can use this."),
    "rolling_window": _("A spend over days can ask or warn, but not block."),
    "mixed_currencies": _("Write both amounts in one currency."),
    "no_currency": _("Choose the currency: three letters such as EUR."),
    "bad_pattern": _("This form cannot be read."),
    "missing": _("Something is missing here."),
    "unknown_choice": _("Choose one of the list."),
    "not_unique": _("Another rule has this name for programs already."),
    "wrong_type": _("This value is of the wrong kind."),
}

RANGES: Final[Mapping[str, str | Promise]] = {
    "all": SENTENCES["too_large"],
    "any": SENTENCES["too_large"],
    "days": _("From 1 to %(days)d days."),
    "period": _("Choose a period."),
    "from": _("Each amount is above the one before it."),
    "rank": _("From 0 to %(rank)d, and not before the tier with the lower amount."),
    "due_hours": _("From 1 to 10,000 working hours."),
    "quorum": _("From 1 to 50 people."),
    "levels_up": _("From 0 to %(levels)d levels; a manager from 1 on."),
    "members": _("From 1 to %(named)d people."),
    "approvers": _("Name from 1 to %(selectors)d who can be asked."),
    "otherwise": _("Name at most %(selectors)d."),
    "watchers": _("Name from 1 to %(selectors)d who are told."),
    "through": _("Name from 1 to %(selectors)d rungs."),
    "steps": _("From 1 to %(steps)d steps."),
    "tiers": _("From 1 to %(steps)d amounts."),
    "ways_out": _("At most 10 ways out."),
    "value": _("The lower value comes first, and both are within reach."),
}

_NUMBERS: Final = {
    "deep": MAX_DEPTH,
    "large": MAX_NODES,
    "days": MAX_DAYS,
    "rank": MAX_RANK,
    "levels": MAX_LEVELS,
    "named": MAX_NAMED,
    "selectors": MAX_SELECTORS,
    "steps": MAX_STEPS,
    "text": MAX_TEXT,
}


def sentence_of(fault: Fault) -> str:
    """The sentence for a fault; what has none of its own keeps the engine's words."""
    found = SENTENCES.get(fault.code)
    if fault.code == "out_of_range":
        keys = reversed(fault.pointer.split("/"))
        found = next((RANGES[key] for key in keys if key in RANGES), None)
    return str(found) % _NUMBERS if found is not None else fault.detail
