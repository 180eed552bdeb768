"""What the merchant's desk looks like today: who looks after whom, what has left, what waits."""

from typing import NamedTuple

from placet.demo.world.companies import KOWALSKI, MERIDIAN
from placet.demo.world.requisitions.shapes import Line, lines


class Shipping(NamedTuple):
    """What becomes of one of Meridian's exported orders, counted from the newest.

    ``share`` of each quantity has left, in hundredths; the rest is expected in so many days.
    """

    order: int
    share: int
    days_ago: int
    carrier: str
    expected_days: int | None = None


class Changing(NamedTuple):
    """An order of its buyer's, placed today, who now wants another quantity of its first line."""

    buyer: str
    name: str
    cost_center: str
    ship_to: str
    po_number: str
    lines: tuple[Line, ...]
    quantity: int


class OrderedFor(NamedTuple):
    """What somebody of the desk orders for a customer's member who asked for it."""

    staff: str
    member: str
    reason: str
    name: str
    ship_to: str
    text: str


class Applicant(NamedTuple):
    """A business that wants to buy here."""

    name: str
    person: str
    email: str
    tax_number: str
    message: str


class Words(NamedTuple):
    """How Norden Supply words one of its mails."""

    letter: str
    language: str
    subject: str
    introduction: str


MAJAS_CUSTOMERS = (MERIDIAN, KOWALSKI)

# The most that somebody takes off the list prices, in hundredths of a per cent.
DISCOUNTS = {"maja": 500, "signe": 2_000, "erik": 10_000}

SHIPPINGS = (
    Shipping(1, 50, 1, "DHL Freight", 6),
    Shipping(2, 100, 2, "DHL Freight"),
    Shipping(3, 100, 3, "UPS"),
    Shipping(5, 40, 2, "UPS", 12),
)
ASKED_TO_CANCEL = 4, "The ward is closed for two weeks: please do not send this."

# What a pack costs the merchant, in hundredths of its list price; one in forty is not known.
COST_SHARES = (58, 62, 66, 71, 74, 78)
UNKNOWN_COST = 40

VIEWS = (
    ("tomas", "To be processed, oldest first", "orders", "status=unprocessed&sort=placed"),
    ("tomas", "Meridian, exported", "orders", "status=exported&q=Meridian"),
    ("maja", "My turn", "quotes", "turn=mine"),
    ("signe", "Not accepted by the ERP", "orders", "status=failed"),
)

TEMPLATE = (
    "A year of gloves, delivered monthly",
    (("NS-10412", 240, 8_60), ("NS-10413", 160, 8_60)),
    "net_30",
    30,
)
WAITING = "Gloves, a pallet at once", (("NS-10412", 600, 6_90),)
"""Lena asked; what Maja offers is more than she may take off, so Signe is asked."""

# Free at first; four times as much needs the practice manager, and until then the order stands.
CHANGING = Changing(
    "liam", "Quay clinic, gloves", "harbour-4410", "quay-door", "PR-88131",
    lines(("NS-10412", 20)), 80,
)  # fmt: skip

# More than 400.00, so Kowalski's own people decide; Maja cannot.
ORDERED_FOR = OrderedFor(
    "maja",
    "zofia",
    "Zofia telephoned from the yard: no computer there today.",
    "Odzież robocza, telefonicznie",
    "kowalski-magazyn",
    "NS-88111 2\nNS-88222 8",
)

APPLYING = Applicant(
    "Fjord Veterinary",
    "Astrid Moen",
    "astrid.moen@fjordvet.example",
    "DE318227604",
    "Two practices, about 900 EUR a month; gloves, syringes and disinfection.",
)
ACCEPTED = Applicant(
    "Westend Catering",
    "Paul Richter",
    "paul.richter@westend-catering.example",
    "DE305117980",
    "Gloves and cleaning for four kitchens.",
)
ACCEPTED_AS = "westend", "prepayment"
SUSPENDED_BECAUSE = "The register says that the company is being wound up."

WORDS = Words(
    "ordered",
    "en",
    "We have your order {order_number}: {purchase_name}",
    "Thank you. Until our warehouse takes it over you can change or cancel it yourself.",
)
