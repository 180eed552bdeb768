"""A letter with made-up facts, to look at its words: no preview ever shows a customer's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from placet.notices.letter import Letter
from placet.notices.wordings import PLACEHOLDERS, get_wording, usual_subject
from placet.notices.wordings import fill_in as fill

LINES: Final = (
    {
        "quantity": 40,
        "name": "Nitrile gloves M",
        "sku": "GLV-M",
        "price": "6.90",
        "amount": "276.00",
    },
    {
        "quantity": 12,
        "name": "Infusion set",
        "sku": "INF-SET",
        "price": "31.50",
        "amount": "378.00",
    },
)


def sample_letter(letter: str, language: str) -> Letter:
    """The letter as it would be written about a purchase that does not exist."""
    facts = sample_facts(letter)
    return Letter(
        subject=fill(letter, usual_subject(letter, language), facts),
        template=letter,
        button_url=settings.PLACET_BASE_URL,
        facts=facts,
        wording=letter,
        language=language,
    )


def sample_facts(letter: str) -> Mapping[str, Any]:
    """Everything that the letters show, as examples; the letter's own placeholders win."""
    own = {
        PLACEHOLDERS[name].fact: PLACEHOLDERS[name].sample
        for name in get_wording(letter).placeholders
    }
    return {
        **{one.fact: one.sample for one in PLACEHOLDERS.values()},
        "revision": 1,
        "lines": LINES,
        "line_count": len(LINES),
        "label": _("head of the unit"),
        "reasons": _("Order over 500.00 EUR"),
        "bars": [],
        "steps": [],
        "approvers": ["Rashid Haddad"],
        "reason": _("An example of a reason."),
        "status": "offered",
        "is_merchants": False,
        **own,
    }
