"""Facility: tools, fixings, electrical, lighting, plumbing, castors."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("facility", "Facility and tools"),
    Category("facility/tools", "Hand and power tools"),
    Category("facility/fixings", "Fixings"),
    Category("facility/electrical", "Electrical and lighting"),
    Category("facility/plumbing", "Plumbing and water"),
    Category("facility/castors", "Castors and trolleys"),
)

FAMILIES = (
    Family(
        "screwdriver-set", "Screwdriver set", "facility/tools",
        "Jern", "Jern Tools", "p-wrench", "set", 6,
        variants(("NS-86010", "slotted and cross", 34_00, 28), ("NS-86011", "Torx", 39_00, 25)),
    ),
    Family(
        "spanner-set", "Combination spanner set", "facility/tools",
        "Jern", "Jern Tools", "p-wrench", "set", 12,
        variants(("NS-86021", "8 to 19 mm", 68_00, 17),),
    ),
    Family(
        "hex-key", "Hex key set, metric", "facility/tools",
        "Jern", "Jern Tools", "p-wrench", "set", 9,
        variants(("NS-86031", "short", 14_80, 42), ("NS-86032", "long, ball end", 19_60, 39)),
    ),
    Family(
        "cordless-drill", "Cordless drill, 18 V", "facility/tools",
        "Jern", "Jern Tools", "p-wrench", "piece", 1,
        variants(("NS-86041", "2 × 2 Ah", 189_00, 11), ("NS-86042", "2 × 5 Ah", 269_00, 8)),
    ),
    Family(
        "drill-bit", "Drill bit HSS, metric", "facility/tools",
        "Jern", "Jern Tools", "p-wrench", "pack", 10,
        variants(
            ("NS-86051", "3 mm", 7_80, 90), ("NS-86052", "5 mm", 9_90, 84),
            ("NS-86053", "8 mm", 16_80, 61),
        ),
    ),
    Family(
        "multimeter", "Digital multimeter CAT III", "facility/tools",
        "Traad", "Traad Networks", "p-wrench", "piece", 1,
        variants(("NS-86061", "", 118_00, 14),),
    ),
    Family(
        "ladder", "Step ladder, aluminium", "facility/tools",
        "Jern", "Jern Tools", "p-wrench", "piece", 1,
        variants(("NS-86071", "4 steps", 79_00, 9), ("NS-86072", "7 steps", 119_00, 6)),
        lead_days=4,
    ),
    Family(
        "screw", "Wood screw, Torx, zinc plated", "facility/fixings",
        "Jern", "Jern Tools", "p-screw", "box", 200,
        variants(
            ("NS-86110", "3.5 × 30 mm", 6_20, 150), ("NS-86111", "4 × 40 mm", 7_40, 170),
            ("NS-86112", "5 × 60 mm", 11_90, 120),
        ),
    ),
    Family(
        "bolt", "Hexagon bolt M8, stainless", "facility/fixings",
        "Jern", "Jern Tools", "p-screw", "box", 100,
        variants(
            ("NS-86121", "20 mm", 18_40, 60), ("NS-86122", "40 mm", 24_20, 52),
            ("NS-86123", "60 mm", 31_80, 37),
        ),
    ),
    Family(
        "wall-plug", "Wall plug, nylon", "facility/fixings",
        "Jern", "Jern Tools", "p-screw", "box", 100,
        variants(("NS-86131", "6 mm", 5_40, 200), ("NS-86132", "8 mm", 7_10, 180)),
    ),
    Family(
        "cable-tie", "Cable tie", "facility/fixings",
        "Traad", "Traad Networks", "p-screw", "bag", 100,
        variants(("NS-86141", "200 mm", 4_10, 260), ("NS-86142", "300 mm", 6_30, 190)),
    ),
    Family(
        "led-tube", "LED tube T8", "facility/electrical",
        "Lyset", "Lyset Lighting", "p-lamp", "case", 10,
        variants(
            ("NS-86210", "600 mm", 69_00, 34), ("NS-86211", "1200 mm", 89_00, 48),
            ("NS-86212", "1500 mm", 109_00, 41),
        ),
        tiers=tiers((5, 500),),
    ),
    Family(
        "led-bulb", "LED bulb E27, 4000 K", "facility/electrical",
        "Lyset", "Lyset Lighting", "p-lamp", "pack", 10,
        variants(("NS-86221", "8 W", 29_00, 70), ("NS-86222", "12 W", 38_00, 55)),
    ),
    Family(
        "emergency-light", "Emergency exit light", "facility/electrical",
        "Lyset", "Lyset Lighting", "p-lamp", "piece", 1,
        variants(("NS-86231", "3 h", 84_00, 16),), lead_days=5,
    ),
    Family(
        "battery", "Alkaline battery, industrial", "facility/electrical",
        "Lyset", "Lyset Lighting", "p-network", "box", 40,
        variants(
            ("NS-86241", "AA", 18_00, 240), ("NS-86242", "AAA", 18_00, 230),
            ("NS-86243", "9 V", 92_00, 40),
        ),
    ),
    Family(
        "extension-lead", "Extension lead, 3 sockets", "facility/electrical",
        "Traad", "Traad Networks", "p-network", "piece", 1,
        variants(("NS-86251", "3 m", 14_90, 63), ("NS-86252", "10 m", 39_00, 22)),
    ),
    Family(
        "water-filter", "Sterile water filter, tap", "facility/plumbing",
        "Aure", "Aure Respiratory", "p-filter", "pack", 4,
        variants(("NS-86310", "31 days", 84_20, 38), ("NS-86311", "62 days", 128_00, 19)),
    ),
    Family(
        "tap-cartridge", "Mixer tap cartridge, 40 mm", "facility/plumbing",
        "Jern", "Jern Tools", "p-wrench", "piece", 1,
        variants(("NS-86321", "", 17_80, 45),),
    ),
    Family(
        "castor", "Swivel castor, 125 mm", "facility/castors",
        "Hjul", "Hjul Castors", "p-castor", "piece", 1,
        variants(
            ("NS-86410", "plain", 18_20, 80), ("NS-86411", "with brake", 22_60, 72),
            ("NS-86412", "antistatic, brake", 27_40, 30),
        ),
        minimum=4, step=4,
    ),
    Family(
        "brake-kit", "Central brake kit for trolleys", "facility/castors",
        "Hjul", "Hjul Castors", "p-castor", "kit", 1,
        variants(("NS-86421", "", 44_00, 13),), lead_days=5,
    ),
    Family(
        "trolley", "Transport trolley, steel", "facility/castors",
        "Hjul", "Hjul Castors", "p-castor", "piece", 1,
        variants(("NS-86431", "2 shelves", 239_00, 8), ("NS-86432", "3 shelves", 289_00, 7)),
        lead_days=8,
    ),
)  # fmt: skip
