"""Hygiene and cleaning: hands, surfaces, floors, laundry, washroom paper."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("hygiene", "Hygiene and cleaning"),
    Category("hygiene/hands", "Hands and skin"),
    Category("hygiene/surfaces", "Surface disinfection"),
    Category("hygiene/floors", "Floors and cleaning"),
    Category("hygiene/washroom", "Washroom"),
    Category("hygiene/laundry", "Laundry"),
)

FAMILIES = (
    Family(
        "hand-rub", "Alcohol hand rub", "hygiene/hands",
        "Reven", "Reven Hygiene", "p-bottle", "bottle", 1,
        variants(
            ("NS-31105", "with pump, 500 ml", 4_60, 1_320), ("NS-31104", "100 ml", 1_80, 2_400),
            ("NS-31106", "1 l", 7_20, 610), ("NS-31107", "canister, 5 l", 28_90, 84),
        ),
        tags=("icu-standard",), tiers=tiers((96, 300), (480, 700)),
    ),
    Family(
        "hand-soap", "Mild washing lotion", "hygiene/hands",
        "Reven", "Reven Hygiene", "p-bottle", "bottle", 1,
        variants(
            ("NS-31121", "500 ml", 3_10, 720), ("NS-31122", "1 l", 4_90, 480),
            ("NS-31123", "canister, 5 l", 17_50, 95),
        ),
    ),
    Family(
        "hand-cream", "Hand cream, unscented", "hygiene/hands",
        "Reven", "Reven Hygiene", "p-tub", "tube", 1,
        variants(("NS-31131", "100 ml", 2_90, 540), ("NS-31132", "dispenser, 500 ml", 8_40, 110)),
    ),
    Family(
        "dispenser", "Elbow dispenser for 500 ml bottles", "hygiene/hands",
        "Reven", "Reven Hygiene", "p-bottle", "piece", 1,
        variants(("NS-31141", "steel", 39_00, 46), ("NS-31142", "white", 29_00, 61)),
    ),
    Family(
        "surface-wipes", "Surface disinfectant wipes", "hygiene/surfaces",
        "Reven", "Reven Hygiene", "p-tub", "tub", 200,
        variants(("NS-31260", "", 7_30, 860),),
        tags=("icu-standard",), tiers=tiers((60, 400)),
    ),
    Family(
        "surface-wipes-refill", "Surface disinfectant wipes, refill", "hygiene/surfaces",
        "Reven", "Reven Hygiene", "p-tub", "bag", 200,
        variants(("NS-31261", "standard", 5_90, 740), ("NS-31262", "sporicidal", 9_80, 205)),
    ),
    Family(
        "surface-spray", "Rapid surface disinfectant, spray", "hygiene/surfaces",
        "Reven", "Reven Hygiene", "p-bottle", "bottle", 1,
        variants(("NS-31271", "750 ml", 6_20, 390), ("NS-31272", "canister, 5 l", 31_40, 72)),
    ),
    Family(
        "instrument-cleaner", "Instrument disinfectant concentrate", "hygiene/surfaces",
        "Reven", "Reven Hygiene", "p-bottle", "bottle", 1,
        variants(("NS-31281", "2 l", 42_00, 58), ("NS-31282", "canister, 5 l", 92_00, 33)),
        tags=("hazardous",), lead_days=3,
    ),
    Family(
        "floor-cleaner", "Neutral floor cleaner", "hygiene/floors",
        "Klar", "Klar Cleaning", "p-bottle", "bottle", 1,
        variants(("NS-32011", "1 l", 4_20, 340), ("NS-32012", "canister, 10 l", 27_80, 68)),
    ),
    Family(
        "descaler", "Sanitary descaler", "hygiene/floors",
        "Klar", "Klar Cleaning", "p-bottle", "bottle", 1,
        variants(("NS-32021", "1 l", 3_80, 290), ("NS-32022", "canister, 10 l", 29_90, 36)),
        tags=("hazardous",),
    ),
    Family(
        "glass-cleaner", "Glass cleaner", "hygiene/floors",
        "Klar", "Klar Cleaning", "p-bottle", "bottle", 1,
        variants(("NS-32031", "750 ml", 3_20, 260),),
    ),
    Family(
        "mop", "Microfibre flat mop, 40 cm", "hygiene/floors",
        "Klar", "Klar Cleaning", "p-mop", "pack", 10,
        variants(
            ("NS-32051", "white", 36_00, 90), ("NS-32052", "blue edge", 36_00, 74),
            ("NS-32053", "red edge", 36_00, 51),
        ),
    ),
    Family(
        "cloth", "Microfibre cloth, 40 × 40 cm", "hygiene/floors",
        "Klar", "Klar Cleaning", "p-mop", "pack", 20,
        variants(
            ("NS-32061", "blue", 15_90, 180), ("NS-32062", "red", 15_90, 172),
            ("NS-32063", "yellow", 15_90, 120), ("NS-32064", "green", 15_90, 133),
        ),
        minimum=2,
    ),
    Family(
        "waste-liner", "Waste bin liner", "hygiene/washroom",
        "Klar", "Klar Cleaning", "p-bag", "roll", 50,
        variants(("NS-32081", "20 l", 2_10, 900), ("NS-32082", "35 l", 3_00, 840)),
        minimum=5, step=5,
    ),
    Family(
        "toilet-paper", "Toilet paper, 3-ply", "hygiene/washroom",
        "Hvit", "Hvit Paper", "p-roll", "pack", 64,
        variants(("NS-33011", "recycled", 26_90, 230), ("NS-33012", "soft", 31_40, 150)),
        tiers=tiers((20, 600),),
    ),
    Family(
        "paper-towel", "Folded paper towel, 2-ply", "hygiene/washroom",
        "Hvit", "Hvit Paper", "p-roll", "case", 3200,
        variants(("NS-33021", "white", 34_50, 310), ("NS-33022", "natural", 29_80, 260)),
        tiers=tiers((10, 300), (40, 700)),
    ),
    Family(
        "couch-roll", "Examination couch roll, 59 cm", "hygiene/washroom",
        "Hvit", "Hvit Paper", "p-roll", "case", 6,
        variants(("NS-33031", "50 m", 24_90, 190), ("NS-33032", "100 m", 41_80, 88)),
    ),
    Family(
        "laundry-detergent", "Laundry detergent, disinfecting", "hygiene/laundry",
        "Klar", "Klar Cleaning", "p-tub", "bag", 1,
        variants(("NS-33051", "10 kg", 44_00, 62), ("NS-33052", "20 kg", 81_00, 29)),
    ),
    Family(
        "laundry-bag", "Laundry bag, water-soluble", "hygiene/laundry",
        "Skov", "Skov Hygiene", "p-bag", "case", 200,
        variants(("NS-33061", "red strip", 58_00, 48),), lead_days=4,
    ),
)  # fmt: skip
