"""The 38 members of Meridian Health Group; one of them left last week."""

from placet.demo.world.companies import MERIDIAN
from placet.demo.world.shapes import Grant, Member

BUYER = Grant("buyer")
ADMIN = Grant("company_admin")
AUDITOR = Grant("auditor")
BIOMED = Grant("biomedical_engineering")
FINANCE = Grant("finance")
PHARMACIST = Grant("pharmacist")
HYGIENE = Grant("hygiene_board")
IT_STANDARDS = Grant("it_standards")


def _approver(unit: str) -> Grant:
    return Grant("approver", unit)


def _member(
    key: str, unit: str, title: str, manager: str | None, *grants: Grant, left: int | None = None
) -> Member:
    return Member(key, MERIDIAN, unit, title, manager, grants, left_days_ago=left)


MEMBERS = (
    _member("margit", "group", "Chief executive", None, _approver("group")),
    _member("ines", "group", "Head of purchasing", "margit", ADMIN),
    _member("stefan", "group", "Internal auditor", "margit", AUDITOR),
    _member("helena", "st-anna", "Hospital director", "margit", BUYER, _approver("st-anna")),
    _member("birgit", "st-anna", "Nursing director", "helena", BUYER, _approver("st-anna")),
    # Intensive care.
    _member("rashid", "icu", "Head of ICU", "helena", BUYER, _approver("icu")),
    _member("mei", "icu", "Deputy head of ICU", "rashid", BUYER, _approver("icu")),
    _member("pavel", "icu", "Infusion technician", "rashid", BUYER),
    _member("lena", "icu-4", "Ward lead", "rashid", BUYER),
    _member("sofia", "icu-4", "Intensive care nurse", "rashid", BUYER),
    _member("marco", "icu-2", "Ward lead", "rashid", BUYER),
    _member("tove", "icu-2", "Intensive care nurse", "rashid", BUYER),
    # The other departments of the hospital.
    _member("elif", "surgery", "Head of Surgery", "helena", BUYER, _approver("surgery")),
    _member("henrik", "surgery", "Deputy head of Surgery", "elif", BUYER, _approver("surgery")),
    _member("noor", "surgery", "Theatre nurse", "elif", BUYER),
    _member("amelie", "radiology", "Head of Radiology", "helena", BUYER, _approver("radiology")),
    _member("emil", "radiology", "Radiographer", "amelie", BUYER),
    _member("daniel", "laboratory", "Head of Laboratory", "helena", BUYER, _approver("laboratory")),
    _member("clara", "laboratory", "Laboratory technician", "daniel", BUYER),
    _member("yuki", "laboratory", "Trainee", "clara", BUYER),
    _member("piotr-w", "laboratory", "Point-of-care coordinator", "daniel", BUYER, left=7),
    _member(
        "ingrid", "pharmacy", "Chief pharmacist", "helena",
        BUYER, PHARMACIST, _approver("pharmacy"),
    ),
    _member("felix", "pharmacy", "Pharmacy technician", "ingrid", BUYER),
    _member(
        "lucia", "infection-control", "Head of Infection control", "helena",
        BUYER, HYGIENE, _approver("infection-control"),
    ),
    # The group's own departments.
    _member(
        "anika", "biomed", "Head of Biomedical engineering", "margit",
        BUYER, BIOMED, _approver("biomed"),
    ),
    _member("jonas", "biomed", "Biomedical engineer", "anika", BUYER, BIOMED),
    _member("piotr-n", "biomed", "Biomedical engineer", "anika", BUYER, BIOMED),
    _member("viktor", "facilities", "Head of Facilities", "margit", BUYER, _approver("facilities")),
    _member("nils", "facilities", "Maintenance technician", "viktor", BUYER),
    _member("bram", "facilities", "Facilities buyer", "viktor", BUYER),
    _member("hana", "catering", "Head of Catering", "viktor", BUYER, _approver("catering")),
    _member("kim", "catering", "Ward host", "hana", BUYER),
    _member(
        "greta", "finance", "Head of Finance", "margit", BUYER, FINANCE, _approver("finance")
    ),
    _member("ivo", "finance", "Controller", "greta", FINANCE),
    _member("yusuf", "finance", "Accounts clerk", "greta", BUYER),
    _member("grace", "finance", "Payroll accountant", "greta", BUYER),
    _member("omar", "it", "Head of IT", "margit", BUYER, IT_STANDARDS, _approver("it")),
    _member("julia", "it", "IT engineer", "omar", BUYER),
)  # fmt: skip
