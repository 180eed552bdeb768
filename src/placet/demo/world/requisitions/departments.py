"""The other departments of Meridian: several approvers, nobody, returned, rejected, resubmitted."""

from placet.demo.world.companies import MERIDIAN
from placet.demo.world.requisitions.shapes import Act, Line, Requisition, Split, lines

_SURGERY_FIRST = lines(("NS-10523", 12), ("NS-10524", 14), ("NS-88322", 20))
_SURGERY_NOW = (
    Line("NS-10523", 12),
    Line("NS-10524", 12),
    Line("NS-88322", 20, (Split(12, "theatre-store", "4420"), Split(8, "dock-a", "4420"))),
)

REQUISITIONS = (
    Requisition(
        "contrast-sets", "several-approvers", MERIDIAN, "Contrast sets and aprons", "emil",
        "4430", "dock-a",
        lines(("NS-46320", 10), ("NS-46321", 5), ("NS-46310", 2), ("NS-46311", 3)),
        7_915_00,
        (
            Act("submit", "emil", 26),
            Act("approve", "amelie", 18, "Needed for the second scanner."),
            Act("approve", "jonas", 4),
        ),
        "pending", ("greta", "ivo"), po_number="PR-88108",
        justification="The second scanner opens on Monday and has no sets of its own.",
    ),
    Requisition(
        "desks", "same-person-in-several-steps", MERIDIAN, "Desks for accounts payable", "yusuf",
        "4610", "group-office",
        lines(("NS-82332", 7), ("NS-82322", 6), ("NS-82310", 7)),
        5_816_85, (Act("submit", "yusuf", 23),), "pending", ("greta",), po_number="PR-88110",
        justification="The team moves to level 3 at the end of the month.",
    ),
    Requisition(
        "blood-gas", "nobody-eligible", MERIDIAN, "Blood gas cartridges", "clara",
        "4480", "laboratory-in",
        lines(("NS-35431", 2), ("NS-35432", 1)),
        552_00, (Act("submit", "clara", 27),), "pending", ("helena",), po_number="PR-88106",
    ),
    Requisition(
        "ward-laptops", "only-the-buyer", MERIDIAN, "Laptops for the new ward", "omar",
        "4620", "it-store",
        lines(("NS-84010", 3), ("NS-84261", 3)),
        3_954_00, (Act("submit", "omar", 7),), "pending", ("margit",), po_number="PR-88115",
    ),
    Requisition(
        "scanners", "one-eligible-approver", MERIDIAN, "Barcode scanners, pharmacy", "julia",
        "4620", "it-store",
        lines(("NS-84252", 3)),
        987_00, (Act("submit", "julia", 5),), "pending", ("omar",), po_number="PR-88113",
    ),
    Requisition(
        "headsets-again", "rebuilt-after-rejection", MERIDIAN, "Headsets with cable", "julia",
        "4620", "it-store",
        lines(("NS-84231", 6)),
        534_00, (Act("rebuild", "julia", 2),), "pending", ("omar",), po_number="PR-88122",
        rebuilt_from="headsets", needs=("rebuild",),
    ),
    Requisition(
        "pcr-kits", "one-line-rejected", MERIDIAN, "PCR kits and tips", "clara",
        "4440", "laboratory-in",
        lines(("NS-35262", 6), ("NS-35011", 10), ("NS-35261", 2)),
        4_399_66,
        (
            Act("submit", "clara", 30),
            Act(
                "reject_line", "daniel", 21, "Use up the small kits first.", line=3,
                lines=lines(("NS-35262", 6), ("NS-35011", 10)),
            ),
        ),
        "pending", ("helena",), po_number="PR-88104", needs=("line-decisions",),
    ),
    Requisition(
        "wound-care", "changes-requested", MERIDIAN, "Foam dressings for discharge", "felix",
        "4450", "pharmacy-in",
        lines(("NS-51301", 16), ("NS-51303", 14), ("NS-51402", 12)),
        1_649_70,
        (
            Act("submit", "felix", 29),
            Act("request_changes", "ingrid", 20, "Ten of the sacrum size are enough until May."),
        ),
        "changes_requested", (), po_number="PR-88105",
    ),
    Requisition(
        "theatre-gloves", "edited-and-resubmitted", MERIDIAN, "Theatre gloves and scrubs", "noor",
        "4420", "theatre-store",
        _SURGERY_FIRST, 1_446_30,
        (
            Act("submit", "noor", 50),
            Act("approve", "elif", 46),
            Act("request_changes", "lucia", 28, "Two boxes fewer of 7½, please."),
            Act("resubmit", "noor", 22, "Agreed.", lines=_SURGERY_NOW),
        ),
        "pending", ("lucia",), po_number="PR-88096", needs=("resubmit", "carry-over"),
    ),
    Requisition(
        "vaccination", "near-budget-end-and-price-hold", MERIDIAN, "Vaccination days, last round",
        "felix", "4451", "pharmacy-in",
        lines(("NS-44203", 40), ("NS-10412", 20), ("NS-31104", 60), ("NS-70309", 12)),
        571_00, (Act("submit", "felix", 320),), "pending", ("ingrid",), po_number="PR-88013",
    ),
    Requisition(
        "trainee-tubes", "every-order-needs-approval", MERIDIAN, "Sample tubes, practice bench",
        "yuki", "4440", "laboratory-in",
        lines(("NS-35121", 1), ("NS-35151", 10)),
        105_80, (Act("submit", "yuki", 9),), "pending", ("daniel",), po_number="PR-88112",
        needs=("limits",),
    ),
)  # fmt: skip
