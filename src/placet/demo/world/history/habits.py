"""Who buys what, from which families, how often in a stretch of 13 weeks, and for about how much.

``HABITS`` are of every world; ``MORE_HABITS`` buy from the ranges, which only the full one sells.
"""

from typing import NamedTuple


class Habit(NamedTuple):
    """``times`` purchases in 13 weeks, of one to four products, for about ``low`` to ``high``.

    Amounts are cents. ``until_day`` is the last day: those who have open requests of this week
    bought nothing else lately, so that the weekly order count stays what the open cases say.
    """

    member: str
    cost_center: str
    ship_to: str
    title: str
    families: tuple[str, ...]
    times: int
    low_minor: int
    high_minor: int
    until_day: int = -8


_WARD = (
    "nitrile-gloves", "surgical-mask", "hand-rub", "surface-wipes", "syringe", "bed-pad", "apron",
    "waste-bag", "sharps-container", "electrode", "blood-tube",
)  # fmt: skip
_THEATRE = ("sterile-gloves", "surgical-mask", "film-dressing", "needle", "scrub-top", "overshoes")
_IMAGING = ("contrast-set", "electrode", "hand-rub", "nitrile-gloves", "couch-roll")
_BENCH = ("pipette-tips", "blood-tube", "sample-tube", "buffer", "slides", "petri-dish", "ethanol")
_REAGENTS = ("control-serum", "pcr-mix", "stain", "buffer")
_DISPENSARY = ("needle", "syringe", "hand-rub", "bandage", "foam-dressing", "glucose-strip")
_CLEAN = ("surface-wipes-refill", "surface-spray", "hand-soap", "isolation-gown", "respirator")
_BREAK = ("coffee", "tea", "milk", "water", "biscuits", "muesli-bar", "paper-cup")
_WORKSHOP = ("hex-key", "battery", "cable-tie", "drill-bit", "multimeter", "spo2-sensor")
_BUILDING = ("led-tube", "screw", "wall-plug", "tap-cartridge", "work-gloves", "battery")
_FLOORS = ("floor-cleaner", "descaler", "mop", "cloth", "toilet-paper", "paper-towel")
_DESK = ("copy-paper", "ballpoint", "binder", "sticky-notes", "archive-box", "marker")
_COMPUTING = ("monitor", "keyboard", "mouse", "docking", "webcam")
_CABLES = ("patch-cable", "toner", "label-roll")
_DENTAL = ("nitrile-gloves", "surgical-mask", "needle", "hand-rub", "couch-roll", "paper-cup")
_HOME = ("toilet-paper", "coffee", "hand-soap", "laundry-detergent", "tea", "juice")

HABITS = (
    Habit("lena", "4410", "dock-b", "Ward stock, ICU-4", _WARD, 10, 110_00, 190_00),
    Habit("sofia", "4410", "dock-b", "Ward stock, ICU-4", _WARD, 14, 110_00, 180_00),
    Habit("marco", "4410", "dock-b", "Ward stock, ICU-2", _WARD, 14, 110_00, 190_00),
    Habit("tove", "4410", "dock-b", "Ward stock, ICU-2", _WARD, 12, 105_00, 170_00),
    Habit("noor", "4420", "theatre-store", "Theatre stock", _THEATRE, 28, 220_00, 900_00),
    Habit("henrik", "4420", "theatre-store", "Theatre stock", _THEATRE, 12, 300_00, 700_00, -1),
    Habit("emil", "4430", "radiology-in", "Imaging stock", _IMAGING, 26, 180_00, 780_00, -1),
    Habit("clara", "4440", "laboratory-in", "Bench stock", _BENCH, 30, 150_00, 480_00),
    Habit("clara", "4440", "laboratory-in", "Reagents", _REAGENTS, 8, 500_00, 1_400_00),
    Habit("daniel", "4440", "laboratory-in", "Reagents", _REAGENTS, 4, 400_00, 900_00, -1),
    Habit("felix", "4450", "pharmacy-in", "Dispensary", _DISPENSARY, 26, 110_00, 300_00),
    Habit("ingrid", "4450", "pharmacy-in", "Dispensary", _DISPENSARY, 6, 150_00, 320_00, -1),
    Habit("felix", "4451", "pharmacy-in", "Vaccination days", _DISPENSARY, 6, 200_00, 600_00),
    Habit("lucia", "4460", "dock-b", "Hygiene stock", _CLEAN, 20, 110_00, 260_00, -1),
    Habit("birgit", "4470", "dock-a", "Staff rooms", _BREAK, 8, 105_00, 180_00),
    Habit("kim", "4470", "dock-b", "Staff rooms", _BREAK, 14, 105_00, 170_00),
    Habit("piotr-w", "4480", "laboratory-in", "Point of care",
          ("glucose-strip", "rapid-test", "blood-gas-cartridge"), 8, 200_00, 520_00),
    Habit("jonas", "4510", "biomed-workshop", "Workshop", _WORKSHOP, 12, 110_00, 350_00, -1),
    Habit("piotr-n", "4510", "biomed-workshop", "Workshop", _WORKSHOP, 10, 110_00, 300_00, -1),
    Habit("bram", "4520", "facilities-yard", "Maintenance", _BUILDING, 20, 110_00, 260_00, -1),
    Habit("nils", "4520", "facilities-yard", "Maintenance", _BUILDING, 10, 105_00, 220_00),
    Habit("viktor", "4521", "facilities-yard", "Cleaning", _FLOORS, 14, 200_00, 700_00, -1),
    Habit("hana", "4530", "catering-store", "Catering", _BREAK, 24, 120_00, 320_00),
    Habit("yusuf", "4610", "group-office", "Office", _DESK, 10, 105_00, 220_00),
    Habit("grace", "4610", "group-office", "Office", _DESK, 6, 105_00, 190_00, -1),
    Habit("julia", "4620", "it-store", "Workplaces", _COMPUTING, 14, 180_00, 900_00),
    Habit("julia", "4621", "it-store", "Cables and toner", _CABLES, 12, 110_00, 380_00),
    Habit("omar", "4620", "it-store", "Workplaces", ("laptop", "tablet"), 4, 1_000_00, 4_000_00),
    Habit("zofia", "kowalski-4410", "kowalski-magazyn", "Magazyn", _BUILDING, 12, 110_00, 320_00),
    Habit("kacper", "kowalski-4700", "kowalski-biuro", "Biuro", _DESK, 8, 105_00, 200_00),
    Habit("jan", "kowalski-4410", "kowalski-magazyn", "Magazyn", _FLOORS, 6, 120_00, 300_00, -1),
    Habit("liam", "harbour-4410", "quay-door", "Quay clinic", _DENTAL, 14, 120_00, 420_00),
    Habit("niamh", "harbour-4420", "hill-door", "Hill clinic", _DENTAL, 12, 120_00, 290_00),
    Habit("grace-at-home", "", "park-door", "Household", _HOME, 8, 40_00, 120_00, -1),
    Habit("soonja", "", "park-door", "Tea and soap", ("tea", "hand-soap"), 4, 20_00, 50_00, -1),
    Habit("mina", "", "park-door", "School", ("colour-pencils", "sticky-notes"), 3, 12_00, 30_00),
)  # fmt: skip

