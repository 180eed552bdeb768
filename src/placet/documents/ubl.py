"""An order as UBL 2.1, in the elements that the Peppol BIS Order only 3 profile knows.

Element names, their order and the code lists (UNCL 1001, 5189, 7161, 5305, UN/ECE Recommendation
20, ISO 3166 and 4217) are those of the OASIS standard of 2013 and of the profile. An electronic
address of either side is an agreement of their access points, which Placet does not know: whoever
sends it over Peppol adds both. The profile has one place to deliver to; of several, each line names
its own by id, and the note says where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from placet.companies.models import Address, Company, ReferenceField
from placet.companies.queries import get_merchant
from placet.documents.ubl_elements import begin, group, say, say_amount, say_in, written
from placet.documents.ubl_parts import LinePart, parts_of
from placet.orders.content import Content, Place, read_content
from placet.orders.models import Order
from placet.orders.payments import received_minor
from placet.policy.terms import PREPAYMENT

CUSTOMIZATION: Final = "urn:fdc:peppol.eu:poacc:trns:order:3"
PROFILE: Final = "urn:fdc:peppol.eu:poacc:bis:order_only:3"
PURCHASE_ORDER: Final = "220"
EACH: Final = "C62"
"""One of what the line says; the pack stands in the item's description."""
FREIGHT: Final = "FC"
DISCOUNT: Final = "95"


def order_as_ubl(order: Order) -> bytes:
    """The order as the merchant may read it, from the bytes that were approved; UTF-8.

    Internal notes, part numbers, cost centres and references of the buyer's own are left out.
    """
    content = read_content(order.content)
    root = begin()
    _head(root, order, content)
    _parties(root, order, content)
    if len(content.ship_tos) == 1:
        _delivery(root, content.ship_tos[0], content.requested_on)
    say_in(root, ("PaymentTerms",), "Note", order.terms)
    if content.shipping_minor:
        _charge(root, True, FREIGHT, content.shipping_minor, content.currency)
    say_amount(group(root, "TaxTotal"), "TaxAmount", content.tax_minor, content.currency)
    _totals(root, order, content)
    for line in content.lines:
        for part in parts_of(line, content):
            _line(root, order, content, part)
    return written(root)


def _head(root: Element, order: Order, content: Content) -> None:
    say(root, "CustomizationID", CUSTOMIZATION)
    say(root, "ProfileID", PROFILE)
    say(root, "ID", order.number)
    say(root, "SalesOrderID", order.erp_number)
    say(root, "IssueDate", order.placed_at.date().isoformat())
    say(root, "IssueTime", f"{order.placed_at:%H:%M:%SZ}")
    say(root, "OrderTypeCode", PURCHASE_ORDER)
    say(root, "Note", "\n".join((*_references(order, content), *_places(content))))
    say(root, "DocumentCurrencyCode", content.currency)
    say(root, "CustomerReference", content.po_number)
    if content.quote is not None:
        say_in(root, ("QuotationDocumentReference",), "ID", content.quote.number)
    say_in(root, ("OriginatorDocumentReference",), "ID", order.requisition_number)


def _references(order: Order, content: Content) -> Iterator[str]:
    """The company's own fields that are meant for the supplier."""
    fields = ReferenceField.objects.filter(company_id=order.company_id, is_for_supplier=True)
    for key, name in fields.order_by("key").values_list("key", "name"):
        if content.references.get(key):
            yield f"{name}: {content.references[key]}"


def _places(content: Content) -> Iterator[str]:
    """Where the ids of lines lead, when there are several places."""
    if len(content.ship_tos) > 1:
        for place in content.ship_tos:
            street = ", ".join(place.street.splitlines())
            where = (place.name, street, f"{place.postcode} {place.city}", place.country)
            said = ", ".join(part for part in (*where, place.delivery_note) if part.strip())
            yield f"{place.id}: {said}"


def _parties(root: Element, order: Order, content: Content) -> None:
    company, merchant = order.company, get_merchant()
    buyer = group(root, "BuyerCustomerParty", "Party")
    _names(buyer, company)
    if content.bill_to is not None:
        _address(group(buyer, "PostalAddress"), content.bill_to)
    # The profile takes a number that begins with the country whose tax office gave it.
    if company.tax_number[:2].isascii() and company.tax_number[:2].isalpha():
        scheme = group(buyer, "PartyTaxScheme")
        say(scheme, "CompanyID", company.tax_number.upper())
        say_in(scheme, ("TaxScheme",), "ID", "VAT")
    say_in(buyer, ("PartyLegalEntity",), "RegistrationName", company.name)
    seller = group(root, "SellerSupplierParty", "Party")
    _names(seller, merchant)
    _seat(seller, merchant)
    say_in(seller, ("PartyLegalEntity",), "RegistrationName", merchant.name)
    originator = group(root, "OriginatorCustomerParty", "Party")
    say_in(originator, ("PartyName",), "Name", company.name)
    say_in(originator, ("Contact",), "Name", order.buyer.user.name)


