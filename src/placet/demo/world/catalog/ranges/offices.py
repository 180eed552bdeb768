"""Office, IT, kitchen and cleaning goods in their colours, lengths and flavours."""

from placet.demo.world.catalog.ranges.shapes import (
    HVIT,
    KLAR,
    NORDLYS,
    PIECE,
    REVEN,
    SVART,
    TRAAD,
    Maker,
    Pack,
    ranged,
)
from placet.demo.world.catalog.shapes import tiers

ARK = Maker("Ark", "Ark Office")
BRYGG = Maker("Brygg", "Brygg Drinks")
_COLOURS = "black, blue, red, green, yellow, grey, white, violet"

FAMILIES = (
    ranged(
        "lever-arch", "Lever arch file A4", "office/filing", ARK, "p-folder", PIECE, 83000,
        f"50 mm × {{}}: {_COLOURS} @ 2.60 +0.00", f"80 mm × {{}}: {_COLOURS} @ 2.80 +0.00",
        differs="Spine, Colour", minimum=5, tiers=tiers((50, 800)),
    ),
    ranged(
        "suspension-file", "Suspension file A4", "office/filing", ARK, "p-folder", Pack("box", 25),
        83020, "{}: blue, green, grey, orange, red @ 15.80 +0.00", differs="Colour",
    ),
    ranged(
        "envelope", "Envelope, self-sealing", "office/paper", ARK, "p-paper", Pack("box", 500),
        83030, "plain × {}: C6, DL, C5, C4 @ 14.60 +5.40",
        "window × {}: C6, DL, C5, C4 @ 15.60 +5.60", differs="Version, Format",
    ),
    ranged(
        "colour-paper", "Coloured paper A4, 80 g", "office/paper", ARK, "p-paper",
        Pack("pack", 500), 83040, "{}: blue, green, yellow, orange, pink, red @ 9.40 +0.00",
        differs="Colour",
    ),
    ranged(
        "notebook-80", "Notebook, 80 sheets", "office/paper", ARK, "p-paper", PIECE, 83050,
        "A4 × {}: ruled, squared, blank @ 3.90 +0.00",
        "A5 × {}: ruled, squared, blank @ 2.70 +0.00",
        "A6 × {}: ruled, squared, blank @ 1.90 +0.00", differs="Format, Ruling",
    ),
    ranged(
        "sheet-label", "Labels on A4 sheets", "office/paper", ARK, "p-paper", Pack("box", 100),
        83062, "{} a sheet: 1, 2, 4, 8, 14, 21, 24, 40, 65 @ 18.20 +0.40", differs="Labels",
    ),
    ranged(
        "fineliner", "Fineliner", "office/writing", ARK, "p-pen", Pack("box", 10), 83074,
        f"0.4 mm × {{}}: {_COLOURS} @ 8.60 +0.00", differs="Width, Colour",
    ),
    ranged(
        "highlighter", "Highlighter", "office/writing", ARK, "p-pen", Pack("box", 10), 83084,
        "{}: yellow, green, orange, pink, blue @ 7.20 +0.00", differs="Colour",
    ),
    ranged(
        "fibre-cable", "Fibre patch cable LC duplex, OM4", "it/network", TRAAD, "p-network", PIECE,
        85000, "{} m: 1, 2, 3, 5, 10, 20 @ 8.90 +2.40", differs="Length",
    ),
    ranged(
        "video-cable", "Video cable", "it/screens", TRAAD, "p-network", PIECE, 85010,
        "HDMI × {} m: 1, 2, 3, 5 @ 7.40 +2.60", "DisplayPort × {} m: 1, 2, 3 @ 9.80 +3.20",
        "USB-C × {} m: 0.5, 1, 2 @ 11.90 +3.60", differs="Connection, Length",
    ),
    ranged(
        "memory", "Memory module SO-DIMM", "it/computers", NORDLYS, "p-laptop", PIECE, 85024,
        "DDR4 × {} GB: 8, 16, 32 @ 29.00 +31.00", "DDR5 × {} GB: 8, 16, 32 @ 36.00 +38.00",
        differs="Type, Capacity",
    ),
    ranged(
        "drive", "Solid state drive, NVMe", "it/computers", NORDLYS, "p-laptop", PIECE, 85032,
        "{}: 256 GB, 512 GB, 1 TB, 2 TB, 4 TB @ 44.00 +62.00", differs="Capacity",
    ),
    ranged(
        "printer-toner", "Toner, original", "it/printing", SVART, "p-printer", PIECE, 85040,
        "SP 310 × {}: black, cyan, magenta, yellow @ 74.00 +9.00",
        "SP 420 × {}: black, cyan, magenta, yellow @ 96.00 +12.00",
        "SP 680 × {}: black, cyan, magenta, yellow @ 128.00 +16.00", differs="Printer, Colour",
    ),
    ranged(
        "tea-bags", "Tea, single wrapped bags", "kitchen/drinks", BRYGG, "p-cup", Pack("box", 100),
        91000, "{}: Assam, Earl Grey, Darjeeling, green, peppermint, camomile, fennel, rooibos, "
        "fruit, ginger @ 8.90 +0.00", differs="Kind", tax_basis_points=700,
    ),
    ranged(
        "juice-bottle", "Juice, 0.2 l bottles", "kitchen/drinks", BRYGG, "p-cup", Pack("crate", 24),
        91012, "{}: apple, orange, grape, multivitamin, tomato, cherry @ 16.80 +0.00",
        differs="Kind",
    ),
    ranged(
        "instant-soup", "Instant soup, portions", "kitchen/food", BRYGG, "p-cup", Pack("box", 25),
        91020, "{}: tomato, chicken, vegetable, asparagus, mushroom @ 13.40 +0.00",
        differs="Kind", tax_basis_points=700,
    ),
    ranged(
        "napkin-33", "Napkin, 33 × 33 cm, 2-ply", "kitchen/crockery", HVIT, "p-roll",
        Pack("pack", 250), 91030, "{}: white, bordeaux, blue, green, cream, orange @ 6.90 +0.00",
        differs="Colour",
    ),
    ranged(
        "waste-sack", "Waste sack, recycled", "hygiene/washroom", KLAR, "p-bag", Pack("roll", 25),
        34000, "{} l: 35, 60, 70, 120, 160, 240 @ 2.40 +0.95", differs="Volume", minimum=5,
        tiers=tiers((50, 700)),
    ),
    ranged(
        "scrubbing-brush", "Cleaning brush, colour-coded", "hygiene/floors", KLAR, "p-mop", PIECE,
        34010, "hand × {}: blue, red, yellow, green @ 4.80 +0.00",
        "floor × {}: blue, red, yellow, green @ 9.60 +0.00", differs="Use, Colour",
    ),
    ranged(
        "household-glove", "Household glove, latex-free", "hygiene/floors", KLAR, "p-glove",
        Pack("pair"), 34020, "{}: S, M, L, XL @ 2.20 +0.00", differs="Size",
    ),
    ranged(
        "foam-soap", "Foam soap, cartridge 1 l", "hygiene/hands", REVEN, "p-bottle",
        Pack("case", 6), 34030, "{}: neutral, almond, citrus, without perfume @ 38.00 +0.00",
        differs="Fragrance",
    ),
)  # fmt: skip
