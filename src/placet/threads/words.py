"""What may be said in a comment."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput

LONGEST: Final = 4000


def check_text(text: str) -> str:
    """What is said, without the blanks around it; raises ``InvalidInput``."""
    said = text.strip()
    if not said or len(said) > LONGEST or "\x00" in said:
        raise InvalidInput("text", "length", _("A comment has 1 to 4,000 characters."))
    return said
