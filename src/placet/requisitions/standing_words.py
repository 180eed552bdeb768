"""Why a schedule stands still, in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "owner_gone": _(
        "Whoever it acted for has left. End it, or take the list over and schedule it anew."
    ),
    "right_lost": _("Whoever it acts for may not submit purchases any more."),
    "list_gone": _("The list is no longer shared with whoever it acts for."),
    "empty": _("There is nothing on the list."),
    "not_for_sale": _("No longer for sale: %(about)s. Take it off the list, or replace it."),
    "not_allowed": _("The assortment leaves it out now: %(about)s."),
    "discontinued": _("Discontinued: %(about)s. Take it off the list, or replace it."),
    "out_of_stock": _("Not enough in stock: %(about)s. Go on once there is, or order fewer."),
    "list_changed": _(
        "The list has changed since its owner looked at it: %(about)s. Going on confirms it."
    ),
    "price": _(
        "Dearer by more than was allowed: %(about)s. Going on takes today’s prices as the new ones."
    ),
    "place": _("The ship-to, bill-to or cost centre cannot be used any more: choose another."),
    "references": _("A reference does not fit: %(about)s"),
    "justification": _("A rule asks for a reason: %(about)s"),
    "lines": _("The lines cannot be ordered like this: %(about)s"),
    "warnings": _("A rule warns of something new: read it below, then go on."),
    "budget": _("A budget has no room for it. Go on once there is."),
    "blocked": _("The rules of the company do not allow it: see below."),
    "plan": _("It cannot be planned now: no rules are in force, or nobody could approve it."),
    "refused": _("It was refused: %(about)s"),
}


def problem_words(problem: str, about: Sequence[str]) -> str:
    """The sentence of a code; ``about`` are SKUs, or the sentence of a refusal."""
    said = PROBLEMS.get(problem, PROBLEMS["refused"])
    return str(said) % {"about": ", ".join(about)}
