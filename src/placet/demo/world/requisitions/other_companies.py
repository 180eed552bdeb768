"""Open requests of the other companies, and what the merchant's own rules hold back.

Harbour Dental writes the same PO numbers as Meridian.
"""

from placet.demo.world.companies import BERG, HARBOUR, KOWALSKI, PARK
from placet.demo.world.requisitions.shapes import Act, Requisition, lines

REQUISITIONS = (
    Requisition(
        "kowalski-warehouse", "another-company", KOWALSKI, "Magazyn, uzupełnienie", "zofia",
        "kowalski-4410", "kowalski-magazyn",
        lines(("NS-88111", 2), ("NS-88222", 8), ("NS-86110", 20), ("NS-33021", 10)),
        1_118_40, (Act("submit", "zofia", 8),), "pending", ("marta",), po_number="PR-88121",
    ),
    Requisition(
        "kowalski-small", "below-the-minimum", KOWALSKI, "Drobne, warsztat", "kacper",
        "kowalski-4700", "kowalski-biuro",
        lines(("NS-86141", 3), ("NS-86131", 7), ("NS-32062", 2), ("NS-31131", 7)),
        95_00, (Act("submit", "kacper", 7),), "pending", ("signe",),
    ),
    Requisition(
        "harbour-quay-stock", "escalated", HARBOUR, "Quay clinic, quarter stock", "liam",
        "harbour-4410", "quay-door",
        lines(
            ("NS-20871", 2), ("NS-44202", 23), ("NS-35022", 5), ("NS-88321", 16), ("NS-33021", 25)
        ),
        2_465_75,
        (Act("submit", "liam", 170), Act("remind", "liam", 120), Act("escalate", "owen", 60)),
        "pending", ("owen", "ana"), po_number="PR-88097",
    ),
    Requisition(
        "harbour-hill-stock", "changes-requested-elsewhere", HARBOUR, "Hill clinic, gloves",
        "niamh", "harbour-4420", "hill-door",
        lines(("NS-10412", 1), ("NS-31105", 18), ("NS-33031", 20), ("NS-20871", 10)),
        640_00,
        (
            Act("submit", "niamh", 28),
            Act("request_changes", "owen", 17, "Half of the couch rolls, please."),
        ),
        "changes_requested", (), po_number="PR-88121",
    ),
    Requisition(
        "park-snack", "household-child-asks", PARK, "Muesli bars for the class trip", "leo",
        "", "park-door",
        lines(("NS-90131", 1),),
        12_00, (Act("submit", "leo", 15),), "pending", ("grace-at-home", "david"),
    ),
    Requisition(
        "berg-first", "first-order-of-a-new-customer", BERG, "First order", "hanna",
        "", "berg-door",
        lines(("NS-90010", 2), ("NS-33012", 2), ("NS-31121", 4)),
        106_00, (Act("submit", "hanna", 3),), "pending", ("signe",),
    ),
)  # fmt: skip
