"""IT: computers, screens, input, network, printing."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("it", "IT"),
    Category("it/computers", "Computers"),
    Category("it/screens", "Screens"),
    Category("it/input", "Input and accessories"),
    Category("it/network", "Network and power"),
    Category("it/printing", "Printing"),
)

FAMILIES = (
    Family(
        "laptop", "Laptop, 14 inch", "it/computers",
        "Nordlys", "Nordlys Computing", "p-laptop", "piece", 1,
        variants(
            ("NS-84010", "16 GB, 512 GB", 1_149_00, 22), ("NS-84011", "32 GB, 1 TB", 1_499_00, 15),
        ),
        tiers=tiers((10, 400),), lead_days=4,
    ),
    Family(
        "mini-computer", "Mini computer, fanless", "it/computers",
        "Nordlys", "Nordlys Computing", "p-laptop", "piece", 1,
        variants(("NS-84021", "16 GB", 689_00, 18), ("NS-84022", "32 GB", 849_00, 9)),
        lead_days=4,
    ),
    Family(
        "tablet", "Tablet, wipeable, 10 inch", "it/computers",
        "Nordlys", "Nordlys Computing", "p-laptop", "piece", 1,
        variants(("NS-84031", "128 GB", 529_00, 13), ("NS-84032", "with stand", 589_00, 10)),
    ),
    Family(
        "monitor", "Monitor", "it/screens",
        "Nordlys", "Nordlys Computing", "p-monitor", "piece", 1,
        variants(
            ("NS-84110", "24 inch", 189_00, 31), ("NS-84111", "27 inch", 279_00, 24),
            ("NS-84112", "32 inch", 419_00, 8),
        ),
    ),
    Family(
        "monitor-arm", "Monitor arm", "it/screens",
        "Stol", "Stol Interior", "p-monitor", "piece", 1,
        variants(("NS-84121", "single", 79_00, 30), ("NS-84122", "double", 119_00, 16)),
    ),
    Family(
        "keyboard", "Keyboard, wipeable", "it/input",
        "Nordlys", "Nordlys Computing", "p-laptop", "piece", 1,
        variants(
            ("NS-84210", "DE", 94_00, 44), ("NS-84211", "PL", 94_00, 8),
            ("NS-84212", "US", 94_00, 17),
        ),
    ),
    Family(
        "mouse", "Mouse, wipeable", "it/input",
        "Nordlys", "Nordlys Computing", "p-laptop", "piece", 1,
        variants(("NS-84221", "cable", 42_00, 60), ("NS-84222", "wireless", 49_00, 38)),
    ),
    Family(
        "headset", "Headset with noise cancelling", "it/input",
        "Nordlys", "Nordlys Computing", "p-laptop", "piece", 1,
        variants(("NS-84231", "USB-C", 89_00, 25), ("NS-84232", "wireless", 139_00, 19)),
    ),
    Family(
        "webcam", "Webcam, 1080p", "it/input",
        "Nordlys", "Nordlys Computing", "p-monitor", "piece", 1,
        variants(("NS-84241", "", 68_00, 21),),
    ),
    Family(
        "scanner", "Barcode scanner, 2D", "it/input",
        "Nordlys", "Nordlys Computing", "p-printer", "piece", 1,
        variants(("NS-84251", "cable", 178_00, 12), ("NS-84252", "healthcare", 329_00, 9)),
    ),
    Family(
        "docking", "USB-C docking station", "it/input",
        "Nordlys", "Nordlys Computing", "p-network", "piece", 1,
        variants(("NS-84261", "100 W", 169_00, 26),),
    ),
    Family(
        "patch-cable", "Patch cable Cat 6A", "it/network",
        "Traad", "Traad Networks", "p-network", "piece", 1,
        variants(
            ("NS-84310", "1 m", 3_60, 300), ("NS-84311", "2 m", 4_40, 280),
            ("NS-84312", "5 m", 6_90, 170), ("NS-84313", "10 m", 10_80, 84),
        ),
        tiers=tiers((50, 1000),),
    ),
    Family(
        "switch", "Network switch, managed", "it/network",
        "Traad", "Traad Networks", "p-network", "piece", 1,
        variants(("NS-84321", "8 ports", 219_00, 9), ("NS-84322", "24 ports", 489_00, 5)),
        lead_days=5,
    ),
    Family(
        "ups", "Uninterruptible power supply", "it/network",
        "Traad", "Traad Networks", "p-network", "piece", 1,
        variants(("NS-84331", "1000 VA", 298_00, 6), ("NS-84332", "3000 VA", 1_290_00, 2)),
        lead_days=8,
    ),
    Family(
        "toner", "Toner cartridge", "it/printing",
        "Svart", "Svart Print", "p-printer", "piece", 1,
        variants(
            ("NS-84410", "black", 79_00, 85), ("NS-84411", "black, high yield", 118_00, 52),
            ("NS-84412", "cyan", 96_00, 21), ("NS-84413", "magenta", 96_00, 20),
            ("NS-84414", "yellow", 96_00, 23),
        ),
    ),
    Family(
        "label-printer", "Label printer, direct thermal", "it/printing",
        "Svart", "Svart Print", "p-printer", "piece", 1,
        variants(("NS-84421", "4 inch", 389_00, 7), ("NS-84422", "wristbands", 459_00, 4)),
        lead_days=5,
    ),
)  # fmt: skip
