"""Tools, bearings, lamps, fittings and castors in their sizes."""

from placet.demo.world.catalog.ranges.shapes import JERN, PIECE, TRAAD, Pack, ranged
from placet.demo.world.catalog.shapes import tiers

_TOOLS = "facility/tools"
_LIGHT = "facility/electrical"
_WATER = "facility/plumbing"

FAMILIES = (
    ranged(
        "twist-drill", "Twist drill HSS-G, DIN 338", _TOOLS, JERN, "p-wrench", Pack("tube", 10),
        87300,
        "{} mm: 1.0, 1.5, 2.0, 2.5, 3.3, 4.0, 4.2, 4.5, 5.5, 6.0, 6.5, 6.8, 7.0, 8.5, 9.0, 10.0, "
        "10.2, 11.0, 12.0, 13.0 @ 6.40 +1.75", differs="Diameter", tiers=tiers((10, 500)),
    ),
    ranged(
        "masonry-drill", "Masonry drill SDS-plus", _TOOLS, JERN, "p-wrench", PIECE, 87325,
        "{} mm: 5 × 110, 6 × 110, 6 × 160, 8 × 160, 10 × 160, 12 × 200, 14 × 200, 16 × 210"
        " @ 3.40 +0.95", differs="Diameter, Length",
    ),
    ranged(
        "spanner", "Combination spanner, chrome vanadium", _TOOLS, JERN, "p-wrench", PIECE, 87340,
        "{} mm: 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24 @ 5.20 +0.65",
        differs="Width across flats",
    ),
    ranged(
        "socket", "Socket 1/2 inch, six-point", _TOOLS, JERN, "p-wrench", PIECE, 87360,
        "{} mm: 10, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 24 @ 4.10 +0.35",
        differs="Width across flats",
    ),
    ranged(
        "torx-driver", "Screwdriver Torx", _TOOLS, JERN, "p-wrench", PIECE, 87375,
        "{}: TX 6, TX 8, TX 10, TX 15, TX 20, TX 25, TX 30, TX 40 @ 4.60 +0.40", differs="Drive",
    ),
    ranged(
        "sanding-disc", "Sanding disc, hook and loop", _TOOLS, JERN, "p-wrench", Pack("pack", 50),
        87385,
        "125 mm × {}: P 40, P 60, P 80, P 120, P 180, P 240 @ 17.90 +0.00",
        "150 mm × {}: P 60, P 80, P 120, P 180, P 240 @ 22.40 +0.00", differs="Diameter, Grit",
    ),
    ranged(
        "ball-bearing", "Deep groove ball bearing, sealed", _TOOLS, JERN, "p-castor", PIECE, 87400,
        "{} 2RS: 608, 6000, 6001, 6002, 6003, 6004, 6005, 6006 @ 2.90 +0.85",
        "{} 2RS: 6200, 6201, 6202, 6203, 6204, 6205, 6206 @ 3.80 +1.15", differs="Type",
    ),
    ranged(
        "led-lamp", "LED lamp, matt", _LIGHT, TRAAD, "p-lamp", PIECE, 87430,
        "E14 × 470 lm × {}: 2700 K, 4000 K @ 4.30 +0.00",
        "E27 × 806 lm × {}: 2700 K, 4000 K @ 4.90 +0.00",
        "E27 × 1055 lm × {}: 2700 K, 4000 K @ 6.20 +0.00",
        "E27 × 1521 lm × {}: 2700 K, 4000 K @ 8.10 +0.00",
        differs="Cap, Luminous flux, Colour temperature", minimum=5,
    ),
    ranged(
        "fuse", "Miniature fuse 5 × 20 mm, slow", _LIGHT, TRAAD, "p-lamp", Pack("box", 100), 87445,
        "{}: 100 mA, 250 mA, 500 mA, 1 A, 2 A, 4 A, 6.3 A, 10 A @ 11.80 +0.00", differs="Current",
    ),
    ranged(
        "button-cell", "Button cell, lithium, 3 V", _LIGHT, TRAAD, "p-lamp", Pack("card", 5), 87460,
        "{}: CR1620, CR2016, CR2025, CR2032, CR2430, CR2450 @ 4.40 +0.35", differs="Type",
    ),
    ranged(
        "rubber-lead", "Extension lead, H05VV-F", _LIGHT, TRAAD, "p-network", PIECE, 87470,
        "{} m: 2, 3, 5, 10 @ 8.90 +3.40", differs="Length",
    ),
    ranged(
        "ball-valve", "Ball valve, brass, full flow", _WATER, JERN, "p-wrench", PIECE, 87480,
        "{} inch: 3/8, 1/2, 3/4, 1, 1 1/4 @ 6.90 +3.10", differs="Thread",
    ),
    ranged(
        "elbow", "Elbow 90°, brass", _WATER, JERN, "p-wrench", Pack("bag", 10), 87490,
        "{} inch: 3/8, 1/2, 3/4, 1 @ 19.80 +9.60", differs="Thread",
    ),
    ranged(
        "flexible-hose", "Flexible hose, 1/2 inch, stainless braid", _WATER, JERN, "p-wrench",
        PIECE, 87500, "{} mm: 300, 500, 800, 1000, 1500 @ 5.40 +1.90", differs="Length",
    ),
    ranged(
        "apparatus-castor", "Apparatus castor, soft rubber, not marking", "facility/castors", JERN,
        "p-castor", PIECE, 87510,
        "fixed × {} mm: 50, 75, 100, 125, 160 @ 8.40 +2.90",
        "swivel × {} mm: 50, 75, 100, 125, 160 @ 10.20 +3.10",
        "swivel with brake × {} mm: 50, 75, 100, 125, 160 @ 12.90 +3.60",
        differs="Mounting, Wheel", tiers=tiers((20, 500)),
    ),
)  # fmt: skip
