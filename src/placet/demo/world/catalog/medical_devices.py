"""Medical devices: infusion, respiration, monitoring and capital equipment."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("medical-devices", "Medical devices"),
    Category("medical-devices/infusion", "Infusion"),
    Category("medical-devices/respiration", "Respiration"),
    Category("medical-devices/monitoring", "Monitoring accessories"),
    Category("medical-devices/small", "Small devices"),
    Category("medical-devices/capital", "Capital equipment"),
)

FAMILIES = (
    Family(
        "infusion-set", "Infusion set", "medical-devices/infusion",
        "Kvist", "Kvist Injection", "p-drip", "case", 50,
        variants(
            ("NS-44062", "Luer lock, needle-free port", 71_00, 140),
            ("NS-44060", "Luer slip, needle-free port", 66_00, 55),
            ("NS-44061", "Luer lock, light-proof", 84_00, 38),
        ),
        tags=("sterile",), tiers=tiers((25, 300)),
    ),
    Family(
        "pump-line", "Extension line for syringe pumps", "medical-devices/infusion",
        "Kvist", "Kvist Injection", "p-drip", "case", 100,
        variants(("NS-44071", "150 cm", 93_00, 70), ("NS-44072", "200 cm", 99_00, 64)),
        tags=("sterile",),
    ),
    Family(
        "stopcock", "Three-way stopcock", "medical-devices/infusion",
        "Kvist", "Kvist Injection", "p-drip", "box", 50,
        variants(("NS-44081", "blue", 46_00, 150), ("NS-44082", "red", 46_00, 120)),
        tags=("sterile",),
    ),
    Family(
        "ventilator-filter", "Ventilator filter, heat and moisture", "medical-devices/respiration",
        "Aure", "Aure Respiratory", "p-filter", "case", 25,
        variants(
            ("NS-45110", "adult", 68_00, 90), ("NS-45111", "child", 74_00, 30),
            ("NS-45112", "adult, with port", 76_00, 60),
        ),
    ),
    Family(
        "breathing-circuit", "Breathing circuit, 1.6 m", "medical-devices/respiration",
        "Aure", "Aure Respiratory", "p-filter", "case", 10,
        variants(("NS-45131", "single limb", 92_00, 44), ("NS-45132", "double limb", 118_00, 36)),
    ),
    Family(
        "oxygen-mask", "Oxygen mask with tubing", "medical-devices/respiration",
        "Aure", "Aure Respiratory", "p-mask", "case", 25,
        variants(
            ("NS-45151", "adult", 39_00, 110), ("NS-45152", "child", 41_00, 42),
            ("NS-45153", "non-rebreathing", 58_00, 65),
        ),
    ),
    Family(
        "suction-catheter", "Suction catheter", "medical-devices/respiration",
        "Aure", "Aure Respiratory", "p-drip", "box", 50,
        variants(
            ("NS-45171", "CH 12", 27_00, 130), ("NS-45172", "CH 14", 27_00, 150),
            ("NS-45173", "CH 16", 27_00, 80),
        ),
        tags=("sterile",),
    ),
    Family(
        "spo2-sensor", "SpO2 sensor", "medical-devices/monitoring",
        "Vidar", "Vidar Monitoring", "p-monitor", "piece", 1,
        variants(
            ("NS-46110", "finger, adult", 94_00, 40), ("NS-46111", "finger, child", 98_00, 18),
            ("NS-46112", "ear", 112_00, 7),
        ),
    ),
    Family(
        "pressure-cuff", "Blood pressure cuff", "medical-devices/monitoring",
        "Vidar", "Vidar Monitoring", "p-monitor", "piece", 1,
        variants(
            ("NS-46131", "small adult", 26_00, 52), ("NS-46132", "adult", 26_00, 95),
            ("NS-46133", "large adult", 29_00, 48), ("NS-46134", "thigh", 34_00, 20),
        ),
    ),
    Family(
        "ecg-cable", "ECG trunk cable", "medical-devices/monitoring",
        "Vidar", "Vidar Monitoring", "p-monitor", "piece", 1,
        variants(("NS-46151", "5 leads", 148_00, 22), ("NS-46152", "12 leads", 236_00, 9)),
        lead_days=5,
    ),
    Family(
        "thermometer", "Clinical thermometer", "medical-devices/small",
        "Vidar", "Vidar Monitoring", "p-stethoscope", "piece", 1,
        variants(("NS-46210", "digital", 9_80, 160), ("NS-46211", "infrared, ear", 64_00, 31)),
    ),
    Family(
        "stethoscope", "Stethoscope, double head", "medical-devices/small",
        "Vidar", "Vidar Monitoring", "p-stethoscope", "piece", 1,
        variants(("NS-46221", "black", 58_00, 35), ("NS-46222", "burgundy", 58_00, 16)),
    ),
    Family(
        "pen-light", "Examination pen light", "medical-devices/small",
        "Vidar", "Vidar Monitoring", "p-lamp", "pack", 6,
        variants(("NS-46231", "", 19_80, 70),),
    ),
    Family(
        "blanket", "Warming blanket for patients", "medical-devices/small",
        "Aure", "Aure Respiratory", "p-pad", "case", 10,
        variants(("NS-46241", "upper body", 96_00, 26), ("NS-46242", "full body", 108_00, 24)),
    ),
    Family(
        "lead-apron", "X-ray protective apron, 0.35 mm", "medical-devices/small",
        "Skjold", "Skjold Radiation Safety", "p-apron", "piece", 1,
        variants(("NS-46310", "M", 289_00, 12), ("NS-46311", "L", 299_00, 10)),
        lead_days=8,
    ),
    Family(
        "contrast-set", "Injector syringe set for contrast medium", "medical-devices/small",
        "Skjold", "Skjold Radiation Safety", "p-syringe", "case", 50,
        variants(("NS-46320", "200 ml", 412_00, 20), ("NS-46321", "2 × 200 ml", 638_00, 14)),
        tags=("sterile",),
    ),
    Family(
        "syringe-pump", "Syringe pump", "medical-devices/capital",
        "Vidar", "Vidar Monitoring", "p-monitor", "piece", 1,
        variants(("NS-47010", "one channel", 2_350_00, 1), ("NS-47011", "docking", 2_980_00, 0)),
        lead_days=10,
    ),
    Family(
        "volumetric-pump", "Volumetric infusion pump", "medical-devices/capital",
        "Vidar", "Vidar Monitoring", "p-monitor", "piece", 1,
        variants(("NS-47020", "", 2_640_00, 3),), lead_days=10,
    ),
    Family(
        "patient-monitor", "Patient monitor", "medical-devices/capital",
        "Vidar", "Vidar Monitoring", "p-monitor", "piece", 1,
        variants(("NS-47110", "12 inch", 4_850_00, 4), ("NS-47111", "15 inch", 6_900_00, 2)),
        lead_days=15,
    ),
    Family(
        "defibrillator", "Defibrillator with pacer", "medical-devices/capital",
        "Vidar", "Vidar Monitoring", "p-monitor", "piece", 1,
        variants(("NS-47210", "", 8_400_00, 1),), lead_days=20, restricted=True,
    ),
    Family(
        "ultrasound", "Portable ultrasound probe", "medical-devices/capital",
        "Skjold", "Skjold Radiation Safety", "p-monitor", "piece", 1,
        variants(("NS-47310", "linear", 3_990_00, 2), ("NS-47311", "convex", 4_190_00, 2)),
        lead_days=20,
    ),
)  # fmt: skip