def _names(party: Element, company: Company) -> None:
    say_in(party, ("PartyIdentification",), "ID", company.slug)
    say_in(party, ("PartyName",), "Name", company.name)


def _seat(party: Element, merchant: Company) -> None:
    """Where the merchant is: its first address, else the country whose holidays it keeps."""
    own = Address.objects.filter(company=merchant, closed_at=None).order_by("kind", "created_at")
    row = own.first()
    if row is not None:
        place = Place(row.pk, row.name, row.street, row.postcode, row.city, row.country, "")
        _address(group(party, "PostalAddress"), place)
    else:
        country = merchant.holiday_country
        say_in(party, ("PostalAddress", "Country"), "IdentificationCode", country)


def _delivery(parent: Element, place: Place, wanted_on: str) -> None:
    delivery = group(parent, "Delivery")
    location = group(delivery, "DeliveryLocation")
    say(location, "ID", place.id)
    say(location, "Name", place.name)
    _address(group(location, "Address"), place)
    if wanted_on:
        _period(delivery, wanted_on, wanted_on)


def _period(delivery: Element, from_on: str, until_on: str) -> None:
    period = group(delivery, "RequestedDeliveryPeriod")
    say(period, "StartDate", from_on)
    say(period, "EndDate", until_on)


def _address(parent: Element, place: Place) -> None:
    first, *others = place.street.splitlines() or [""]
    say(parent, "StreetName", first)
    say(parent, "AdditionalStreetName", ", ".join(others))
    say(parent, "CityName", place.city)
    say(parent, "PostalZone", place.postcode)
    say_in(parent, ("AddressLine",), "Line", place.delivery_note)
    say_in(parent, ("Country",), "IdentificationCode", place.country)


def _totals(root: Element, order: Order, content: Content) -> None:
    prepaid = received_minor(order) if order.terms == PREPAYMENT else 0
    prepaid = min(prepaid, content.total_minor)
    totals = group(root, "AnticipatedMonetaryTotal")
    currency = content.currency
    say_amount(totals, "LineExtensionAmount", content.goods_minor, currency)
    say_amount(totals, "TaxExclusiveAmount", content.net_minor, currency)
    say_amount(totals, "TaxInclusiveAmount", content.total_minor, currency)
    if content.shipping_minor:
        say_amount(totals, "ChargeTotalAmount", content.shipping_minor, currency)
    if prepaid:
        say_amount(totals, "PrepaidAmount", prepaid, currency)
    say_amount(totals, "PayableAmount", content.total_minor - prepaid, currency)


def _line(root: Element, order: Order, content: Content, part: LinePart) -> None:
    line = part.line
    item_line = group(root, "OrderLine", "LineItem")
    say(item_line, "ID", part.number)
    say(item_line, "Quantity", str(part.quantity)).set("unitCode", EACH)
    say_amount(item_line, "LineExtensionAmount", part.goods_minor, content.currency)
    if part.ship_to or part.need_by_on:
        delivery = group(item_line, "Delivery")
        say(delivery, "ID", part.ship_to)
        # The profile wants a period beside a place: without a wish it begins with the order.
        wanted_on = part.need_by_on or content.requested_on
        _period(delivery, wanted_on or order.placed_at.date().isoformat(), wanted_on)
    if part.discount_minor:
        _charge(item_line, False, DISCOUNT, part.discount_minor, content.currency)
    price = group(item_line, "Price")
    say_amount(price, "PriceAmount", line.unit_price_minor, content.currency)
    say(price, "BaseQuantity", str(line.price_quantity)).set("unitCode", EACH)
    _item(item_line, part)


def _item(item_line: Element, part: LinePart) -> None:
    item = group(item_line, "Item")
    say(item, "Description", part.line.pack)
    say(item, "Name", part.line.name if part.line.name.strip() else part.line.sku)
    say_in(item, ("SellersItemIdentification",), "ID", part.line.sku)
    category = group(item, "ClassifiedTaxCategory")
    say(category, "ID", "S" if part.tax_basis_points else "Z")
    say(category, "Percent", f"{part.tax_basis_points / 100:.2f}")
    say_in(category, ("TaxScheme",), "ID", "VAT")


def _charge(parent: Element, is_charge: bool, code: str, amount_minor: int, currency: str) -> None:
    charge = group(parent, "AllowanceCharge")
    say(charge, "ChargeIndicator", "true" if is_charge else "false")
    say(charge, "AllowanceChargeReasonCode", code)
    say(charge, "AllowanceChargeReason", "Freight" if is_charge else "Discount")
    say_amount(charge, "Amount", amount_minor, currency)
