"""Laboratory: pipettes and tips, tubes, reagents, small instruments."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("laboratory", "Laboratory"),
    Category("laboratory/pipetting", "Pipetting"),
    Category("laboratory/tubes", "Tubes and containers"),
    Category("laboratory/reagents", "Reagents"),
    Category("laboratory/instruments", "Instruments"),
    Category("laboratory/point-of-care", "Point of care"),
)

FAMILIES = (
    Family(
        "pipette-tips", "Filter tips, sterile", "laboratory/pipetting",
        "Lysa", "Lysa Lab", "p-pipette", "case", 960,
        variants(
            ("NS-35010", "10 µl", 98_00, 84), ("NS-35011", "200 µl", 92_00, 120),
            ("NS-35012", "1000 µl", 104_00, 95),
        ),
        tags=("sterile",), tiers=tiers((10, 400), (30, 800)),
    ),
    Family(
        "pipette", "Single-channel pipette", "laboratory/pipetting",
        "Lysa", "Lysa Lab", "p-pipette", "piece", 1,
        variants(
            ("NS-35021", "0.5 to 10 µl", 239_00, 14), ("NS-35022", "20 to 200 µl", 239_00, 17),
            ("NS-35023", "100 to 1000 µl", 239_00, 12),
        ),
        lead_days=5,
    ),
    Family(
        "transfer-pipette", "Transfer pipette, 3 ml", "laboratory/pipetting",
        "Lysa", "Lysa Lab", "p-pipette", "box", 500,
        variants(("NS-35031", "plain", 18_90, 140), ("NS-35032", "sterile", 44_00, 61)),
    ),
    Family(
        "blood-tube", "Blood collection tube", "laboratory/tubes",
        "Kvist", "Kvist Injection", "p-tube", "rack", 100,
        variants(
            ("NS-35110", "EDTA, 2.7 ml", 19_80, 420), ("NS-35111", "serum, 4.7 ml", 21_40, 380),
            ("NS-35112", "citrate, 3 ml", 22_90, 260), ("NS-35113", "lithium heparin", 23_60, 190),
        ),
        tags=("sterile", "icu-standard"), tiers=tiers((24, 400)),
    ),
    Family(
        "sample-tube", "Sample tube with screw cap", "laboratory/tubes",
        "Lysa", "Lysa Lab", "p-tube", "bag", 500,
        variants(("NS-35121", "2 ml", 46_00, 75), ("NS-35122", "10 ml", 58_00, 64)),
    ),
    Family(
        "urine-cup", "Urine cup with lid, 125 ml", "laboratory/tubes",
        "Skov", "Skov Hygiene", "p-tub", "case", 500,
        variants(("NS-35131", "yellow lid", 52_00, 41), ("NS-35132", "sterile", 88_00, 26)),
    ),
    Family(
        "petri-dish", "Petri dish, 90 mm", "laboratory/tubes",
        "Lysa", "Lysa Lab", "p-tube", "case", 480,
        variants(("NS-35141", "vented", 47_00, 58),), tags=("sterile",),
    ),
    Family(
        "slides", "Microscope slides, frosted", "laboratory/tubes",
        "Lysa", "Lysa Lab", "p-tube", "box", 50,
        variants(("NS-35151", "white", 6_90, 300), ("NS-35152", "blue", 7_20, 84)),
        minimum=5, step=5,
    ),
    Family(
        "buffer", "Buffer solution", "laboratory/reagents",
        "Alken", "Alken Chemie", "p-flask", "bottle", 1,
        variants(
            ("NS-35210", "pH 4.00, 1 l", 18_40, 64), ("NS-35211", "pH 7.00, 1 l", 18_40, 92),
            ("NS-35212", "pH 10.00, 1 l", 19_60, 47),
        ),
    ),
    Family(
        "ethanol", "Ethanol, denatured", "laboratory/reagents",
        "Alken", "Alken Chemie", "p-flask", "bottle", 1,
        variants(("NS-35221", "70 %, 1 l", 8_90, 310), ("NS-35222", "99 %, 2.5 l", 34_00, 66)),
        tags=("hazardous",), lead_days=3,
    ),
    Family(
        "xylene", "Xylene for histology", "laboratory/reagents",
        "Alken", "Alken Chemie", "p-flask", "bottle", 1,
        variants(("NS-35231", "2.5 l", 41_00, 28),), tags=("hazardous",), restricted=True,
        lead_days=4,
    ),
    Family(
        "stain", "Rapid stain for blood smears", "laboratory/reagents",
        "Alken", "Alken Chemie", "p-flask", "set", 3,
        variants(("NS-35241", "500 ml", 79_00, 22), ("NS-35242", "1 l", 128_00, 12)),
        tags=("hazardous",),
    ),
    Family(
        "control-serum", "Control serum, lyophilised", "laboratory/reagents",
        "Alken", "Alken Chemie", "p-flask", "pack", 10,
        variants(("NS-35251", "level 1", 214_00, 25), ("NS-35252", "level 2", 214_00, 21)),
        lead_days=5,
    ),
    Family(
        "pcr-mix", "PCR master mix", "laboratory/reagents",
        "Alken", "Alken Chemie", "p-flask", "kit", 1,
        variants(("NS-35261", "200 reactions", 268_00, 18), ("NS-35262", "500", 590_00, 9)),
        tiers=tiers((5, 500),), lead_days=5,
    ),
    Family(
        "reference-standard", "Reference standard in methanol, 1 mg/ml", "laboratory/reagents",
        "Alken", "Alken Chemie", "p-flask", "vial", 1,
        variants(("NS-35271", "codeine", 96_00, 8), ("NS-35272", "morphine", 104_00, 6)),
        tags=("controlled-drug", "hazardous"), restricted=True, lead_days=12,
    ),
    Family(
        "centrifuge", "Bench centrifuge", "laboratory/instruments",
        "Lysa", "Lysa Lab", "p-flask", "piece", 1,
        variants(("NS-35310", "8 tubes", 1_180_00, 3), ("NS-35311", "24 tubes", 2_640_00, 1)),
        lead_days=12,
    ),
    Family(
        "balance", "Precision balance", "laboratory/instruments",
        "Lysa", "Lysa Lab", "p-flask", "piece", 1,
        variants(("NS-35321", "600 g / 0.01 g", 438_00, 6),), lead_days=8,
    ),
    Family(
        "glucose-strip", "Blood glucose test strips", "laboratory/point-of-care",
        "Vidar", "Vidar Monitoring", "p-tube", "box", 50,
        variants(("NS-35410", "", 17_20, 560),), tiers=tiers((40, 600),),
    ),
    Family(
        "rapid-test", "Rapid antigen test", "laboratory/point-of-care",
        "Lumen Care", "Lumen Care", "p-tube", "box", 25,
        variants(("NS-35421", "influenza A and B", 86_00, 74), ("NS-35422", "RSV", 94_00, 35)),
    ),
    Family(
        "blood-gas-cartridge", "Blood gas cartridge", "laboratory/point-of-care",
        "Vidar", "Vidar Monitoring", "p-tube", "box", 25,
        variants(("NS-35431", "basic", 182_00, 40), ("NS-35432", "with lactate", 236_00, 32)),
        lead_days=4,
    ),
)  # fmt: skip
