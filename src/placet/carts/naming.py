"""What a cart may be called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput


def checked_name(name: str) -> str:
    """A name without needless space; raises ``InvalidInput``."""
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= 120 or not wanted.isprintable():
        raise InvalidInput("name", "length", _("A cart has a name of 1 to 120 characters."))
    return wanted
