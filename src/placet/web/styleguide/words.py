"""Buttons, fields, messages and names of tokens that the style guide shows."""

from __future__ import annotations

from typing import Any

from placet.web.styleguide.samples import HASH

TOKENS = [
    "canvas", "sunken", "well", "surface", "raised", "line", "line-input", "ink-3", "ink-2", "ink",
    "accent-fill", "accent-soft", "approved-fill", "pending-fill", "warn-fill", "blocked-fill",
    "info-fill",
]  # fmt: skip
TYPE = [
    ("34 amount", "ty-3xl", "3,240.00"),
    ("26 page", "ty-2xl", "ICU-4 week 48"),
    ("20 to decide", "ty-xl", "Lena Vogt asks you for 3,240.00 EUR."),
    ("16 card", "lg mid", "14 lines"),
    ("14 body", "", "Needs 2 approvals, Rashid first."),
    ("13 tables", "sm", "Nitrile gloves, powder-free, M"),
    ("12 meta", "xs muted", "NS-10412, box of 200"),
]
BUTTONS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "Kinds",
        [
            {"classes": "btn-primary", "label": "Submit for approval"},
            {"classes": "", "label": "Withdraw"},
            {"classes": "btn-ghost", "label": "Cancel"},
            {"classes": "btn-approve", "label": "Approve", "icon": "check"},
            {"classes": "btn-danger", "label": "Reject"},
        ],
    ),
    (
        "States",
        [
            {"classes": "is-hover", "label": "Hover"},
            {"classes": "is-active", "label": "Active"},
            {"classes": "is-focus", "label": "Focus"},
            {"classes": "", "label": "Disabled", "disabled": True},
            {"classes": "btn-primary", "label": "Submitting", "busy": True},
        ],
    ),
    (
        "Sizes",
        [
            {"classes": "btn-sm", "label": "Small"},
            {"classes": "", "label": "Normal"},
            {"classes": "btn-lg btn-primary", "label": "Large"},
            {"classes": "btn-icon", "icon": "ellipsis", "spoken": "More"},
            {"classes": "btn-icon btn-sm", "icon": "ellipsis", "spoken": "More, small"},
        ],
    ),
]
FIELDS = [
    {"label": "PO reference", "value": "PR-88121", "hint": "Required, as PR-00000"},
    {"label": "Invalid", "value": "88121", "error": "Write PR- before it: PR-88121"},
    {"label": "Disabled", "value": "Set by the contract", "disabled": True},
]
ANSWERS = [
    {
        "value": "approve",
        "state": "approved",
        "label": "Approve",
        "text": "Biomedical engineering is asked next",
        "key": "a",
    },
    {
        "value": "request_changes",
        "state": "pending",
        "label": "Request changes",
        "text": "Back to Lena, the budget stays reserved",
        "key": "c",
    },
    {
        "value": "reject",
        "state": "blocked",
        "label": "Reject",
        "text": "Ends it and releases 3,240.00 EUR",
        "key": "r",
    },
]
NOTES = [
    {
        "state": "info",
        "title": "Rosa approved this 20 s ago.",
        "text": "Your answer was not needed and was not counted.",
        "url": "#",
        "label": "See it",
    },
    {
        "state": "warn",
        "title": "Two prices rose since Friday.",
        "text": "Together 14.20 EUR, inside the tolerance.",
        "url": "#",
        "label": "Show",
    },
    {
        "state": "blocked",
        "title": "Line 3 cannot be ordered.",
        "text": "Controlled drugs need a pharmacist.",
        "url": "#",
        "label": "Ask Dana Weiss",
    },
    {"state": "approved", "title": "ORD-0412 is at Norden Supply", "text": "since today 11:03."},
    {"state": "", "title": "You see these early.", "text": "They are not orders yet."},
]
TOASTS = [
    {"text": "Approved ICU-4 week 48.", "state": "approved", "undo_url": "#", "seconds": 8},
    {"text": "Line 6 was removed.", "state": "info"},
    {"text": "The mail to Rashid could not be sent.", "state": "error"},
]
BULK = [
    {
        "label": "Approve 3",
        "name": "answer",
        "value": "approve",
        "style": "approve",
        "icon": "check",
    }
]
MENU = [
    {"icon": "pencil", "label": "Rename"},
    {"icon": "truck", "label": "Split by ship-to"},
    {"icon": "list-plus", "label": "Save as list"},
]
OPTIONS = [
    {"icon": "shopping-cart", "label": "ICU-4 week 48", "end": "3,240.00 EUR"},
    {"icon": "inbox", "label": "Inbox", "end": "g i"},
    {"icon": "moon", "label": "Dark"},
]
TABS = [("To decide", 8, ""), ("Waiting on others", 6, ""), ("Failed", 1, "bad")]
STATS = [
    ("Unprocessed", "14,382.10", "EUR in 12 orders"),
    ("Awaiting customer approval", "20,174.65", "EUR in 8 requisitions, not orders yet"),
    ("Sent to the ERP today", "31", "last at 09:38"),
]
TERMS = [
    ("Answer by", "Wed 26 Nov, 12:00"),
    ("PO reference", "PR-88121"),
    ("Cost centre", "4410 ICU"),
    ("Ship-to", "St. Anna, Dock B"),
]
PRODUCTS = [
    ("p-glove", "Nitrile gloves, powder-free, M", "NS-10412", 8_90),
    ("p-drip", "Infusion set, Luer lock, needle-free port", "NS-44062", 62_50),
    ("p-helmet", "Safety helmet with chin strap, white", "NS-60411", 24_90),
    ("p-monitor", "Patient monitor, 12 inch, with trolley", "NS-45210", 1_890_00),
]
PAYLOAD = f'{{"type": "order.created",\n "order": "ORD-0412",\n "hash": "{HASH}"}}'
SENTENCE = "If both are on time, Norden Supply has it by Thu 27 Nov, 17:00."
PROMISE = "Freezes revision 1 and reserves 3,240.00 EUR. You can withdraw it until it is ordered."
