"""Bolts, screws, nuts, washers and anchors, in the sizes of the metric standards."""

from placet.demo.world.catalog.ranges.shapes import JERN, Pack, ranged
from placet.demo.world.catalog.shapes import tiers

_SHELF = "facility/fixings"
_HUNDRED = Pack("box", 100)
_TIERS = tiers((10, 500), (50, 1200))

FAMILIES = (
    ranged(
        "hex-bolt", "Hex bolt DIN 933, steel 8.8, zinc plated", _SHELF, JERN, "p-screw",
        _HUNDRED, 87000,
        "M5 × {} mm: 16, 20, 25, 30 @ 4.10 +0.40",
        "M6 × {} mm: 16, 20, 25, 30, 40, 50 @ 4.90 +0.60",
        "M8 × {} mm: 20, 25, 30, 40, 50, 60 @ 8.20 +1.10",
        "M10 × {} mm: 25, 30, 40, 50, 60, 80 @ 15.60 +2.40",
        "M12 × {} mm: 30, 40, 50, 60, 80 @ 25.90 +4.20",
        differs="Thread, Length", tiers=_TIERS,
    ),
    ranged(
        "cap-screw", "Socket head cap screw DIN 912, stainless A2", _SHELF, JERN, "p-screw",
        _HUNDRED, 87040,
        "M3 × {} mm: 8, 10, 12, 16, 20 @ 4.60 +0.30",
        "M4 × {} mm: 8, 10, 12, 16, 20, 25 @ 5.20 +0.40",
        "M5 × {} mm: 10, 12, 16, 20, 25, 30 @ 7.10 +0.60",
        "M6 × {} mm: 12, 16, 20, 25, 30, 40 @ 9.80 +1.00",
        "M8 × {} mm: 16, 20, 25, 30, 40, 50 @ 18.40 +2.30",
        differs="Thread, Length", tiers=_TIERS,
    ),
    ranged(
        "countersunk-screw", "Countersunk wood screw, Torx, yellow zinc", _SHELF, JERN, "p-screw",
        Pack("box", 200), 87080,
        "3.0 × {} mm: 16, 20, 25, 30, 35 @ 4.20 +0.20",
        "3.5 × {} mm: 20, 25, 30, 35, 40 @ 4.90 +0.30",
        "4.0 × {} mm: 25, 30, 35, 40, 50, 60, 70 @ 5.80 +0.60",
        "4.5 × {} mm: 35, 40, 50, 60, 70, 80 @ 7.90 +1.00",
        "5.0 × {} mm: 40, 50, 60, 70, 80, 100 @ 9.70 +1.60",
        "6.0 × {} mm: 60, 80, 100, 120 @ 16.80 +3.40",
        differs="Diameter, Length", tiers=_TIERS,
    ),
    ranged(
        "dry-wall-screw", "Dry wall screw, fine thread", _SHELF, JERN, "p-screw",
        Pack("box", 500), 87120,
        "3.5 × {} mm: 25, 35, 45, 55 @ 8.90 +1.30", differs="Diameter, Length",
    ),
    ranged(
        "hex-nut", "Hex nut DIN 934, zinc plated", _SHELF, JERN, "p-screw", _HUNDRED, 87130,
        "{}: M3, M4, M5, M6, M8, M10, M12, M16 @ 1.60 +1.35", differs="Thread",
    ),
    ranged(
        "lock-nut", "Lock nut DIN 985, stainless A2", _SHELF, JERN, "p-screw", _HUNDRED, 87140,
        "{}: M3, M4, M5, M6, M8, M10, M12 @ 4.90 +3.10", differs="Thread",
    ),
    ranged(
        "flat-washer", "Flat washer DIN 125, stainless A2", _SHELF, JERN, "p-screw",
        Pack("box", 200), 87150,
        "{}: M3, M4, M5, M6, M8, M10, M12, M16 @ 2.20 +1.60", differs="Thread",
    ),
    ranged(
        "spring-washer", "Spring washer DIN 127, zinc plated", _SHELF, JERN, "p-screw",
        Pack("box", 200), 87160,
        "{}: M4, M5, M6, M8, M10, M12 @ 2.40 +0.90", differs="Thread",
    ),
    ranged(
        "wing-nut", "Wing nut DIN 315, zinc plated", _SHELF, JERN, "p-screw", Pack("box", 50),
        87168, "{}: M4, M5, M6, M8, M10 @ 6.80 +2.20", differs="Thread",
    ),
    ranged(
        "threaded-rod", "Threaded rod DIN 976, 1 m, zinc plated", _SHELF, JERN, "p-screw",
        Pack("bundle", 10), 87175,
        "{}: M5, M6, M8, M10, M12, M16 @ 9.60 +6.40", differs="Thread",
    ),
    ranged(
        "frame-anchor", "Frame anchor with screw, nylon", _SHELF, JERN, "p-screw",
        Pack("box", 50), 87185,
        "8 × {} mm: 60, 80, 100, 120 @ 16.20 +2.80",
        "10 × {} mm: 80, 100, 120, 140, 160 @ 21.90 +3.60", differs="Diameter, Length",
    ),
    ranged(
        "hose-clamp", "Hose clamp W4, 9 mm band", _SHELF, JERN, "p-screw", Pack("bag", 10), 87200,
        "{} mm: 8 to 12, 10 to 16, 12 to 20, 16 to 25, 20 to 32, 25 to 40, 32 to 50, 40 to 60"
        " @ 7.90 +0.70", differs="Clamping range",
    ),
)  # fmt: skip
