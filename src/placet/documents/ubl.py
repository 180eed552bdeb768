"""An order as UBL 2.1, with the fields of the Peppol BIS Order only 3 profile.

Element names, their order and the code lists (UNCL 1001, 5189, 7161, 5305, UN/ECE Recommendation
20) are those of the OASIS standard of 2013. An electronic address of either side is an agreement
of their access points, which Placet does not know: whoever sends it over Peppol adds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from placet.companies.models import Company, ReferenceField
from placet.companies.queries import get_merchant
from placet.orders.content import Content, ContentAllocation, ContentLine, Place, read_content
from placet.orders.models import Order
from placet.policy.money import plain_amount

ORDER: Final = "urn:oasis:names:specification:ubl:schema:xsd:Order-2"
AGGREGATE: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
BASIC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CUSTOMIZATION: Final = "urn:fdc:peppol.eu:poacc:trns:order:3"
PROFILE: Final = "urn:fdc:peppol.eu:poacc:bis:order_only:3"
PURCHASE_ORDER: Final = "220"
EACH: Final = "C62"
"""One of what the line says; the pack stands in the item's description."""
FREIGHT: Final = "FC"
DISCOUNT: Final = "95"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for prefix, namespace in (("", ORDER), ("cac", AGGREGATE), ("cbc", BASIC)):
    register_namespace(prefix, namespace)


def order_as_ubl(order: Order) -> bytes:
    """The order as the merchant may read it, from the bytes that were approved; UTF-8.

    Internal notes, part numbers, cost centres and references of the buyer's own are left out.
    """
    content = read_content(order.content)
    root = Element(f"{{{ORDER}}}Order")
    _head(root, order, content)
    _parties(root, order, content)
    if len(content.ship_tos) == 1:
        _delivery(root, content.ship_tos[0], content.requested_on)
    if order.terms:
        _text(_group(root, "PaymentTerms"), "Note", order.terms)
    if content.shipping_minor:
        _charge(root, True, FREIGHT, content.shipping_minor, content.currency)
    _amount(_group(root, "TaxTotal"), "TaxAmount", content.tax_minor, content.currency)
    _totals(root, content)
    for line in content.lines:
        _line(root, content, line)
    indent(root)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _head(root: Element, order: Order, content: Content) -> None:
    _text(root, "CustomizationID", CUSTOMIZATION)
    _text(root, "ProfileID", PROFILE)
    _text(root, "ID", order.number)
    _text(root, "IssueDate", order.placed_at.date().isoformat())
    _text(root, "IssueTime", f"{order.placed_at:%H:%M:%SZ}")
    _text(root, "OrderTypeCode", PURCHASE_ORDER)
    for said in _references(order, content):
        _text(root, "Note", said)
    _text(root, "DocumentCurrencyCode", content.currency)
    _text(root, "CustomerReference", content.po_number)
    if content.quote is not None:
        _text(_group(root, "QuotationDocumentReference"), "ID", content.quote.number)
    _text(_group(root, "OriginatorDocumentReference"), "ID", order.requisition_number)


def _references(order: Order, content: Content) -> Iterator[str]:
    """The company's own fields that are meant for the supplier."""
    fields = ReferenceField.objects.filter(company_id=order.company_id, is_for_supplier=True)
    for key, name in fields.order_by("key").values_list("key", "name"):
        if content.references.get(key):
            yield f"{name}: {content.references[key]}"


def _parties(root: Element, order: Order, content: Content) -> None:
    buyer = _group(_group(root, "BuyerCustomerParty"), "Party")
    _party(buyer, order.company, content.bill_to)
    seller = _group(_group(root, "SellerSupplierParty"), "Party")
    _party(seller, get_merchant(), None)
    originator = _group(_group(root, "OriginatorCustomerParty"), "Party")
    _text(_group(originator, "PartyName"), "Name", order.company.name)
    _text(_group(originator, "Contact"), "Name", order.buyer.user.name)


def _party(party: Element, company: Company, place: Place | None) -> None:
    _text(_group(party, "PartyIdentification"), "ID", company.slug)
    _text(_group(party, "PartyName"), "Name", company.name)
    if place is not None:
        _address(_group(party, "PostalAddress"), place)
    if company.tax_number:
        scheme = _group(party, "PartyTaxScheme")
        _text(scheme, "CompanyID", company.tax_number)
        _text(_group(scheme, "TaxScheme"), "ID", "VAT")
    _text(_group(party, "PartyLegalEntity"), "RegistrationName", company.name)


