"""Medical consumables: gloves, masks, syringes, dressings, bedding, clinical waste."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("medical-consumables", "Medical consumables"),
    Category("medical-consumables/gloves", "Gloves"),
    Category("medical-consumables/masks", "Masks and caps"),
    Category("medical-consumables/injection", "Injection"),
    Category("medical-consumables/dressings", "Dressings"),
    Category("medical-consumables/bedding", "Bedding and aprons"),
    Category("medical-consumables/waste", "Clinical waste"),
    Category("medical-consumables/diagnostics", "Diagnostics"),
)

FAMILIES = (
    Family(
        "nitrile-gloves", "Nitrile gloves, powder-free", "medical-consumables/gloves",
        "Havn", "Havn Medical", "p-glove", "box", 200,
        variants(
            ("NS-10410", "XS", 10_20, 310), ("NS-10411", "S", 10_20, 940),
            ("NS-10412", "M", 10_20, 2_150), ("NS-10413", "L", 10_20, 1_720),
            ("NS-10414", "XL", 10_60, 420),
        ),
        tags=("icu-standard", "latex-free"), tiers=tiers((100, 400), (500, 800)),
    ),
    Family(
        "sterile-gloves", "Surgical gloves, sterile, latex-free", "medical-consumables/gloves",
        "Havn", "Havn Medical", "p-glove", "box", 50,
        variants(
            ("NS-10521", "size 6", 48_00, 60), ("NS-10522", "size 6½", 48_00, 85),
            ("NS-10523", "size 7", 48_00, 140), ("NS-10524", "size 7½", 48_00, 150),
            ("NS-10525", "size 8", 48_00, 90), ("NS-10526", "size 8½", 48_00, 32),
        ),
        tags=("sterile", "latex-free"), tiers=tiers((20, 300)), lead_days=3,
    ),
    Family(
        "surgical-mask", "Surgical mask, type IIR", "medical-consumables/masks",
        "Lumen Care", "Lumen Care", "p-mask", "box", 50,
        variants(
            ("NS-20871", "ear loops", 4_90, 3_400), ("NS-20872", "tie-on", 5_40, 880),
            ("NS-20873", "with visor", 18_60, 120),
        ),
        tags=("icu-standard",), tiers=tiers((100, 500)),
    ),
    Family(
        "respirator", "Respirator FFP2 NR", "medical-consumables/masks",
        "Lumen Care", "Lumen Care", "p-mask", "box", 20,
        variants(("NS-20901", "folded", 13_80, 640), ("NS-20902", "cup, with valve", 21_40, 75)),
        tags=("icu-standard",),
    ),
    Family(
        "bouffant-cap", "Bouffant cap", "medical-consumables/masks",
        "Lumen Care", "Lumen Care", "p-mask", "pack", 100,
        variants(("NS-20951", "green", 4_30, 510), ("NS-20952", "blue", 4_30, 480)),
        minimum=2, step=2,
    ),
    Family(
        "syringe", "Syringe, Luer lock", "medical-consumables/injection",
        "Kvist", "Kvist Injection", "p-syringe", "box", 100,
        variants(
            ("NS-44119", "10 ml", 16_20, 760), ("NS-44120", "5 ml", 13_10, 820),
            ("NS-44121", "2 ml", 11_40, 900), ("NS-44122", "20 ml", 21_80, 430),
        ),
        tags=("icu-standard", "sterile"), tiers=tiers((50, 400)),
    ),
    Family(
        "syringe-large", "Syringe, Luer lock", "medical-consumables/injection",
        "Kvist", "Kvist Injection", "p-syringe", "box", 60,
        variants(("NS-44118", "50 ml", 43_90, 260), ("NS-44117", "50 ml, light-proof", 52_60, 70)),
        tags=("icu-standard", "sterile"),
    ),
    Family(
        "needle", "Hypodermic needle", "medical-consumables/injection",
        "Kvist", "Kvist Injection", "p-syringe", "box", 100,
        variants(
            ("NS-44201", "18 G", 4_60, 700), ("NS-44202", "21 G", 4_60, 1_300),
            ("NS-44203", "23 G", 4_60, 880), ("NS-44204", "25 G", 4_60, 540),
        ),
        tags=("sterile",), tiers=tiers((50, 500)),
    ),
    Family(
        "cannula", "Safety IV cannula", "medical-consumables/injection",
        "Kvist", "Kvist Injection", "p-drip", "box", 50,
        variants(
            ("NS-44301", "18 G green", 71_00, 110), ("NS-44302", "20 G pink", 71_00, 190),
            ("NS-44303", "22 G blue", 71_00, 160), ("NS-44304", "24 G yellow", 74_50, 45),
        ),
        tags=("sterile", "icu-standard"),
    ),
    Family(
        "gauze-swab", "Sterile gauze swab, 10 × 10 cm", "medical-consumables/dressings",
        "Bomull", "Bomull Textil", "p-gauze", "pack", 100,
        variants(("NS-51033", "8-ply", 9_00, 1_450), ("NS-51030", "12-ply", 8_30, 0)),
        tags=("sterile",),
    ),
    Family(
        "gauze-swab-small", "Sterile gauze swab, 5 × 5 cm", "medical-consumables/dressings",
        "Bomull", "Bomull Textil", "p-gauze", "pack", 100,
        variants(("NS-51023", "8-ply", 5_20, 900),), tags=("sterile",),
    ),
    Family(
        "film-dressing", "Transparent film dressing", "medical-consumables/dressings",
        "Klara", "Klara Wound Care", "p-film", "box", 50,
        variants(
            ("NS-51238", "6 × 7 cm", 24_60, 210), ("NS-51240", "10 × 12 cm", 46_90, 180),
            ("NS-51242", "15 × 20 cm", 88_40, 64),
        ),
        tags=("sterile",), tiers=tiers((20, 500)),
    ),
    Family(
        "foam-dressing", "Silicone foam dressing with border", "medical-consumables/dressings",
        "Klara", "Klara Wound Care", "p-film", "box", 10,
        variants(
            ("NS-51301", "7.5 × 7.5 cm", 32_50, 120), ("NS-51302", "10 × 10 cm", 49_00, 96),
            ("NS-51303", "sacrum", 78_00, 40),
        ),
        tags=("sterile",), lead_days=3,
    ),
    Family(
        "bandage", "Cohesive bandage", "medical-consumables/dressings",
        "Bomull", "Bomull Textil", "p-gauze", "box", 12,
        variants(("NS-51401", "6 cm", 17_90, 130), ("NS-51402", "8 cm", 21_90, 160)),
    ),
    Family(
        "bed-pad", "Bed pad", "medical-consumables/bedding",
        "Skov", "Skov Hygiene", "p-pad", "bag", 30,
        variants(("NS-60017", "60 × 90 cm", 10_60, 980), ("NS-60016", "60 × 60 cm", 8_10, 640)),
        tags=("icu-standard",), tiers=tiers((60, 500)),
    ),
    Family(
        "apron", "Disposable apron", "medical-consumables/bedding",
        "Skov", "Skov Hygiene", "p-apron", "roll", 200,
        variants(("NS-60201", "on a roll", 13_20, 700), ("NS-60202", "on a roll, blue", 13_20, 0)),
        tags=("icu-standard",),
    ),
    Family(
        "isolation-gown", "Isolation gown, long sleeves", "medical-consumables/bedding",
        "Skov", "Skov Hygiene", "p-apron", "pack", 10,
        variants(
            ("NS-60221", "M", 13_50, 340), ("NS-60222", "L", 13_50, 410),
            ("NS-60223", "XL", 14_20, 150),
        ),
    ),
    Family(
        "waste-bag", "Clinical waste bag", "medical-consumables/waste",
        "Skov", "Skov Hygiene", "p-bag", "roll", 25,
        variants(("NS-70155", "60 l", 6_00, 1_900), ("NS-70156", "120 l", 8_70, 720)),
        tags=("icu-standard",), minimum=2, step=2,
    ),
    Family(
        "sharps-container", "Sharps container", "medical-consumables/waste",
        "Kvist", "Kvist Injection", "p-bin", "case", 10,
        variants(
            ("NS-70310", "3 l", 19_70, 260), ("NS-70311", "5 l", 26_40, 130),
            ("NS-70309", "0.5 l, pocket", 12_80, 90),
        ),
        tags=("icu-standard",),
    ),
    Family(
        "monitor-paper", "Thermal paper for monitors", "medical-consumables/diagnostics",
        "Lumen Care", "Lumen Care", "p-paper", "roll", 1,
        variants(("NS-81920", "", 5_60, 330),),
    ),
    Family(
        "electrode", "ECG electrode, foam", "medical-consumables/diagnostics",
        "Lumen Care", "Lumen Care", "p-pad", "bag", 50,
        variants(("NS-81931", "adult", 7_40, 620), ("NS-81932", "child", 8_10, 140)),
        tags=("icu-standard",),
    ),
)  # fmt: skip
