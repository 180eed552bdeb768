"""Needles, syringes, catheters, tubes and sutures in their gauges."""

from placet.demo.world.catalog.ranges.shapes import KVIST, Maker, Pack, ranged
from placet.demo.world.catalog.shapes import tiers

_SHELF = "medical-consumables/injection"
_STERILE = ("sterile",)
_HUNDRED = Pack("box", 100)
SUTURA = Maker("Sutura", "Sutura Surgical")
VENTA = Maker("Venta", "Venta Airway")

FAMILIES = (
    ranged(
        "fine-needle", "Hypodermic needle, thin wall", _SHELF, KVIST, "p-syringe", _HUNDRED, 52000,
        "{} mm: 18 G × 40, 20 G × 40, 21 G × 40, 21 G × 50, 22 G × 30, 23 G × 25, 23 G × 30, "
        "25 G × 16, 25 G × 25, 26 G × 12, 27 G × 12, 27 G × 20, 30 G × 12 @ 3.90 +0.10",
        differs="Gauge, Length", tags=_STERILE, tiers=tiers((20, 400), (100, 900)),
    ),
    ranged(
        "three-part-syringe", "Syringe, three-part, single wrapped", _SHELF, KVIST, "p-syringe",
        _HUNDRED, 52020,
        "Luer slip × {} ml: 1, 2, 5, 10, 20 @ 6.20 +1.90",
        "Luer lock × {} ml: 1, 3, 5, 10, 20, 30, 50 @ 7.40 +3.20",
        differs="Connection, Volume", tags=_STERILE, tiers=tiers((20, 400)),
    ),
    ranged(
        "safety-cannula", "Safety IV cannula with port", _SHELF, KVIST, "p-drip", Pack("box", 50),
        52040, "{}: 14 G orange, 16 G grey, 17 G white, 18 G green, 20 G pink, 22 G blue, "
        "24 G yellow @ 58.00 +0.50", differs="Gauge", tags=_STERILE,
    ),
    ranged(
        "winged-set", "Winged blood collection set, safety", _SHELF, KVIST, "p-drip",
        Pack("box", 50), 52050,
        "21 G × {} cm: 19, 30 @ 36.00 +1.50", "23 G × {} cm: 19, 30 @ 36.00 +1.50",
        "25 G × {} cm: 19, 30 @ 37.00 +1.50", differs="Gauge, Tube", tags=_STERILE,
    ),
    ranged(
        "nelaton", "Nelaton catheter, straight", "medical-consumables/bedding", VENTA, "p-drip",
        Pack("box", 50), 52060, "CH {}: 8, 10, 12, 14, 16, 18 @ 21.00 +0.40", differs="Size",
        tags=_STERILE,
    ),
    ranged(
        "foley", "Foley catheter, silicone, 2-way", "medical-consumables/bedding", VENTA, "p-drip",
        Pack("box", 5), 52070, "CH {}: 8, 10, 12, 14, 16, 18, 20, 22, 24 @ 26.50 +0.60",
        differs="Size", tags=_STERILE,
    ),
    ranged(
        "suction-catheter-ch", "Suction catheter, straight", "medical-devices/respiration", VENTA,
        "p-drip", _HUNDRED, 52080, "CH {}: 6, 8, 10, 12, 14, 16, 18 @ 19.80 +0.50",
        differs="Size", tags=_STERILE,
    ),
    ranged(
        "feeding-tube", "Nasogastric feeding tube, PUR", "medical-devices/infusion", VENTA,
        "p-drip", Pack("box", 10), 52090, "CH {}: 5, 6, 8, 10, 12, 14, 16 @ 44.00 +2.10",
        differs="Size", tags=_STERILE,
    ),
    ranged(
        "endotracheal-tube", "Endotracheal tube, cuffed", "medical-devices/respiration", VENTA,
        "p-drip", Pack("box", 10), 52100,
        "{} mm: 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0 @ 27.00 +0.20",
        differs="Inner diameter", tags=_STERILE,
    ),
    ranged(
        "tracheostomy-tube", "Tracheostomy tube, low pressure cuff", "medical-devices/respiration",
        VENTA, "p-drip", Pack("piece"), 52116, "{} mm: 6.0, 7.0, 7.5, 8.0, 9.0, 10.0 @ 31.00 +0.80",
        differs="Inner diameter", tags=_STERILE,
    ),
    ranged(
        "suture-absorbable", "Suture, absorbable, braided, 70 cm", "medical-consumables/dressings",
        SUTURA, "p-gauze", Pack("box", 36), 52130,
        "{} × DS 19: 2/0, 3/0, 4/0, 5/0, 6/0 @ 92.00 +3.00",
        "{} × HR 26: 0, 2/0, 3/0, 4/0 @ 96.00 +3.00",
        "{} × HR 37: 1, 0, 2/0 @ 99.00 +3.00", differs="Size, Needle", tags=_STERILE,
    ),
    ranged(
        "suture-nylon", "Suture, nylon, monofilament, 45 cm", "medical-consumables/dressings",
        SUTURA, "p-gauze", Pack("box", 36), 52145,
        "{} × DS 16: 3/0, 4/0, 5/0, 6/0 @ 61.00 +2.50",
        "{} × DS 19: 2/0, 3/0, 4/0, 5/0 @ 63.00 +2.50",
        "{} × DS 24: 0, 2/0, 3/0 @ 66.00 +2.50", differs="Size, Needle", tags=_STERILE,
    ),
    ranged(
        "scalpel-blade", "Scalpel blade, carbon steel", "medical-consumables/dressings", SUTURA,
        "p-gauze", _HUNDRED, 52160, "No. {}: 10, 11, 12, 15, 20, 21, 22, 23 @ 14.60 +0.00",
        differs="Shape", tags=_STERILE,
    ),
    ranged(
        "biopsy-punch", "Biopsy punch", "medical-consumables/diagnostics", SUTURA, "p-stethoscope",
        Pack("box", 10), 52170, "{} mm: 2, 3, 4, 5, 6, 8 @ 19.00 +0.60", differs="Diameter",
        tags=_STERILE,
    ),
    ranged(
        "redon-drain", "Redon drain, PVC, 50 cm", "medical-consumables/dressings", SUTURA,
        "p-drip", Pack("box", 50), 52180, "CH {}: 8, 10, 12, 14, 16, 18 @ 88.00 +0.00",
        differs="Size", tags=_STERILE,
    ),
)  # fmt: skip
