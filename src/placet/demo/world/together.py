"""What people keep and share: lists, schedules, carts of a unit, a link to somebody outside."""

from typing import Literal, NamedTuple

from placet.demo.world.companies import KOWALSKI, MERIDIAN, PARK


class ListLine(NamedTuple):
    """A product of a list; ``par`` is how many should always be there."""

    sku: str
    quantity: int
    par: int | None = None
    note: str = ""


class PurchaseList(NamedTuple):
    """A reusable list; ``unit`` where its scope is one, ``shared_with`` may change it too."""

    key: str
    company: str
    owner: str
    name: str
    scope: Literal["personal", "unit", "company"]
    lines: tuple[ListLine, ...]
    unit: str = ""
    note: str = ""
    shared_with: tuple[str, ...] = ()


class Schedule(NamedTuple):
    """A list that comes again: a reminder, or a standing requisition in its owner's name.

    Days count from today. The envelope is asked of the approvers with the first occurrence.
    """

    purchase_list: str
    owner: str
    kind: Literal["reminder", "standing"]
    every: Literal["day", "week", "month"]
    every_count: int
    first_day: int
    cost_center: str = ""
    ship_to: str = ""
    bill_to: str = ""
    po_number: str = ""
    rise_basis_points: int = 0
    envelope_total_minor: int | None = None
    envelope_days: int = 0
    is_paused: bool = False


class Shared(NamedTuple):
    """A cart that a whole unit sees, or that somebody outside sees by a link."""

    cart: str
    owner: str
    unit: str = ""
    level: Literal["view", "comment", "edit"] = "comment"
    link_days: int = 0
    may_comment: bool = False


LISTS = (
    PurchaseList(
        "icu-par", MERIDIAN, "rashid", "ICU-4 par levels", "unit",
        (
            ListLine("NS-10412", 20, 40), ListLine("NS-20871", 10, 30),
            ListLine("NS-31105", 12, 48),
            ListLine("NS-31260", 12, 36), ListLine("NS-60017", 6, 18, "Counted on Mondays"),
            ListLine("NS-70155", 10, 40),
        ),
        unit="icu-4", note="What has to be in the store room when the week begins.",
        shared_with=("lena",),
    ),
    PurchaseList(
        "lena-wishes", MERIDIAN, "lena", "Staff room, one day", "personal",
        (ListLine("NS-90310", 1), ListLine("NS-90011", 2), ListLine("NS-82332", 1)),
    ),
    PurchaseList(
        "meridian-office", MERIDIAN, "ines", "Office standard", "company",
        (
            ListLine("NS-82010", 10), ListLine("NS-82110", 2), ListLine("NS-82210", 5),
            ListLine("NS-82141", 1),
        ),
        note="What every office of the group is equipped with.",
    ),
    PurchaseList(
        "pharmacy-month", MERIDIAN, "ingrid", "Pharmacy, every month", "personal",
        (ListLine("NS-44203", 10), ListLine("NS-31105", 12), ListLine("NS-51401", 4)),
    ),
    PurchaseList(
        "kowalski-stock", KOWALSKI, "jan", "Stan magazynu", "unit",
        (ListLine("NS-88111", 4, 8), ListLine("NS-86110", 6, 10), ListLine("NS-33021", 4, 6)),
        unit="kowalski-poznan",
    ),
    PurchaseList(
        "park-week", PARK, "grace-at-home", "Every week", "company",
        (ListLine("NS-90110", 2), ListLine("NS-90041", 1), ListLine("NS-33012", 1)),
    ),
    PurchaseList(
        "mina-wishes", PARK, "mina", "Birthday wishes", "personal",
        (ListLine("NS-82141", 1, None, "The big box!"), ListLine("NS-82042", 1)),
        shared_with=("soonja",),
    ),
)  # fmt: skip

SCHEDULES = (
    Schedule(
        "icu-par", "rashid", "standing", "week", 1, 6, "4410", "dock-b", "meridian-bill",
        "PR-88130", 300, 900_00, 90,
    ),
    Schedule(
        "pharmacy-month", "ingrid", "standing", "month", 1, 12, "4450", "pharmacy-in",
        "meridian-bill", "PR-88131", is_paused=True,
    ),
    Schedule("meridian-office", "yusuf", "reminder", "month", 3, 20),
)  # fmt: skip

SHARED = (
    Shared("lena-monitoring", "lena", unit="icu", level="comment"),
    Shared("nils-workshop", "nils", link_days=30, may_comment=True),
    Shared("marco-week", "marco", unit="icu-2", level="edit"),
)

# A comment on the monitoring cart, with a file beside it.
MEASURES_OF = ("lena-monitoring", "lena", "Measured both beds, the list is here.")
MEASURES_NAME = "beds-11-12.csv"
MEASURES = "bed,cable to monitor in cm,sensor\n11,180,finger\n12,210,finger\n"
