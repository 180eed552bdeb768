"""Small rulebooks to write drafts with."""

from __future__ import annotations

import copy
from typing import Any

from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_rules import MERIDIAN


def meridian(cast: Cast) -> Rulebook:
    """Meridian's rulebook, version 1 of which has three rules."""
    return Rulebook.objects.get(company_id=cast.company["meridian"])


def with_finance_from(amount_minor: int) -> dict[str, Any]:
    """Meridian's rules with another threshold for Finance."""
    document = copy.deepcopy(MERIDIAN)
    document["rules"][2]["when"]["value"]["amount_minor"] = amount_minor
    return document


def rule(
    name: str, when: dict[str, Any], *approvers: dict[str, Any], **step: Any
) -> dict[str, Any]:
    """A rule that asks for one step."""
    then = {"effect": "require", "steps": [{"approvers": list(approvers), **step}]}
    return {"id": name, "when": when, "then": then}


def euro(amount_minor: int) -> dict[str, Any]:
    """Cents as documents write them."""
    return {"amount_minor": amount_minor, "currency": "EUR"}


def over(amount_minor: int) -> dict[str, Any]:
    """Orders over an amount."""
    return {"field": "purchase.amount", "op": ">", "value": euro(amount_minor)}


def book(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A document of the buyer's side."""
    return {"format": 1, "side": "buyer", "default": "free", "rules": list(rules), **more}
