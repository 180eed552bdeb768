"""Values that show every component in every state; the amounts are those of the golden path."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.html import format_html

from placet.web.sparks import draw_spark
from placet.web.styleguide.frame import NOW

BUDGET = {
    "name": "ICU consumables Q4",
    "currency": "EUR",
    "amount_minor": 25_000_00,
    "committed_minor": 18_400_00,
    "reserved_minor": 2_100_00,
    "this_minor": 3_240_00,
}
BUDGETS = [
    BUDGET,
    {**BUDGET, "name": "Over, with this", "this_minor": 5_000_00},
    {**BUDGET, "name": "Untouched", "committed_minor": 0, "reserved_minor": 0, "this_minor": 0},
    {**BUDGET, "name": "Overdrawn before", "committed_minor": 26_000_00, "reserved_minor": 0},
]
TREND = draw_spark((3, 5, 4, 8, 6, 9, 12))
BADGES = [
    {"state": "approved", "label": "Approved"},
    {"state": "pending", "label": "Needs 2 approvals"},
    {"state": "blocked", "label": "Cannot be ordered"},
    {"state": "warn", "label": "Over budget"},
    {"state": "info", "label": "Substitute", "icon": "arrow-left-right"},
    {"state": "accent", "label": "Changed since you approved"},
    {"state": "", "label": "Draft"},
]
CHIPS = [
    {"label": "Medical devices"},
    {"label": "Biomedical engineering decides", "state": "pending", "icon": "clock", "href": "#"},
    {"label": "Replaces NS-51030", "state": "info", "icon": "arrow-left-right"},
    {"label": "Not for your unit", "state": "blocked", "icon": "ban"},
]
PEOPLE = ["Lena Vogt", "Rashid Haddad", "Anika Rao", "Jonas Beck", "Piotr Nowak", "Mei Sato"]
BIOMED = PEOPLE[2:5]
LINE_6 = format_html('<a href="#">{}</a> is in Medical devices.', "Line 6")
FINANCE = {
    "state": "unneeded",
    "title": "Finance",
    "why": [format_html("Only above 5,000.00 EUR, <b>{}</b>.", "1,760.00 EUR away")],
}
PLANS: list[list[dict[str, Any]]] = [
    [
        {
            "title": "Rashid Haddad",
            "role": "head of ICU",
            "people": PEOPLE[1:2],
            "why": ["Order over 500.00 EUR on cost centre 4410."],
            "when": ["By Wed 26 Nov, 12:00", "If away, Mei Sato decides"],
        },
        {
            "title": "Biomedical engineering",
            "role": "any 1 of 3",
            "people": BIOMED,
            "why": [LINE_6],
            "when": ["By Thu 27 Nov, 17:00", "Anika, Jonas or Piotr"],
        },
        FINANCE,
    ],
    [
        {
            "state": "done",
            "title": "Rashid Haddad",
            "role": "head of ICU",
            "why": ["Approved revision 1 for 3,240.00 EUR."],
            "when": ["Today 10:20, by mail"],
        },
        {
            "state": "next",
            "title": "Biomedical engineering",
            "role": "any 1 of 3",
            "people": BIOMED,
            "why": [LINE_6],
            "when": ["By Thu 27 Nov, 17:00", "Reminded once"],
        },
        {"title": "Order at Norden Supply", "icon": "package"},
    ],
    [
        {
            "state": "you",
            "title": "You",
            "role": "head of ICU",
            "why": ["Order over 500.00 EUR on cost centre 4410."],
        },
        {
            "state": "no",
            "title": "Greta Holm",
            "role": "Finance",
            "why": ["Rejected: “Wait for the January budget.”"],
            "when": ["Mon 24 Nov, 16:02"],
        },
        FINANCE,
    ],
]
HASH = "9f2c51e07ab4d3386c1f0e5dd7b8a2c94e6153f08b7d2a1c5e90f4b3d6a87c12"
FACTS = [
    {
        "at": NOW - timedelta(minutes=40),
        "icon": "send",
        "title": "Submitted",
        "who": "Lena Vogt",
        "text": "Revision 1 was frozen: 14 lines, 3,240.00 EUR. ICU consumables Q4 reserved it.",
        "proof": ["in the portal", "rulebook version 7", f"sha256 {HASH[:16]}…"],
    },
    {
        "at": NOW - timedelta(minutes=12),
        "icon": "check",
        "state": "approved",
        "title": "Approved",
        "who": "Rashid Haddad, head of ICU",
        "said": "Fine for the two new beds.",
        "proof": ["by mail", "revision 1", f"sha256 {HASH[:16]}…"],
    },
    {
        "at": NOW,
        "icon": "package",
        "state": "accent",
        "title": "Order ORD-0412",
        "who": "at Norden Supply",
        "proof": ["created once", "webhook delivered in 180 ms"],
    },
]
COMMENTS: list[dict[str, Any]] = [
    {
        "author": "Lena Vogt",
        "at": NOW - timedelta(minutes=18),
        "text": format_html('<span class="mention">{}</span> right connector?', "@Pavel"),
    },
    {
        "author": "Pavel Dvořák",
        "note": "infusion technician",
        "at": NOW - timedelta(minutes=5),
        "chip": "Revision 1",
        "text": "Yes, Luer lock fits the new pumps. The slip version, NS-44060, does not.",
    },
]
CHANGES = [
    {
        "kind": "mod",
        "name": "Infusion set, Luer lock",
        "sku": "NS-44062",
        "before": 12,
        "after": 10,
        "delta_minor": -125_00,
    },
    {
        "kind": "add",
        "name": "Sterile gauze swab, 8-ply",
        "sku": "NS-51033",
        "note": "its substitute",
        "after": 20,
        "delta_minor": 157_00,
    },
    {"kind": "del", "name": "Thermal paper", "sku": "NS-81920", "before": 10, "delta_minor": -4900},
]
FATES = [
    {"fate": "kept", "who": "Rashid Haddad", "text": "approved 3,366.40 EUR; this is 3,240.00."},
    {"fate": "reset", "who": "Biomedical engineering", "text": "decides again: line 6 went up."},
    {"fate": "new", "who": "Finance, any 1 of 2", "text": "is asked: now over 5,000.00 EUR."},
    {"fate": "gone", "who": "Budget owner", "text": "is no longer needed: 1,260.00 EUR are left."},
]
ROWS: list[dict[str, Any]] = [
    {
        "title": "ICU-4 week 48",
        "number": "REQ-2048",
        "who": "Lena Vogt",
        "why": "Head of ICU: over 500.00 on 4410",
        "flags": [BADGES[5]],
        "due": NOW + timedelta(days=1, hours=3),
        "amount_minor": 3_240_00,
        "budget": BUDGET,
    },
    {
        "title": "Syringe pumps, 2",
        "number": "REQ-2053",
        "who": "Sofia Marín",
        "why": "Budget owner: ICU equipment 2025",
        "flags": [{"state": "blocked", "label": "180.00 over budget", "icon": "gauge"}],
        "due": NOW + timedelta(hours=4),
        "is_soon": True,
        "amount_minor": 4_180_00,
        "budget": {**BUDGET, "name": "ICU equipment 2025", "this_minor": 4_680_00},
    },
    {
        "title": "Ventilator filters, November",
        "number": "REQ-2051",
        "who": "Marco Bianchi",
        "why": "Head of ICU: over 500.00 on 4410",
        "flags": [],
        "due": NOW + timedelta(days=2),
        "amount_minor": 884_00,
        "budget": {**BUDGET, "this_minor": 884_00},
        "is_selected": True,
    },
]
EMPTY = [
    {
        "kind": "nothing",
        "title": "No cart yet",
        "text": "Start one, or paste the SKUs that you have.",
        "url": "#",
        "label": "New cart",
        "icon": "shopping-cart",
    },
    {
        "kind": "filtered",
        "title": "No requisition matches",
        "text": "8 are hidden by “over budget”.",
        "url": "#",
        "label": "Clear filters",
    },
    {
        "kind": "denied",
        "title": "Budgets are not yours to see",
        "text": "Ines Carvalho can give you the role Budget viewer.",
        "url": "#",
        "label": "Ask Ines",
    },
]
