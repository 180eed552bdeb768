"""What waits for Rashid, beside the golden path: seven requests."""

from placet.demo.world.companies import MERIDIAN
from placet.demo.world.requisitions.shapes import Act, Requisition, lines

REQUISITIONS = (
    # 603.50, 884.00 and 612.50 are the 2,100.00 that wait on ICU consumables.
    Requisition(
        "night-shift", "approval-pending", MERIDIAN, "Night shift restock", "marco",
        "4410", "dock-b",
        lines(("NS-10411", 2), ("NS-31260", 15), ("NS-44302", 7), ("NS-81931", 8)),
        603_50, (Act("submit", "marco", 20),), "pending", ("rashid",),
        po_number="PR-88114", this_week=True,
    ),
    Requisition(
        "ventilator-filters", "two-steps", MERIDIAN, "Ventilator filters, {month_name}", "marco",
        "4410", "dock-b",
        lines(("NS-45110", 10), ("NS-45112", 4)),
        884_00,
        (
            Act("submit", "marco", 6),
            Act("comment", "marco", 6, "@Rashid the same number as last month, two beds more."),
        ),
        "pending", ("rashid",), po_number="PR-88118", this_week=True,
    ),
    Requisition(
        "dressings", "approval-pending-with-comment", MERIDIAN, "Dressings top-up", "sofia",
        "4410", "dock-b",
        lines(("NS-51302", 4), ("NS-51240", 5), ("NS-51023", 18), ("NS-10412", 17)),
        612_50,
        (
            Act("submit", "sofia", 18),
            Act("comment", "mei", 17, "The sacrum size is still on the shelf, thank you."),
        ),
        "pending", ("rashid",), po_number="PR-88116", this_week=True,
    ),
    Requisition(
        "syringe-pumps", "over-budget-and-short-stock", MERIDIAN, "Syringe pumps, 2", "lena",
        "4411", "dock-b",
        lines(("NS-47010", 2)),
        4_180_00, (Act("submit", "lena", 16),), "pending", ("rashid",),
        po_number="PR-88117", this_week=True,
        justification="Two beds open on Monday; the pumps of bed 11 and 12 are beyond repair.",
    ),
    Requisition(
        "isolation-gowns", "too-many-orders", MERIDIAN, "Isolation gowns", "sofia",
        "4460", "dock-b",
        lines(("NS-60221", 10), ("NS-60222", 10)),
        238_00, (Act("submit", "sofia", 3),), "pending", ("rashid",),
        po_number="PR-88120", this_week=True, needs=("period-counters",),
    ),
    Requisition(
        "castors", "late-approver", MERIDIAN, "Trolley castors and brakes", "nils",
        "4412", "facilities-yard",
        lines(("NS-86411", 12), ("NS-86421", 4)),
        400_00,
        (Act("submit", "nils", 146), Act("remind", "nils", 90), Act("escalate", "nils", 60)),
        "pending", ("rashid", "margit"), po_number="PR-88097",
    ),
    Requisition(
        "water-filters", "away-delegate-decides", MERIDIAN, "Water filters, staff room", "kim",
        "4470", "dock-b",
        lines(("NS-86310", 2)),
        148_20, (Act("submit", "kim", 4),), "pending", ("birgit", "rashid"),
        po_number="PR-88119",
    ),
)  # fmt: skip