_BOLTS = ("hex-bolt", "cap-screw", "hex-nut", "lock-nut", "flat-washer", "spring-washer")
_SPARES = ("apparatus-castor", "ball-bearing", "fuse", "ecg-lead", "cap-screw")
_HAND_TOOLS = ("spanner", "socket", "torx-driver", "twist-drill", "masonry-drill")
_LAMPS = ("led-lamp", "rubber-lead", "button-cell")
_FITTINGS = ("ball-valve", "elbow", "flexible-hose", "hose-clamp")
_BRUSHES = ("waste-sack", "scrubbing-brush", "household-glove", "foam-soap")
_INSTRUMENTS = ("forceps", "scissors", "haemostat", "needle-holder")
_LEADS = ("cuff", "ecg-lead", "niv-mask")
_WIRES = ("fibre-cable", "video-cable", "printer-toner")
_CHEMICALS = (
    "reagent-sodium-chloride",
    "reagent-tris",
    "solvent-methanol",
    "beaker",
    "micro-tube",
    "pipette-tip",
    "syringe-filter",
    "ph-buffer",
)
_PRINTING = ("printer-toner", "envelope", "colour-paper", "lever-arch")
_CHAIRSIDE = ("fine-needle", "surgical-glove", "gauze-swab-8", "suture-nylon", "three-part-syringe")
_PANTRY = ("tea-bags", "juice-bottle", "napkin-33", "led-lamp")

MORE_HABITS = (
    Habit("jonas", "4510", "biomed-workshop", "Spare parts", _SPARES, 12, 110_00, 420_00, -1),
    Habit("piotr-n", "4510", "biomed-workshop", "Fixings", _BOLTS, 12, 110_00, 260_00, -1),
    Habit("anika", "4510", "biomed-workshop", "Tools", _HAND_TOOLS, 6, 120_00, 400_00, -1),
    Habit("bram", "4521", "facilities-yard", "Lamps", _LAMPS, 12, 110_00, 320_00, -1),
    Habit("nils", "4521", "facilities-yard", "Fittings", _FITTINGS, 8, 105_00, 240_00),
    Habit("viktor", "4521", "facilities-yard", "Brushes and sacks", _BRUSHES, 10, 110_00, 300_00),
    Habit("noor", "4421", "theatre-store", "Instruments", _INSTRUMENTS, 6, 160_00, 700_00),
    Habit("emil", "4431", "radiology-in", "Leads and cuffs", _LEADS, 6, 120_00, 420_00),
    Habit("julia", "4621", "it-store", "Cables", _WIRES, 10, 110_00, 460_00),
    Habit("clara", "4440", "laboratory-in", "Chemicals and glass", _CHEMICALS, 12, 110_00, 260_00),
    Habit("zofia", "kowalski-4410", "kowalski-magazyn", "Śruby", _BOLTS, 10, 105_00, 220_00),
    Habit("kacper", "kowalski-4700", "kowalski-biuro", "Druk", _PRINTING, 8, 105_00, 260_00),
    Habit("liam", "harbour-4410", "quay-door", "Chairside", _CHAIRSIDE, 8, 120_00, 380_00),
    Habit("niamh", "harbour-4420", "hill-door", "Chairside", _CHAIRSIDE, 8, 120_00, 290_00),
    Habit("owen", "harbour-4410", "quay-door", "Front desk", _PRINTING, 6, 105_00, 240_00, -1),
    Habit("grace-at-home", "", "park-door", "Pantry", _PANTRY, 6, 30_00, 90_00, -1),
    Habit("david", "", "park-door", "Workshop at home", _HAND_TOOLS, 4, 20_00, 80_00, -1),
)  # fmt: skip
