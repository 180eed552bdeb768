"""Rulebooks to start from: documents that a company may change like any other."""

from __future__ import annotations

from typing import Any


def simple_organisation() -> dict[str, Any]:
    """*Simple organisation*: what every company starts with.

    A requester who does not hold `order.approve` for the unit needs one holder of it, in the unit
    or above. Holders order freely, and so does a household of one: there is no step, so nobody
    approves their own order.
    """
    return {
        "format": 1,
        "side": "buyer",
        "default": "free",
        "rules": [
            {
                "id": "one-approver",
                "name": {
                    "en": "Whoever may not approve needs one approver",
                    "pl": "Kto nie może zatwierdzać, potrzebuje jednej zgody",
                },
                "when": {
                    "not": {
                        "field": "requester.permissions",
                        "op": "in",
                        "value": ["order.approve"],
                    }
                },
                "then": {
                    "effect": "require",
                    "steps": [
                        {
                            "approvers": [{"select": "permission", "permission": "order.approve"}],
                            "quorum": "any",
                            "rank": 10,
                        }
                    ],
                },
            }
        ],
    }


def no_rules() -> dict[str, Any]:
    """A rulebook without rules: only limits, budgets and credit ask."""
    return {"format": 1, "side": "buyer", "default": "free", "rules": []}


def offers_within_authority() -> dict[str, Any]:
    """*Offers*: what goes beyond its author's own authority is released by somebody who may.

    The store's managers are asked first; where nobody's authority among them covers the discount
    and the margin, its owners are. Nobody releases an offer of their own.
    """
    return {
        "format": 1,
        "side": "merchant",
        "default": "free",
        "limit_approvers": {
            "management_chain": {
                "through": [
                    {"select": "merchant_role", "role": "store_manager"},
                    {"select": "merchant_role", "role": "owner"},
                ]
            }
        },
        "rules": [],
    }
