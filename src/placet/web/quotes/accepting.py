"""Which lines of an offer were chosen on its page."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput

LONGEST_NUMBER = 7


def chosen_lines(posted: QueryDict) -> dict[int, int] | None:
    """Quantities by line number; nothing where the offer is taken as a whole.

    ``take`` names the chosen lines, ``quantity-3`` how many of line 3. Raises ``InvalidInput``.
    """
    if "whole" in posted:
        return None
    return {
        _number(number, "take"): _number(posted.get(f"quantity-{number}", ""), f"quantity-{number}")
        for number in posted.getlist("take")
    }


def _number(typed: str, path: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise InvalidInput(path, "number", _("Type a whole number."))
    return int(text)
