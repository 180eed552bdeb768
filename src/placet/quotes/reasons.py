"""Why an offer or a negotiation is declined, in words that the other reads."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput

LONGEST_REASON: Final = 1000


def checked_reason(reason: str) -> str:
    """The reason as it is kept; it may be empty. Raises ``InvalidInput``."""
    said = reason.strip()
    if len(said) > LONGEST_REASON or "\x00" in said:
        raise InvalidInput(
            "reason", "length", _("A reason has at most %(n)d characters.") % {"n": LONGEST_REASON}
        )
    return said
