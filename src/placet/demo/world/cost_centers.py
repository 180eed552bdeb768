"""Cost centres. Kowalski and Harbour number theirs as Meridian does, which must never mix."""

from placet.demo.world.companies import HARBOUR, KOWALSKI, MERIDIAN
from placet.demo.world.shapes import CostCenter

_MERIDIAN = (
    ("4410", "ICU consumables", "icu", "rashid"),
    ("4411", "ICU equipment", "icu", "rashid"),
    # Who repairs, protects or serves a ward belongs to another unit and books here all the same.
    ("4412", "ICU maintenance", "group", "rashid"),
    ("4420", "Surgery consumables", "surgery", "elif"),
    ("4421", "Surgical instruments", "surgery", "elif"),
    ("4430", "Radiology consumables", "radiology", "amelie"),
    ("4431", "Radiology equipment", "radiology", "amelie"),
    ("4440", "Laboratory reagents", "laboratory", "daniel"),
    ("4441", "Laboratory equipment", "laboratory", "daniel"),
    ("4450", "Pharmacy stock", "pharmacy", "ingrid"),
    ("4451", "Vaccination campaign", "pharmacy", "ingrid"),
    ("4460", "Infection control", "group", "lucia"),
    ("4470", "Staff areas", "group", "birgit"),
    # Its owner left last week and has no successor.
    ("4480", "Point of care", "laboratory", "piotr-w"),
    ("4510", "Biomedical workshop", "biomed", "anika"),
    ("4520", "Building maintenance", "facilities", "viktor"),
    ("4521", "Cleaning", "facilities", "viktor"),
    ("4530", "Catering", "catering", "hana"),
    ("4610", "Finance", "finance", "greta"),
    ("4620", "IT equipment", "it", "omar"),
    ("4621", "IT consumables", "it", "omar"),
    ("4700", "Group management", "group", "margit"),
)

COST_CENTERS = (
    *(CostCenter(code, MERIDIAN, code, name, unit, owner) for code, name, unit, owner in _MERIDIAN),
    CostCenter("kowalski-4410", KOWALSKI, "4410", "Magazyn", "kowalski-poznan", "jan"),
    CostCenter("kowalski-4700", KOWALSKI, "4700", "Zarząd", "kowalski-all", "marta"),
    CostCenter("harbour-4410", HARBOUR, "4410", "Quay clinic", "harbour-quay", "owen"),
    CostCenter("harbour-4420", HARBOUR, "4420", "Hill clinic", "harbour-hill", "owen"),
)
