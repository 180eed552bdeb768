"""Every letter of the product: those that the store words, and those that stay, each with a reason.

A new letter belongs into one of the two: a test reads both beside the list of writers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from placet.notices.placeholders import Wording
from placet.notices.worded_orders import ORDER_WORDINGS
from placet.notices.worded_purchases import PURCHASE_WORDINGS
from placet.notices.worded_store import STORE_WORDINGS

WORDINGS: Final[Mapping[str, Wording]] = {
    **PURCHASE_WORDINGS,
    **ORDER_WORDINGS,
    **STORE_WORDINGS,
}


class Fixed(NamedTuple):
    """A letter that has the product's words everywhere, and why."""

    title: str | Promise
    why: str | Promise


BETWEEN_COLLEAGUES: Final = gettext_lazy(
    "One colleague speaks to another here: the store has nothing to add."
)
FIXED: Final[Mapping[str, Fixed]] = {
    "mentioned": Fixed(gettext_lazy("Somebody is named in a comment"), BETWEEN_COLLEAGUES),
    "answered": Fixed(gettext_lazy("Somebody answers in a conversation"), BETWEEN_COLLEAGUES),
    "cart_shared": Fixed(gettext_lazy("A cart is shared"), BETWEEN_COLLEAGUES),
    "cart_given": Fixed(gettext_lazy("A cart has a new owner"), BETWEEN_COLLEAGUES),
    "lapsed": Fixed(
        gettext_lazy("An answer does not count"),
        gettext_lazy("It says why a decision came to nothing, which reads the same everywhere."),
    ),
    "budget_used": Fixed(
        gettext_lazy("A budget reaches a threshold"),
        gettext_lazy("It is about a customer’s own budget, of which the store knows nothing."),
    ),
    "run_ended": Fixed(
        gettext_lazy("Long work has ended"),
        gettext_lazy("It reports to whoever started the work, and each kind has its own report."),
    ),
    "confirm_guest": Fixed(
        gettext_lazy("Somebody outside confirms an address"),
        gettext_lazy("It goes to an address that nobody has proved yet: it says nothing else."),
    ),
    "digest": Fixed(
        gettext_lazy("The daily mail"),
        gettext_lazy("It is made anew for each reader, from what waits for them and what is new."),
    ),
    "sample": Fixed(
        gettext_lazy("A letter that you send to yourself"),
        gettext_lazy("It has the words of the letter that is tried."),
    ),
}
