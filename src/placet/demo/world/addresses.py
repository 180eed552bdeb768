"""Ship-tos and bill-tos. Streets and towns are real words, the doors are invented."""

from placet.demo.world.companies import BERG, HARBOUR, KOWALSKI, MERIDIAN, PARK
from placet.demo.world.shapes import Address

_ANNA = "Sankt-Anna-Allee 12"


def _dock(key: str, name: str, street: str, unit: str | None, note: str = "") -> Address:
    postcode = "13997" if street.startswith(_ANNA) else "13998"
    return Address(
        key, MERIDIAN, "ship_to", name, street, postcode, "Berlin", "DE", unit, note
    )  # fmt: skip


ADDRESSES = (
    _dock("dock-a", "St. Anna Hospital, Dock A", f"{_ANNA}, gate 1", "st-anna", "Lift 2, 1.4 m"),
    # Everybody who works for the wards delivers here, whatever unit they are of.
    _dock("dock-b", "St. Anna Hospital, Dock B", f"{_ANNA}, gate 3", None,
          "Mon to Fri, 07:00 to 15:00"),
    _dock("theatre-store", "St. Anna Hospital, theatre store", f"{_ANNA}, level 2", "surgery"),
    _dock("pharmacy-in", "St. Anna Hospital, pharmacy", f"{_ANNA}, gate 4", "pharmacy",
          "Ring, sign in person"),
    _dock("laboratory-in", "St. Anna Hospital, laboratory", f"{_ANNA}, gate 5", "laboratory",
          "Cold chain before 10:00"),
    _dock("radiology-in", "St. Anna Hospital, radiology", f"{_ANNA}, gate 1", "radiology"),
    _dock("biomed-workshop", "Biomedical workshop", "Werkstattweg 3", "biomed"),
    _dock("facilities-yard", "Facilities yard", "Werkstattweg 7", "facilities",
          "Forklift until 16:00"),
    _dock("catering-store", "Catering store", "Werkstattweg 9", "catering"),
    _dock("it-store", "IT store room", "Gruppenplatz 1, level -1", "it"),
    _dock("group-office", "Meridian group office", "Gruppenplatz 1", None),
    Address("meridian-bill", MERIDIAN, "bill_to", "Meridian Health Group, accounts payable",
            "Gruppenplatz 1", "13998", "Berlin", "DE"),
    Address("kowalski-magazyn", KOWALSKI, "ship_to", "Kowalski, magazyn Poznań",
            "ul. Magazynowa 4", "61-999", "Poznań", "PL", "kowalski-poznan"),
    Address("kowalski-biuro", KOWALSKI, "ship_to", "Kowalski, biuro",
            "ul. Cicha 2", "61-998", "Poznań", "PL"),
    Address("kowalski-bill", KOWALSKI, "bill_to", "Kowalski Sp. z o.o.",
            "ul. Cicha 2", "61-998", "Poznań", "PL"),
    Address("quay-door", HARBOUR, "ship_to", "Quay clinic", "9 Harbour Quay", "D99 QU4Y",
            "Dublin", "IE", "harbour-quay"),
    Address("hill-door", HARBOUR, "ship_to", "Hill clinic", "2 Hill Row", "D99 H1L1",
            "Dublin", "IE", "harbour-hill"),
    Address("harbour-bill", HARBOUR, "bill_to", "Harbour Dental", "9 Harbour Quay", "D99 QU4Y",
            "Dublin", "IE"),
    Address("park-door", PARK, "ship_to", "Home", "Lindenhof 5", "13996", "Berlin", "DE"),
    Address("park-bill", PARK, "bill_to", "Grace Park", "Lindenhof 5", "13996", "Berlin", "DE"),
    Address("berg-door", BERG, "ship_to", "Home", "Am Kai 8", "13995", "Berlin", "DE"),
    Address("berg-bill", BERG, "bill_to", "Hanna Berg", "Am Kai 8", "13995", "Berlin", "DE"),
)  # fmt: skip
