"""The trees of the companies. A unit's head is asked where a rule says "head of the unit"."""

from placet.demo.world.companies import BERG, HARBOUR, KOWALSKI, MERIDIAN, NORDEN, PARK
from placet.demo.world.shapes import Unit

MERIDIAN_UNITS = (
    Unit("group", MERIDIAN, None, "Meridian Health Group", "MHG", "margit"),
    Unit("st-anna", MERIDIAN, "group", "St. Anna Hospital", "SA", "helena"),
    Unit("icu", MERIDIAN, "st-anna", "ICU", "SA-ICU", "rashid"),
    Unit("icu-2", MERIDIAN, "icu", "ICU-2", "SA-ICU-2", "rashid"),
    Unit("icu-4", MERIDIAN, "icu", "ICU-4", "SA-ICU-4", "rashid"),
    Unit("surgery", MERIDIAN, "st-anna", "Surgery", "SA-SUR", "elif"),
    Unit("radiology", MERIDIAN, "st-anna", "Radiology", "SA-RAD", "amelie"),
    Unit("laboratory", MERIDIAN, "st-anna", "Laboratory", "SA-LAB", "daniel"),
    Unit("pharmacy", MERIDIAN, "st-anna", "Pharmacy", "SA-PHA", "ingrid"),
    Unit("infection-control", MERIDIAN, "st-anna", "Infection control", "SA-INF", "lucia"),
    Unit("biomed", MERIDIAN, "group", "Biomedical engineering", "BME", "anika"),
    Unit("facilities", MERIDIAN, "group", "Facilities", "FAC", "viktor"),
    Unit("catering", MERIDIAN, "facilities", "Catering and staff areas", "FAC-CAT", "hana"),
    Unit("finance", MERIDIAN, "group", "Finance", "FIN", "greta"),
    Unit("it", MERIDIAN, "group", "IT", "IT", "omar"),
)

UNITS = (
    *MERIDIAN_UNITS,
    Unit("kowalski-all", KOWALSKI, None, "Kowalski Sp. z o.o.", "K", "marta"),
    Unit("kowalski-poznan", KOWALSKI, "kowalski-all", "Poznań, magazyn", "K-POZ", "jan"),
    Unit("harbour-all", HARBOUR, None, "Harbour Dental", "HD", "ana"),
    Unit("harbour-quay", HARBOUR, "harbour-all", "Quay clinic", "HD-Q", "owen"),
    Unit("harbour-hill", HARBOUR, "harbour-all", "Hill clinic", "HD-H", "owen"),
    Unit("park-home", PARK, None, "Home", "", "grace-at-home"),
    Unit("berg-home", BERG, None, "Home", "", "hanna"),
    Unit("norden-all", NORDEN, None, "Norden Supply", "NS", "erik"),
)