def _delivery(
    parent: Element, place: Place | None, wanted_on: str, quantity: int | None = None
) -> None:
    delivery = _group(parent, "Delivery")
    if quantity is not None:
        _text(delivery, "Quantity", str(quantity)).set("unitCode", EACH)
    if place is not None:
        location = _group(delivery, "DeliveryLocation")
        _text(location, "ID", place.id)
        _text(location, "Description", place.delivery_note)
        _text(location, "Name", place.name)
        _address(_group(location, "Address"), place)
    if wanted_on:
        period = _group(delivery, "RequestedDeliveryPeriod")
        _text(period, "StartDate", wanted_on)
        _text(period, "EndDate", wanted_on)


def _address(parent: Element, place: Place) -> None:
    first, *others = place.street.splitlines() or [""]
    _text(parent, "StreetName", first)
    _text(parent, "AdditionalStreetName", ", ".join(others))
    _text(parent, "CityName", place.city)
    _text(parent, "PostalZone", place.postcode)
    _text(_group(parent, "Country"), "IdentificationCode", place.country)


def _totals(root: Element, content: Content) -> None:
    totals = _group(root, "AnticipatedMonetaryTotal")
    _amount(totals, "LineExtensionAmount", content.goods_minor, content.currency)
    _amount(totals, "TaxExclusiveAmount", content.net_minor, content.currency)
    _amount(totals, "TaxInclusiveAmount", content.total_minor, content.currency)
    if content.shipping_minor:
        _amount(totals, "ChargeTotalAmount", content.shipping_minor, content.currency)
    _amount(totals, "PayableAmount", content.total_minor, content.currency)


def _line(root: Element, content: Content, line: ContentLine) -> None:
    item_line = _group(_group(root, "OrderLine"), "LineItem")
    _text(item_line, "ID", str(line.number))
    _text(item_line, "Quantity", str(line.quantity)).set("unitCode", EACH)
    _amount(item_line, "LineExtensionAmount", line.total_minor, content.currency)
    _deliveries(item_line, content, line.allocations)
    if line.discount_minor:
        _charge(item_line, False, DISCOUNT, line.discount_minor, content.currency)
    price = _group(item_line, "Price")
    _amount(price, "PriceAmount", line.unit_price_minor, content.currency)
    _text(price, "BaseQuantity", str(line.price_quantity)).set("unitCode", EACH)
    _item(item_line, line)


def _deliveries(item_line: Element, content: Content, parts: Sequence[ContentAllocation]) -> None:
    """Where the parts go; nothing where all of the order goes to one place, whenever it comes."""
    is_one_place = len(content.ship_tos) == 1
    for part in parts:
        wanted_on = part.need_by_on or content.requested_on
        if is_one_place and not part.need_by_on:
            continue
        place = None if is_one_place else content.ship_to_named(part.ship_to)
        _delivery(item_line, place, wanted_on, part.quantity)


def _item(item_line: Element, line: ContentLine) -> None:
    item = _group(item_line, "Item")
    _text(item, "Description", line.pack)
    _text(item, "Name", line.name)
    _text(_group(item, "SellersItemIdentification"), "ID", line.sku)
    category = _group(item, "ClassifiedTaxCategory")
    _text(category, "ID", "S" if line.tax_basis_points else "Z")
    _text(category, "Percent", f"{line.tax_basis_points / 100:.2f}")
    _text(_group(category, "TaxScheme"), "ID", "VAT")


def _charge(parent: Element, is_charge: bool, code: str, amount_minor: int, currency: str) -> None:
    charge = _group(parent, "AllowanceCharge")
    _text(charge, "ChargeIndicator", "true" if is_charge else "false")
    _text(charge, "AllowanceChargeReasonCode", code)
    _text(charge, "AllowanceChargeReason", "Freight" if is_charge else "Discount")
    _amount(charge, "Amount", amount_minor, currency)


def _group(parent: Element, name: str) -> Element:
    return SubElement(parent, f"{{{AGGREGATE}}}{name}")


def _text(parent: Element, name: str, text: str) -> Element:
    """A value; one that is empty is not said, since the standard knows no empty elements."""
    element = Element(f"{{{BASIC}}}{name}")
    element.text = _NOT_XML.sub("\ufffd", text)
    if text:
        parent.append(element)
    return element


def _amount(parent: Element, name: str, amount_minor: int, currency: str) -> None:
    _text(parent, name, plain_amount(amount_minor, currency)).set("currencyID", currency)
