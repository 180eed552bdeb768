"""Office: paper, writing, filing, desk, labels."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("office", "Office"),
    Category("office/paper", "Paper"),
    Category("office/writing", "Writing"),
    Category("office/filing", "Filing"),
    Category("office/desk", "Desk and furniture"),
)

FAMILIES = (
    Family(
        "copy-paper", "Copy paper A4, 80 g", "office/paper",
        "Hvit", "Hvit Paper", "p-paper", "case", 5,
        variants(("NS-82010", "white", 24_90, 480), ("NS-82011", "recycled", 22_50, 390)),
        tiers=tiers((10, 400), (40, 900)),
    ),
    Family(
        "copy-paper-color", "Coloured paper A4, 80 g", "office/paper",
        "Hvit", "Hvit Paper", "p-paper", "ream", 1,
        variants(
            ("NS-82021", "yellow", 7_90, 64), ("NS-82022", "green", 7_90, 58),
            ("NS-82023", "pink", 7_90, 43),
        ),
    ),
    Family(
        "notebook", "Notebook A5, 96 sheets", "office/paper",
        "Skriv", "Skriv Office", "p-paper", "piece", 1,
        variants(("NS-82031", "squared", 3_40, 310), ("NS-82032", "ruled", 3_40, 290)),
        minimum=5,
    ),
    Family(
        "sticky-notes", "Sticky notes, 76 × 76 mm", "office/paper",
        "Skriv", "Skriv Office", "p-paper", "pack", 12,
        variants(("NS-82041", "yellow", 8_60, 220), ("NS-82042", "assorted", 10_90, 130)),
    ),
    Family(
        "label-roll", "Thermal label roll", "office/paper",
        "Hvit", "Hvit Paper", "p-roll", "roll", 500,
        variants(
            ("NS-82051", "57 × 32 mm", 9_80, 170), ("NS-82052", "100 × 150 mm", 16_40, 90),
            ("NS-82053", "wristband, adult", 38_00, 55),
        ),
    ),
    Family(
        "ballpoint", "Ballpoint pen, refillable", "office/writing",
        "Skriv", "Skriv Office", "p-pen", "box", 50,
        variants(("NS-82110", "blue", 19_50, 140), ("NS-82111", "black", 19_50, 155)),
        tags=("children",),
    ),
    Family(
        "marker", "Permanent marker, 1 mm", "office/writing",
        "Skriv", "Skriv Office", "p-pen", "box", 10,
        variants(
            ("NS-82121", "black", 11_80, 130), ("NS-82122", "red", 11_80, 62),
            ("NS-82123", "assorted", 12_40, 70),
        ),
    ),
    Family(
        "whiteboard-marker", "Whiteboard marker", "office/writing",
        "Skriv", "Skriv Office", "p-pen", "pack", 4,
        variants(("NS-82131", "assorted", 5_60, 180),),
    ),
    Family(
        "colour-pencils", "Colouring pencils", "office/writing",
        "Skriv", "Skriv Office", "p-pen", "pack", 12,
        variants(("NS-82141", "standard", 4_00, 95), ("NS-82142", "jumbo", 6_20, 40)),
        tags=("children",),
    ),
    Family(
        "binder", "Lever arch file A4", "office/filing",
        "Skriv", "Skriv Office", "p-folder", "piece", 1,
        variants(
            ("NS-82210", "80 mm grey", 2_90, 400), ("NS-82211", "50 mm grey", 2_70, 280),
            ("NS-82212", "80 mm red", 2_90, 90),
        ),
        minimum=5, step=5,
    ),
    Family(
        "sleeve", "Punched pockets A4", "office/filing",
        "Skriv", "Skriv Office", "p-folder", "pack", 100,
        variants(("NS-82221", "", 6_10, 240),),
    ),
    Family(
        "patient-folder", "Patient record folder", "office/filing",
        "Skriv", "Skriv Office", "p-folder", "pack", 50,
        variants(
            ("NS-82231", "blue", 31_00, 66), ("NS-82232", "green", 31_00, 58),
            ("NS-82233", "yellow", 31_00, 21),
        ),
    ),
    Family(
        "archive-box", "Archive box", "office/filing",
        "Skriv", "Skriv Office", "p-folder", "pack", 20,
        variants(("NS-82241", "80 mm", 28_60, 72), ("NS-82242", "100 mm", 31_20, 65)),
    ),
    Family(
        "desk-lamp", "LED desk lamp", "office/desk",
        "Stol", "Stol Interior", "p-lamp", "piece", 1,
        variants(("NS-82310", "white", 58_00, 24), ("NS-82311", "black", 58_00, 27)),
    ),
    Family(
        "office-chair", "Office swivel chair", "office/desk",
        "Stol", "Stol Interior", "p-chair", "piece", 1,
        variants(
            ("NS-82321", "grey", 289_00, 11), ("NS-82322", "black", 289_00, 14),
            ("NS-82323", "wipeable, black", 349_00, 8),
        ),
        lead_days=10,
    ),
    Family(
        "desk", "Height-adjustable desk", "office/desk",
        "Stol", "Stol Interior", "p-chair", "piece", 1,
        variants(("NS-82331", "140 × 80 cm", 529_00, 6), ("NS-82332", "160 × 80 cm", 569_00, 5)),
        lead_days=15,
    ),
    Family(
        "shredder", "Document shredder P-4", "office/desk",
        "Skriv", "Skriv Office", "p-printer", "piece", 1,
        variants(("NS-82341", "12 sheets", 249_00, 7),), lead_days=5,
    ),
)  # fmt: skip
