"""Terms of payment in words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TERMS: Final = (
    ("prepayment", gettext_lazy("Prepayment")),
    ("direct_debit", gettext_lazy("Direct debit")),
    ("net_7", gettext_lazy("7 days net")),
    ("net_14", gettext_lazy("14 days net")),
    ("net_30", gettext_lazy("30 days net")),
    ("net_60", gettext_lazy("60 days net")),
)
"""What the merchant usually agrees on."""


def payment_words(terms: str) -> str:
    """``net_30`` as people say it; a word of the merchant's own stays as it is."""
    kind, _underscore, days = terms.partition("_")
    if kind == "net" and days.isdigit():
        return _("%(days)s days net") % {"days": days}
    return str(dict(TERMS).get(terms, terms.replace("_", " ")))
