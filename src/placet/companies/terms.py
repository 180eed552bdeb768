"""On which terms a company pays: its usual ones, and those that its people may choose instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from placet.companies.models import Company
from placet.core.errors import InvalidInput
from placet.policy.terms import PREPAYMENT as PREPAYMENT

CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_OFFERED: Final = 10


def list_offered_terms(company: Company) -> list[str]:
    """Every code that a purchase may name, the usual one first."""
    return list(dict.fromkeys([company.payment_terms, *company.offered_terms]))


def terms_of(company: Company, chosen: str) -> str:
    """What a purchase is paid by: the choice while offered, else the company's usual terms."""
    is_offered = chosen and chosen in list_offered_terms(company)
    return chosen if is_offered else company.payment_terms


def refuse_terms(company: Company, chosen: str) -> None:
    """Raises ``InvalidInput`` for terms that this company is not offered; empty is the usual."""
    if chosen and chosen not in list_offered_terms(company):
        raise InvalidInput(
            "terms",
            "not_offered",
            _("These terms are not offered. Choose one of: %(terms)s.")
            % {"terms": ", ".join(list_offered_terms(company))},
        )


def checked_code(chosen: str) -> str:
    """A code of terms of payment, or nothing; raises ``InvalidInput`` for any other text."""
    if chosen and not CODE.fullmatch(chosen):
        raise InvalidInput("terms", "code", _("Terms are small letters, digits and underscores."))
    return chosen


def checked_offer(codes: Sequence[str]) -> list[str]:
    """Codes to offer, each once; raises ``InvalidInput`` for what is no code, or for too many."""
    found = list(dict.fromkeys(code.strip() for code in codes))
    if len(found) > MOST_OFFERED:
        raise InvalidInput("offered_terms", "too_many", _("Ten terms can be offered at most."))
    if not all(CODE.fullmatch(code) for code in found):
        raise InvalidInput(
            "offered_terms", "code", _("Terms are small letters, digits and underscores.")
        )
    return found
