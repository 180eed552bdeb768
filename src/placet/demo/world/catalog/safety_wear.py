"""Safety wear: head, eyes, ears, hands, feet, clothing."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("safety-wear", "Safety wear"),
    Category("safety-wear/head", "Head, eyes and ears"),
    Category("safety-wear/hands", "Hands"),
    Category("safety-wear/feet", "Feet"),
    Category("safety-wear/clothing", "Clothing"),
)

FAMILIES = (
    Family(
        "helmet", "Safety helmet", "safety-wear/head",
        "Vern", "Vern Protection", "p-helmet", "piece", 1,
        variants(
            ("NS-88010", "white", 18_90, 44), ("NS-88011", "yellow", 18_90, 51),
            ("NS-88012", "blue", 18_90, 26),
        ),
    ),
    Family(
        "safety-glasses", "Safety glasses, clear", "safety-wear/head",
        "Vern", "Vern Protection", "p-helmet", "piece", 1,
        variants(("NS-88021", "standard", 7_40, 180), ("NS-88022", "over-glasses", 9_20, 90)),
        minimum=5,
    ),
    Family(
        "goggles", "Chemical goggles, anti-fog", "safety-wear/head",
        "Vern", "Vern Protection", "p-helmet", "piece", 1,
        variants(("NS-88031", "", 14_60, 66),),
    ),
    Family(
        "face-shield", "Face shield, reusable", "safety-wear/head",
        "Vern", "Vern Protection", "p-helmet", "pack", 5,
        variants(("NS-88041", "full length", 32_00, 54),),
    ),
    Family(
        "ear-plugs", "Ear plugs, 34 dB", "safety-wear/head",
        "Vern", "Vern Protection", "p-helmet", "box", 200,
        variants(("NS-88051", "plain", 28_00, 60), ("NS-88052", "corded", 44_00, 35)),
    ),
    Family(
        "ear-muffs", "Ear muffs, 30 dB", "safety-wear/head",
        "Vern", "Vern Protection", "p-helmet", "piece", 1,
        variants(("NS-88061", "", 22_50, 32),),
    ),
    Family(
        "work-gloves", "Assembly gloves, nitrile coated", "safety-wear/hands",
        "Vern", "Vern Protection", "p-glove", "pack", 12,
        variants(
            ("NS-88110", "size 8", 26_40, 60), ("NS-88111", "size 9", 26_40, 94),
            ("NS-88112", "size 10", 26_40, 88), ("NS-88113", "size 11", 26_40, 41),
        ),
        tiers=tiers((10, 500),),
    ),
    Family(
        "cut-gloves", "Cut-resistant gloves, level D", "safety-wear/hands",
        "Vern", "Vern Protection", "p-glove", "pair", 1,
        variants(
            ("NS-88121", "size 8", 11_90, 44), ("NS-88122", "size 9", 11_90, 62),
            ("NS-88123", "size 10", 11_90, 58),
        ),
    ),
    Family(
        "chemical-gloves", "Chemical gloves, 38 cm", "safety-wear/hands",
        "Vern", "Vern Protection", "p-glove", "pair", 1,
        variants(
            ("NS-88131", "size 8", 9_80, 31), ("NS-88132", "size 9", 9_80, 47),
            ("NS-88133", "size 10", 9_80, 36),
        ),
    ),
    Family(
        "clog", "Ward clog, white", "safety-wear/feet",
        "Gange", "Gange Footwear", "p-shoe", "pair", 1,
        variants(
            ("NS-88210", "36", 46_00, 12), ("NS-88211", "38", 46_00, 25),
            ("NS-88212", "40", 46_00, 28), ("NS-88213", "42", 46_00, 22),
            ("NS-88214", "44", 46_00, 15),
        ),
    ),
    Family(
        "safety-shoe", "Safety shoe S3", "safety-wear/feet",
        "Gange", "Gange Footwear", "p-shoe", "pair", 1,
        variants(
            ("NS-88221", "40", 89_00, 14), ("NS-88222", "42", 89_00, 21),
            ("NS-88223", "44", 89_00, 19), ("NS-88224", "46", 89_00, 8),
        ),
        lead_days=3,
    ),
    Family(
        "overshoes", "Disposable overshoes", "safety-wear/feet",
        "Skov", "Skov Hygiene", "p-shoe", "bag", 100,
        variants(("NS-88231", "36 cm", 5_20, 420), ("NS-88232", "41 cm", 5_60, 350)),
        minimum=2, step=2,
    ),
    Family(
        "hi-vis-vest", "High-visibility vest", "safety-wear/clothing",
        "Vern", "Vern Protection", "p-vest", "piece", 1,
        variants(("NS-88310", "yellow M/L", 5_90, 130), ("NS-88311", "yellow XL", 5_90, 84)),
    ),
    Family(
        "scrub-top", "Scrub top, unisex", "safety-wear/clothing",
        "Gange", "Gange Footwear", "p-vest", "piece", 1,
        variants(
            ("NS-88321", "S", 19_90, 120), ("NS-88322", "M", 19_90, 210),
            ("NS-88323", "L", 19_90, 190), ("NS-88324", "XL", 20_90, 88),
        ),
        tiers=tiers((20, 600),),
    ),
    Family(
        "lab-coat", "Laboratory coat, cotton", "safety-wear/clothing",
        "Gange", "Gange Footwear", "p-vest", "piece", 1,
        variants(
            ("NS-88331", "S", 34_00, 30), ("NS-88332", "M", 34_00, 44),
            ("NS-88333", "L", 34_00, 39),
        ),
    ),
    Family(
        "coverall", "Protective coverall type 5/6", "safety-wear/clothing",
        "Vern", "Vern Protection", "p-vest", "case", 25,
        variants(("NS-88341", "L", 92_00, 18), ("NS-88342", "XL", 92_00, 16)),
    ),
)  # fmt: skip
