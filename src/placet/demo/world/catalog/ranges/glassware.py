"""Glass, plastic and filters of the laboratory."""

from placet.demo.world.catalog.ranges.shapes import LYSA, PIECE, Pack, ranged
from placet.demo.world.catalog.shapes import tiers

_SHELF = "laboratory/tubes"
_PIPETTES = "laboratory/pipetting"

FAMILIES = (
    ranged(
        "beaker", "Beaker, borosilicate glass, low form", _SHELF, LYSA, "p-flask", Pack("pack", 10),
        36200, "{} ml: 50, 100, 250, 400, 600, 1000, 2000 @ 21.40 +7.90", differs="Volume",
    ),
    ranged(
        "erlenmeyer", "Erlenmeyer flask, narrow neck", _SHELF, LYSA, "p-flask", Pack("pack", 10),
        36210, "{} ml: 50, 100, 250, 500, 1000, 2000 @ 24.80 +8.60", differs="Volume",
    ),
    ranged(
        "cylinder", "Measuring cylinder, class A", _SHELF, LYSA, "p-flask", PIECE, 36220,
        "{} ml: 10, 25, 50, 100, 250, 500, 1000 @ 9.80 +4.70", differs="Volume",
    ),
    ranged(
        "volumetric-flask", "Volumetric flask, class A, with stopper", _SHELF, LYSA, "p-flask",
        PIECE, 36230, "{} ml: 5, 10, 25, 50, 100, 250, 500, 1000 @ 11.90 +2.80", differs="Volume",
    ),
    ranged(
        "laboratory-bottle", "Laboratory bottle GL 45, blue cap", _SHELF, LYSA, "p-bottle",
        PIECE, 36240, "{} ml: 100, 250, 500, 1000, 2000, 5000 @ 5.90 +6.10", differs="Volume",
        tiers=tiers((10, 500)),
    ),
    ranged(
        "centrifuge-tube", "Centrifuge tube, conical", _SHELF, LYSA, "p-tube", Pack("case", 500),
        36250, "15 ml × {}: loose, in racks @ 62.00 +14.00",
        "50 ml × {}: loose, in racks @ 78.00 +16.00", differs="Volume, Packing", tags=("sterile",),
    ),
    ranged(
        "cryo-vial", "Cryo vial, external thread", _SHELF, LYSA, "p-tube", Pack("case", 500), 36258,
        "{} ml: 1.2, 2.0, 4.0, 5.0 @ 118.00 +13.00", differs="Volume", tags=("sterile",),
    ),
    ranged(
        "micro-tube", "Micro tube with lid", _SHELF, LYSA, "p-tube", Pack("bag", 1000), 36264,
        "0.5 ml × {}: clear, blue, green, yellow, red @ 24.00 +0.00",
        "1.5 ml × {}: clear, blue, green, yellow, red @ 26.00 +0.00",
        "2.0 ml × {}: clear, blue, green, yellow, red @ 28.00 +0.00", differs="Volume, Colour",
    ),
    ranged(
        "cuvette", "Cuvette, polystyrene, 10 mm", _SHELF, LYSA, "p-tube", Pack("box", 100), 36282,
        "{}: 1.5 ml semi-micro, 2.5 ml macro, 4.5 ml macro @ 9.40 +0.90", differs="Type",
    ),
    ranged(
        "syringe-filter", "Syringe filter", _PIPETTES, LYSA, "p-filter", Pack("box", 100), 36290,
        "PES × 0.22 µm × {} mm: 13, 25, 33 @ 88.00 +9.00",
        "PES × 0.45 µm × {} mm: 13, 25, 33 @ 86.00 +9.00",
        "PTFE × 0.22 µm × {} mm: 13, 25 @ 104.00 +12.00",
        "PTFE × 0.45 µm × {} mm: 13, 25 @ 102.00 +12.00",
        differs="Membrane, Pore size, Diameter",
    ),
    ranged(
        "serological-pipette", "Serological pipette, single wrapped", _PIPETTES, LYSA, "p-pipette",
        Pack("case", 200), 36304, "{} ml: 1, 2, 5, 10, 25, 50 @ 42.00 +11.00", differs="Volume",
        tags=("sterile",),
    ),
    ranged(
        "pipette-tip", "Pipette tip, universal", _PIPETTES, LYSA, "p-pipette", Pack("bag", 1000),
        36312, "{} µl: 10, 20, 200, 300, 1000, 1250 @ 16.00 +2.40", differs="Volume",
    ),
    ranged(
        "stirring-bar", "Stirring bar, PTFE", "laboratory/instruments", LYSA, "p-flask", PIECE,
        36320, "{} mm: 10, 15, 20, 25, 30, 40, 50, 60 @ 2.80 +0.70", differs="Length",
    ),
    ranged(
        "filter-paper", "Filter paper, qualitative", "laboratory/instruments", LYSA, "p-filter",
        Pack("box", 100), 36330, "{} mm: 55, 70, 90, 110, 125, 150, 185 @ 7.20 +1.60",
        differs="Diameter",
    ),
)  # fmt: skip
