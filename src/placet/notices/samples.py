"""A letter with made-up facts, to look at its words: no preview ever shows a customer's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from placet.notices.letter import Letter
from placet.notices.letters.order_said import list_said
from placet.notices.placeholders import PLACEHOLDERS
from placet.notices.wordings import fill_in as fill
from placet.notices.wordings import get_wording, usual_subject

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
MISSING: Final = ({"quantity": 12, "name": "Infusion set", "on": ""},)


def sample_letter(letter: str, language: str) -> Letter:
    """The letter as it would be written about a purchase that does not exist."""
    facts = sample_facts(letter)
    said = list_said().get(letter)
    if said is not None:
        # In these letters "company" is the customer, and who reads it stands in the head.
        told = {**facts, "company": facts["customer"]}
        facts = {**facts, "sentence": said.sentence % told, "said": said.why % told}
    return Letter(
        subject=fill(letter, usual_subject(letter, language), facts),
        template="order_said" if said is not None else letter,
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
        **_of_purchases(),
        **_of_the_store(),
        "status": STATUS.get(letter, "offered"),
        **own,
    }


STATUS: Final = {"release_decided": "released", "quote_over": "expired"}
"""The case that the example of a letter shows, where its sentences go by a state."""


def _of_purchases() -> Mapping[str, Any]:
    values = {"quantity": 60, "before": 40, "line": "Nitrile gloves M"}
    return {
        "revision": 1,
        "lines": LINES,
        "line_count": len(LINES),
        "missing": MISSING,
        "more": 0,
        "label": _("head of the unit"),
        "reasons": _("Order over 500.00 EUR"),
        "bars": [],
        "steps": [],
        "approvers": ["Rashid Haddad"],
        "reason": _("An example of a reason."),
        "problem": _("An example of a reason."),
        "suggestion": _("%(quantity)d instead of %(before)d × %(line)s") % values,
        "is_accepted": True,
        "is_ordered": False,
        "is_last": False,
        "is_own": True,
        "has_budget": True,
        "carrier": "",
        "tracking": "JD 4711",
        "late": "Rashid Haddad",
    }


def _of_the_store() -> Mapping[str, Any]:
    return {
        "is_merchants": False,
        "is_with_us": True,
        "is_gone": False,
        "unit": "ICU-4",
        "who": "Erik Norden",
        "why": _("An example of a reason."),
        "email": "nora@falk.example",
        "since": PLACEHOLDERS["due"].sample,
        "waiting": 3,
        "key_hint": "sk_live_…7Qx2",
        "key_ends": PLACEHOLDERS["due"].sample,
        "key_used": PLACEHOLDERS["due"].sample,
        "is_replaced": False,
        "is_own_key": False,
        "may_rotate": True,
    }
