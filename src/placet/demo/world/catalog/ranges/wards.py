"""Dressings, gloves, drapes and care products in their sizes, and the small instruments."""

from placet.demo.world.catalog.ranges.shapes import PIECE, SKOV, Maker, Pack, ranged
from placet.demo.world.catalog.shapes import tiers

_DRESSINGS = "medical-consumables/dressings"
_SMALL = "medical-devices/small"
_STERILE = ("sterile",)
LINNE = Maker("Linne", "Linne Wound Care")
STAAL = Maker("Staal", "Staal Instruments")
PULS = Maker("Puls", "Puls Monitoring")

FAMILIES = (
    ranged(
        "gauze-swab-8", "Gauze swab, 8-ply", _DRESSINGS, LINNE, "p-gauze", Pack("pack", 100), 53000,
        "plain × {} cm: 5 × 5, 7.5 × 7.5, 10 × 10, 10 × 20 @ 2.60 +1.20",
        "sterile × {} cm: 5 × 5, 7.5 × 7.5, 10 × 10, 10 × 20 @ 5.20 +2.10",
        differs="Version, Width, Length", tiers=tiers((50, 600)),
    ),
    ranged(
        "elastic-bandage", "Elastic bandage, 5 m stretched", _DRESSINGS, LINNE, "p-gauze",
        Pack("box", 20), 53010, "{} cm: 4, 6, 8, 10, 12 @ 7.80 +2.20", differs="Width",
    ),
    ranged(
        "short-stretch", "Short-stretch bandage, 5 m", _DRESSINGS, LINNE, "p-gauze",
        Pack("box", 10), 53018, "{} cm: 6, 8, 10, 12 @ 24.00 +4.50", differs="Width",
    ),
    ranged(
        "tubular-bandage", "Tubular bandage, cotton, 20 m", _DRESSINGS, LINNE, "p-gauze",
        PIECE, 53024, "Size {}: 1 finger, 3 hand, 5 arm, 7 leg, 9 head, 12 trunk @ 9.60 +2.80",
        differs="Size",
    ),
    ranged(
        "hydrocolloid", "Hydrocolloid dressing", _DRESSINGS, LINNE, "p-film", Pack("box", 10),
        53032, "{} cm: 5 × 5, 7.5 × 7.5, 10 × 10, 15 × 15, 20 × 20 @ 14.50 +11.20",
        differs="Width, Length", tags=_STERILE,
    ),
    ranged(
        "alginate", "Alginate dressing", _DRESSINGS, LINNE, "p-film", Pack("box", 10), 53040,
        "{} cm: 5 × 5, 10 × 10, 10 × 20, 15 × 25 @ 19.80 +16.40", differs="Width, Length",
        tags=_STERILE,
    ),
    ranged(
        "silver-foam", "Foam dressing with silver", _DRESSINGS, LINNE, "p-film", Pack("box", 10),
        53046, "{} cm: 7.5 × 7.5, 10 × 10, 12.5 × 12.5, 17.5 × 17.5 @ 62.00 +28.00",
        differs="Width, Length", tags=_STERILE, restricted=True,
    ),
    ranged(
        "surgical-glove", "Surgical glove, powder-free", "medical-consumables/gloves", SKOV,
        "p-glove", Pack("box", 50), 53060,
        "latex × {}: 5½, 6, 6½, 7, 7½, 8, 8½, 9 @ 34.00 +0.00",
        "polyisoprene × {}: 5½, 6, 6½, 7, 7½, 8, 8½, 9 @ 52.00 +0.00",
        differs="Material, Size", tags=_STERILE, tiers=tiers((20, 500)),
    ),
    ranged(
        "vinyl-glove", "Vinyl glove, powder-free", "medical-consumables/gloves", SKOV, "p-glove",
        Pack("box", 100), 53080, "{}: S, M, L, XL @ 4.30 +0.00", differs="Size", minimum=5,
    ),
    ranged(
        "surgical-gown", "Surgical gown, reinforced", "medical-consumables/bedding", SKOV,
        "p-apron", Pack("case", 24), 53090, "{}: M, L, XL, XXL @ 112.00 +4.00", differs="Size",
        tags=_STERILE,
    ),
    ranged(
        "surgical-drape", "Surgical drape with adhesive edge", "medical-consumables/bedding", SKOV,
        "p-pad", Pack("box", 30), 53096,
        "{} cm: 50 × 60, 75 × 90, 90 × 150, 150 × 180, 200 × 260 @ 31.00 +19.00",
        differs="Width, Length", tags=_STERILE,
    ),
    ranged(
        "incontinence-brief", "Incontinence brief", "medical-consumables/bedding", SKOV, "p-pad",
        Pack("bag", 28), 53104,
        "day × {}: S, M, L, XL @ 13.40 +1.20", "night × {}: S, M, L, XL @ 16.80 +1.40",
        "super × {}: S, M, L, XL @ 19.90 +1.60", differs="Absorbency, Size",
    ),
    ranged(
        "stocking", "Anti-embolism stocking", "medical-consumables/bedding", LINNE, "p-pad",
        Pack("pair"), 53120,
        "calf × {}: S, M, L, XL @ 6.90 +0.00", "thigh × {}: S, M, L, XL @ 9.40 +0.00",
        differs="Length, Size",
    ),
    ranged(
        "forceps", "Dressing forceps, stainless", _SMALL, STAAL, "p-stethoscope", PIECE, 48000,
        "anatomical × {} cm: 10.5, 11.5, 13, 14.5, 16, 18, 20 @ 5.80 +0.90",
        "surgical × {} cm: 10.5, 11.5, 13, 14.5, 16, 18, 20 @ 6.20 +0.90", differs="Tip, Length",
    ),
    ranged(
        "scissors", "Surgical scissors, stainless", _SMALL, STAAL, "p-stethoscope", PIECE, 48020,
        "straight × {} cm: 11.5, 13, 14.5, 16, 18 @ 9.40 +1.10",
        "curved × {} cm: 11.5, 13, 14.5, 16, 18 @ 10.20 +1.10", differs="Shape, Length",
    ),
    ranged(
        "haemostat", "Haemostatic forceps", _SMALL, STAAL, "p-stethoscope", PIECE, 48035,
        "straight × {} cm: 12.5, 14, 16, 18 @ 11.60 +1.40",
        "curved × {} cm: 12.5, 14, 16, 18 @ 12.10 +1.40", differs="Shape, Length",
    ),
    ranged(
        "needle-holder", "Needle holder, tungsten carbide", _SMALL, STAAL, "p-stethoscope", PIECE,
        48048, "{} cm: 13, 15, 18, 20, 23 @ 58.00 +7.00", differs="Length",
    ),
    ranged(
        "cuff", "Blood pressure cuff, reusable", "medical-devices/monitoring", PULS,
        "p-monitor", PIECE, 48060,
        "one tube × {}: infant, child, small adult, adult, large adult, thigh @ 21.00 +3.20",
        "two tubes × {}: infant, child, small adult, adult, large adult, thigh @ 23.00 +3.20",
        differs="Connection, Size",
    ),
    ranged(
        "laryngoscope-blade", "Laryngoscope blade, single use",
        "medical-devices/respiration", STAAL, "p-stethoscope", Pack("box", 10), 48080,
        "Macintosh × {}: 1, 2, 3, 4 @ 64.00 +0.00", "Miller × {}: 0, 1, 2, 3, 4 @ 64.00 +0.00",
        differs="Shape, Size",
    ),
    ranged(
        "niv-mask", "NIV mask, vented", "medical-devices/respiration", PULS, "p-mask", PIECE,
        48095, "nasal × {}: S, M, L @ 38.00 +0.00", "full face × {}: S, M, L @ 46.00 +0.00",
        differs="Type, Size",
    ),
    ranged(
        "ecg-lead", "ECG lead set, 5 leads", "medical-devices/monitoring", PULS, "p-monitor",
        PIECE, 48105, "snap × {} cm: 90, 130 @ 62.00 +8.00", "clip × {} cm: 90, 130 @ 64.00 +8.00",
        differs="Connection, Length",
    ),
)  # fmt: skip
