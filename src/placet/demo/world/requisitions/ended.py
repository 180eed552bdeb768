"""Cases that have come to an end, one of each kind."""

from placet.demo.world.companies import KOWALSKI, MERIDIAN
from placet.demo.world.requisitions.shapes import Act, Line, Requisition, Split, lines

_HAND_RUB = Line(
    "NS-31105",
    60,
    (
        Split(24, "dock-b", "4521"),
        Split(20, "group-office", "4521"),
        Split(16, "facilities-yard", "4521"),
    ),
)

REQUISITIONS = (
    Requisition(
        "ward-standard", "nothing-to-approve", MERIDIAN, "Standard stock, ICU-2", "tove",
        "4410", "dock-b",
        lines(("NS-60017", 10), ("NS-70155", 20), ("NS-31105", 12)),
        245_40, (Act("submit", "tove", 25),), "ordered", (), po_number="PR-88109",
    ),
    Requisition(
        "blood-tubes", "nothing-to-approve-again", MERIDIAN, "Blood tubes, ICU-4", "sofia",
        "4410", "dock-b",
        lines(("NS-35110", 6), ("NS-35113", 4)),
        196_00, (Act("submit", "sofia", 19),), "ordered", (), po_number="PR-88111",
        this_week=True,
    ),
    Requisition(
        "coffee", "over-budget-warned", MERIDIAN, "Coffee and biscuits, December", "hana",
        "4530", "catering-store",
        lines(("NS-90010", 8), ("NS-90121", 4), ("NS-90041", 5)),
        294_60, (Act("submit", "hana", 48),), "ordered", (), po_number="PR-88101",
    ),
    Requisition(
        "headsets", "rejected", MERIDIAN, "Wireless headsets", "julia",
        "4620", "it-store",
        lines(("NS-84232", 6)),
        834_00,
        (
            Act("submit", "julia", 52),
            Act("reject", "omar", 30, "Wireless ones disturb the monitors. Take those with cable."),
        ),
        "rejected", (), po_number="PR-88098",
    ),
    Requisition(
        "double-pads", "withdrawn", MERIDIAN, "Bed pads, ordered twice", "tove",
        "4410", "dock-b",
        lines(("NS-60017", 60),),
        530_40,
        (
            Act("submit", "tove", 44),
            Act("withdraw", "tove", 43, "Mei ordered them already."),
        ),
        "withdrawn", (), po_number="PR-88102",
    ),
    Requisition(
        "bandages", "expired", MERIDIAN, "Cohesive bandages for the day clinic", "felix",
        "4450", "pharmacy-in",
        lines(("NS-51401", 16), ("NS-51402", 16)),
        560_00,
        (Act("submit", "felix", 900), Act("expire", "ingrid", 180)),
        "expired", (), po_number="PR-87840",
    ),
    Requisition(
        "patch-cables", "cancelled-while-unprocessed", MERIDIAN, "Patch cables, wrong length",
        "julia", "4621", "it-store",
        lines(("NS-84312", 25)),
        172_50,
        (Act("submit", "julia", 28), Act("cancel", "julia", 27, "We need the 2 m ones.")),
        "cancelled", (), po_number="PR-88107", needs=("cancel-order",),
    ),
    Requisition(
        "hand-rub-everywhere", "several-ship-tos", MERIDIAN, "Hand rub for three entrances",
        "viktor", "4521", "facilities-yard",
        (_HAND_RUB,), 237_00, (Act("submit", "viktor", 31),), "ordered", (), po_number="PR-88103",
    ),
    Requisition(
        "kowalski-paper", "waiting-for-payment", KOWALSKI, "Papier do biura", "kacper",
        "kowalski-4700", "kowalski-biuro",
        lines(("NS-82010", 6),), 149_40, (Act("submit", "kacper", 26),), "ordered",
        (), po_number="PR-88112", terms="prepayment",
    ),
)  # fmt: skip
