"""Meridian's 16 rules, in the order of its rulebook; version 7 is in force."""

from placet.demo.world.addresses import ADDRESSES
from placet.demo.world.companies import MERIDIAN
from placet.demo.world.rules.meridian_departments import DEPARTMENT_RULES
from placet.demo.world.rules.shapes import (
    Rule,
    Rulebook,
    amount,
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

_SHIP_TOS = [
    f"address:{address.key}"
    for address in ADDRESSES
    if address.company == MERIDIAN and address.kind == "ship_to"
]
_ELSEWHERE = {"not": compare("allocation.ship_to", "in", _SHIP_TOS)}

_BLOCK_AND_ALLOW = (
    Rule(
        "controlled-drugs",
        "Controlled drugs",
        "Nobody orders anything tagged controlled drug, unless the buyer is a pharmacist.",
        every(
            {"any_line": compare("line.tags", "in", ["controlled-drug"])},
            {"not": compare("requester.roles", "in", ["pharmacist"])},
        ),
        {"effect": "block", "ways_out": ["remove_lines", "ask_admin"]},
        "Only the pharmacy orders controlled drugs. Ingrid Solberg's team does it for you.",
    ),
    Rule(
        "our-ship-tos",
        "Our own addresses",
        "No order ships to an address that is not one of our ship-tos.",
        {"any_allocation": _ELSEWHERE},
        {"effect": "block", "ways_out": ["choose_ship_to", "ask_admin"]},
        "Choose one of our ship-tos.",
    ),
    Rule(
        "standard-stock",
        "ICU standard stock",
        "Orders up to 300.00 EUR go straight through when every line is on ICU standard stock and "
        "none is restricted.",
        every(
            amount("<=", 300_00),
            {"all_lines": compare("line.tags", "in", ["icu-standard"])},
            {"no_line": compare("line.restricted", "=", True)},
        ),
        {"effect": "auto_approve"},
    ),
)

_REQUIRE = (
    Rule(
        "icu-over-500",
        "ICU consumables over 500",
        "Orders over 500.00 EUR on cost centre 4410 need the head of the unit above the ward.",
        {"allocation_total": on_cost_centers(["4410"]), "op": ">", "value": euro(500_00)},
        require(ask(head(1), rank=10, due_hours=16)),
    ),
    Rule(
        "medical-devices",
        "Medical devices",
        "Orders with a line in Medical devices need Biomedical engineering, any 1 of 3.",
        any_line_within("medical-devices"),
        require(
            ask(
                role("biomedical_engineering"),
                rank=20,
                due_hours=24,
                label={"en": "Biomedical engineering", "pl": "Inżynieria biomedyczna"},
            )
        ),
    ),
    Rule(
        "finance",
        "Finance",
        "Orders over 5,000.00 EUR need Finance, any 1 of 2.",
        amount(">", 5_000_00),
        require(
            ask(role("finance"), rank=30, label={"en": "Finance", "pl": "Finanse"}),
            justification=True,
        ),
    ),
    Rule(
        "equipment-owner",
        "Equipment and furniture",
        "Over 1,000.00 EUR on cost centre 4411, or of furniture, needs the budget owner.",
        either(
            {"allocation_total": on_cost_centers(["4411"]), "op": ">", "value": euro(1_000_00)},
            {
                "line_total": compare("line.category", "within", "office/desk"),
                "op": ">",
                "value": euro(1_000_00),
            },
        ),
        require(ask({"select": "budget_owner"}, rank=12), justification=True),
    ),
    Rule(
        "capital-equipment",
        "Capital equipment",
        "Capital equipment from 2,000.00 EUR climbs to the first manager whose own authority "
        "covers it.",
        {
            "line_total": compare("line.category", "within", "medical-devices/capital"),
            "op": ">=",
            "value": euro(2_000_00),
        },
        {"effect": "require", "management_chain": {"rank": 15, "due_hours": 16}},
    ),
    Rule(
        "third-order",
        "Third order in a week",
        "The buyer's 3rd order in a week needs the head of the unit above the ward.",
        compare("requester.orders", ">", 2, period="week"),
        require(ask(head(1), rank=10, due_hours=16)),
    ),
)

_WARN_AND_NOTIFY = (
    Rule(
        "similar-order",
        "A similar order",
        "Warn when a similar order of 50.00 to 10,000.00 EUR left in the last 7 days.",
        every(
            compare("history.similar_orders", ">=", 1, days=7),
            compare("purchase.amount", "between", [euro(50_00), euro(10_000_00)]),
        ),
        {"effect": "warn"},
        "A similar order left in the last 7 days. Look at it before you submit.",
    ),
    Rule(
        "dearer",
        "Dearer than last time",
        "Warn when a line costs over 10 % more than the last price paid.",
        {"any_line": compare("line.above_last_price", ">", 1_000)},
        {"effect": "warn"},
        "A line costs over 10 % more than last time.",
    ),
    # The second rule already blocks every order that this one would match.
    Rule(
        "new-address",
        "First delivery elsewhere",
        "The company's admins are told of a first delivery to an address that is not ours.",
        {"any_allocation": every(compare("allocation.first_to_ship_to", "=", True), _ELSEWHERE)},
        {"effect": "notify", "watchers": [{"select": "admins"}]},
    ),
)

MERIDIAN_RULEBOOK = Rulebook(
    MERIDIAN,
    "buyer",
    "Meridian's approval rules",
    "free",
    "ines",
    7,
    (*_BLOCK_AND_ALLOW, *_REQUIRE, *DEPARTMENT_RULES, *_WARN_AND_NOTIFY),
)
