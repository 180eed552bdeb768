"""What staff who order for a customer are told where the reason is the customer's own."""

from __future__ import annotations

from django.utils.translation import gettext as _


def sentence_own_matter() -> str:
    """That it cannot be ordered for them, and who can tell why."""
    return _("This cannot be ordered for them as it is: the customer’s own people see why.")
