"""The rulebooks of the other companies, and Norden Supply's own rules."""

from placet.demo.world.companies import BERG, HARBOUR, KOWALSKI, NORDEN, PARK
from placet.demo.world.rules.shapes import (
    Rule,
    Rulebook,
    amount,
    ask,
    compare,
    euro,
    every,
    head,
    require,
    role,
    staff,
)

KOWALSKI_RULEBOOK = Rulebook(
    KOWALSKI,
    "buyer",
    "Zasady zakupów",
    "free",
    "marta",
    2,
    (
        Rule(
            "progi",
            "Progi kwotowe",
            "From 400.00 EUR the owner of the cost centre, from 1,000.00 EUR an admin instead.",
            every(),
            {
                "effect": "require",
                "tiers": {
                    "mode": "final",
                    "rank": 10,
                    "tiers": [
                        {"from": euro(400_00), "approvers": [{"select": "cost_centre_owner"}]},
                        {"from": euro(1_000_00), "approvers": [{"select": "admins"}]},
                    ],
                },
            },
        ),
    ),
)

HARBOUR_RULEBOOK = Rulebook(
    HARBOUR,
    "buyer",
    "Practice rules",
    "free",
    "ana",
    3,
    (
        Rule(
            "over-300",
            "Over 300",
            "Orders over 300.00 EUR need the practice manager.",
            amount(">", 300_00),
            require(ask(head(), rank=10, due_hours=16)),
        ),
    ),
)

PARK_RULEBOOK = Rulebook(
    PARK,
    "buyer",
    "Our family",
    "free",
    "grace-at-home",
    1,
    (
        Rule(
            "children-ask",
            "Children ask first",
            "Every order of a child needs a parent, whichever is there.",
            compare("requester.roles", "in", ["child"]),
            require(ask(role("parent"), rank=10, label={"en": "A parent", "pl": "Rodzic"})),
        ),
    ),
)

BERG_RULEBOOK = Rulebook(BERG, "buyer", "My orders", "free", "hanna", 1, ())

_BUSINESS = {"not": compare("purchase.terms", "=", "direct_debit")}

NORDEN_RULEBOOK = Rulebook(
    NORDEN,
    "merchant",
    "Norden Supply's rules",
    "free",
    "erik",
    4,
    (
        # The store manager's authority begins at 80.00, the owner's at nothing.
        Rule(
            "minimum-order",
            "Minimum order",
            "Business orders below 100.00 EUR of goods climb from the store manager to the owner.",
            every(compare("purchase.goods", "<", euro(100_00)), _BUSINESS),
            {
                "effect": "require",
                "management_chain": {
                    "through": [staff("store_manager"), staff("owner")],
                    "rank": 10,
                    "due_hours": 8,
                },
            },
            "The minimum order is 100.00 EUR of goods.",
        ),
        Rule(
            "first-order",
            "A new customer's first order",
            "A new customer's first order is released by the store manager.",
            compare("company.earlier_orders", "=", 0),
            require(ask(staff("store_manager"), rank=10, due_hours=8)),
        ),
        Rule(
            "overdue",
            "Invoices overdue",
            "A customer with invoices overdue by more than 1,000.00 EUR is looked at by the owner.",
            compare("company.overdue", ">", euro(1_000_00)),
            require(ask(staff("owner"), rank=20, due_hours=8)),
        ),
    ),
)
