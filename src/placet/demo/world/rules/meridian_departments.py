"""What single departments of Meridian added to its rules."""

from placet.demo.world.rules.shapes import (
    Rule,
    any_line_within,
    ask,
    compare,
    either,
    euro,
    every,
    head,
    on_cost_centers,
    require,
    role,
)

_OWNED = ("4412", "4470", "4480", "4610")
_OWNED_OVER_500 = ("4420", "4430", "4450", "4451")
_HARDWARE = ["it/computers", "it/screens", "it/input"]

DEPARTMENT_RULES = (
    Rule(
        "cost-center-owner",
        "The owner of the cost centre",
        "Anything on 4412, 4470, 4480 or 4610, and over 500.00 EUR on 4420, 4430, 4450 or 4451, "
        "needs the owner of the cost centre.",
        either(
            {"any_allocation": on_cost_centers(_OWNED)},
            {
                "allocation_total": on_cost_centers(_OWNED_OVER_500),
                "op": ">",
                "value": euro(500_00),
            },
        ),
        require(ask({"select": "cost_centre_owner"}, rank=10, due_hours=16)),
    ),
    Rule(
        "reagents",
        "Laboratory reagents",
        "Orders with reagents from 1,000.00 EUR need the head of Laboratory, from 3,000.00 EUR the "
        "hospital director too, from 8,000.00 EUR two of the chief executive and Finance too.",
        any_line_within("laboratory/reagents"),
        {
            "effect": "require",
            "tiers": {
                "mode": "cumulative",
                "rank": 10,
                "tiers": [
                    {"from": euro(1_000_00), "approvers": [head()], "due_hours": 16},
                    {"from": euro(3_000_00), "approvers": [head(1)], "due_hours": 16},
                    {
                        "from": euro(8_000_00),
                        "approvers": [head(2), role("finance")],
                        "quorum": 2,
                        "due_hours": 24,
                    },
                ],
            },
        },
    ),
    Rule(
        "theatre-gloves",
        "Surgical gloves in bulk",
        "From 20 boxes of sterile surgical gloves on, everybody on the Hygiene board.",
        {
            "line_quantity": compare("line.name", "matches", "Surgical gloves, sterile.*"),
            "op": ">=",
            "value": 20,
        },
        require(
            ask(
                role("hygiene_board"),
                rank=20,
                quorum="all",
                label={"en": "Hygiene board", "pl": "Komisja higieny"},
            )
        ),
    ),
    Rule(
        "hardware",
        "IT hardware without a project",
        "Computers, screens and input devices without a project number need the one who keeps the "
        "IT standards, from 10,000.00 EUR the manager instead.",
        every(
            {"any_line": compare("line.category", "within", _HARDWARE)},
            compare("purchase.reference", "is empty", key="project"),
        ),
        {
            "effect": "require",
            "tiers": {
                "mode": "final",
                "rank": 10,
                "tiers": [
                    {
                        "from": euro(0),
                        "approvers": [role("it_standards")],
                        "label": {"en": "IT standards", "pl": "Standardy IT"},
                        "due_hours": 16,
                    },
                    {
                        "from": euro(10_000_00),
                        "approvers": [{"select": "manager", "levels_up": 1}],
                        "due_hours": 24,
                    },
                ],
            },
        },
    ),
)
