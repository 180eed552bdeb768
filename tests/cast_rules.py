"""The rules of the cast: Meridian's three of the golden path, everybody else's starter."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from placet.companies.models import Company
from placet.rulebooks.actions import create_rulebook, publish_rulebook, start_rulebook
from tests.cast_people import system_of

MERIDIAN: Final[dict[str, Any]] = {
    "format": 1,
    "side": "buyer",
    "default": "free",
    "rules": [
        {
            "id": "icu-over-500",
            "name": {"en": "ICU consumables over 500"},
            "when": {
                "allocation_total": {
                    "field": "allocation.cost_centre",
                    "op": "=",
                    "value": "4410",
                },
                "op": ">",
                "value": {"amount_minor": 500_00, "currency": "EUR"},
            },
            "then": {
                "effect": "require",
                "steps": [{"approvers": [{"select": "head", "levels_up": 1}], "rank": 10}],
            },
        },
        {
            "id": "medical-devices",
            "name": {"en": "Medical devices"},
            "when": {
                "any_line": {"field": "line.category", "op": "within", "value": "medical-devices"}
            },
            "then": {
                "effect": "require",
                "steps": [
                    {
                        "approvers": [
                            {"select": "role", "role": "biomedical-engineering", "where": "company"}
                        ],
                        "rank": 20,
                        "label": {"en": "Biomedical engineering"},
                    }
                ],
            },
        },
        {
            "id": "finance",
            "name": {"en": "Finance"},
            "when": {
                "field": "purchase.amount",
                "op": ">",
                "value": {"amount_minor": 5_000_00, "currency": "EUR"},
            },
            "then": {
                "effect": "require",
                "steps": [
                    {
                        "approvers": [{"select": "role", "role": "finance", "where": "company"}],
                        "rank": 30,
                        "label": {"en": "Finance"},
                    }
                ],
            },
        },
    ],
}


def make_rules(*, now: datetime) -> None:
    """Publish a rulebook for every company that buys."""
    for company in Company.objects.exclude(kind=Company.Kind.MERCHANT).order_by("slug"):
        actor = system_of(company)
        if company.slug == "meridian":
            rulebook = create_rulebook(name="Meridian's rules", actor=actor, now=now)
            publish_rulebook(rulebook, document=MERIDIAN, actor=actor, now=now)
        else:
            start_rulebook(actor=actor, now=now)
