"""Who buys, who sells, and on which terms.

Everybody buys in EUR, the currency in which Norden Supply keeps its prices: Kowalski is Polish in
language, zone and address, and pays in EUR, so that every amount on the merchant's screens adds up.
"""

from typing import NamedTuple

from placet.demo.world.shapes import Company, Reference

MERIDIAN = "meridian"
KOWALSKI = "kowalski"
HARBOUR = "harbour"
PARK = "park"
BERG = "berg"
NORDEN = "norden"

COMPANIES = (
    Company(
        NORDEN, "Norden Supply", "merchant", "en", "Europe/Berlin", "DE311200417", "list", 4_000
    ),
    Company(
        MERIDIAN,
        "Meridian Health Group",
        "business",
        "en",
        "Europe/Berlin",
        "DE298450113",
        "mhg-2025",
        1_460,
        po_pattern=r"PR-\d{5}",
        po_hint="PR-00000",
        mail_decisions_up_to_minor=5_000_00,
    ),
    Company(
        KOWALSKI,
        "Kowalski Sp. z o.o.",
        "business",
        "pl",
        "Europe/Warsaw",
        "PL7792401835",
        "kowalski",
        410,
        offered_terms=("prepayment",),
    ),
    # The same PO numbers and part numbers as Meridian's, so that a leak would be seen.
    Company(
        HARBOUR,
        "Harbour Dental",
        "business",
        "en",
        "Europe/Dublin",
        "IE6388047V",
        "list",
        730,
        po_pattern=r"PR-\d{5}",
        po_hint="PR-00000",
    ),
    Company(
        PARK,
        "The Park family",
        "household",
        "en",
        "Europe/Berlin",
        "",
        "household",
        300,
        payment_terms="direct_debit",
    ),
    # A household of one, and a new customer: orders freely, but the store looks at the first order.
    Company(
        BERG,
        "Hanna Berg",
        "household",
        "en",
        "Europe/Berlin",
        "",
        "household",
        1,
        payment_terms="direct_debit",
    ),
)

REFERENCES = (
    Reference(MERIDIAN, "po", "PO reference", required=True, for_the_supplier=True),
    Reference(MERIDIAN, "project", "Project number", required=False, for_the_supplier=False),
    Reference(MERIDIAN, "ward", "Ward and bed", required=False, for_the_supplier=True),
    Reference(HARBOUR, "po", "PO reference", required=True, for_the_supplier=True),
    Reference(KOWALSKI, "po", "Numer zamówienia", required=False, for_the_supplier=True),
)


class StoreTerms(NamedTuple):
    """What Norden Supply asks of every order, in cents of goods net after discounts."""

    minimum_order_minor: int
    shipping_fee_minor: int
    free_shipping_from_minor: int
    shipping_tax_basis_points: int
    price_hold_days: int


STORE_TERMS = StoreTerms(100_00, 9_90, 250_00, 1900, 14)
