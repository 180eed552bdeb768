"""What Peppol asks of an order, said again in Python: each rule answers with what breaks it.

Written down from the published structure and rules of Peppol BIS Order only 3 (transaction T01).
The addresses of the access points (``EndpointID``) are left out, since Placet does not know them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from babel.core import get_global

from placet.documents.ubl_elements import AGGREGATE, BASIC

SPACES: Final = {"cac": AGGREGATE, "cbc": BASIC}
ONE, MAYBE, SOME, MANY = (1, 1), (0, 1), (0, 10**9), (1, 10**9)
ADDRESS: Final = {
    **dict.fromkeys(("StreetName", "AdditionalStreetName", "CityName", "PostalZone"), MAYBE),
    **dict.fromkeys(("CountrySubentity", "AddressLine"), MAYBE),
    "Country": ONE,
}
CHARGE: Final = {
    "ChargeIndicator": ONE,
    "AllowanceChargeReasonCode": MAYBE,
    "AllowanceChargeReason": ONE,
    "Amount": ONE,
}
PARTY: Final = {"PartyIdentification": MAYBE, "PartyName": MAYBE, "PartyLegalEntity": ONE}
DATA_MODEL: Final[Mapping[str, Mapping[str, tuple[int, int]]]] = {
    "Order": {
        **dict.fromkeys(("CustomizationID", "ProfileID", "ID", "IssueDate"), ONE),
        **dict.fromkeys(("SalesOrderID", "IssueTime", "OrderTypeCode", "Note"), MAYBE),
        **dict.fromkeys(("CustomerReference", "AccountingCost", "ValidityPeriod"), MAYBE),
        **dict.fromkeys(("QuotationDocumentReference", "OrderDocumentReference"), MAYBE),
        **dict.fromkeys(("OriginatorDocumentReference", "Contract", "ProjectReference"), MAYBE),
        **dict.fromkeys(("DocumentCurrencyCode", "BuyerCustomerParty"), ONE),
        "SellerSupplierParty": ONE,
        **dict.fromkeys(("OriginatorCustomerParty", "AccountingCustomerParty"), MAYBE),
        **dict.fromkeys(("Delivery", "DeliveryTerms", "PaymentTerms", "TaxTotal"), MAYBE),
        "AnticipatedMonetaryTotal": MAYBE,
        "AdditionalDocumentReference": SOME,
        "AllowanceCharge": SOME,
        "OrderLine": MANY,
    },
    "Order/BuyerCustomerParty/Party": {
        **PARTY,
        **dict.fromkeys(("PostalAddress", "PartyTaxScheme", "Contact"), MAYBE),
    },
    "Order/SellerSupplierParty/Party": {**PARTY, "PostalAddress": ONE, "Contact": MAYBE},
    "Order/OriginatorCustomerParty/Party": {
        **dict.fromkeys(("PartyIdentification", "PartyName", "Contact"), MAYBE)
    },
    "Order/Delivery": dict.fromkeys(
        ("DeliveryLocation", "RequestedDeliveryPeriod", "DeliveryParty", "Shipment"), MAYBE
    ),
    "Order/Delivery/DeliveryLocation": {"ID": MAYBE, "Name": MAYBE, "Address": ONE},
    "Order/AllowanceCharge": {**CHARGE, "TaxCategory": MAYBE},
    "Order/TaxTotal": {"TaxAmount": ONE},
    "Order/AnticipatedMonetaryTotal": {
        **dict.fromkeys(("LineExtensionAmount", "PayableAmount"), ONE),
        **dict.fromkeys(("TaxExclusiveAmount", "TaxInclusiveAmount", "PrepaidAmount"), MAYBE),
        **dict.fromkeys(("AllowanceTotalAmount", "ChargeTotalAmount"), MAYBE),
    },
    "Order/OrderLine": {"Note": MAYBE, "LineItem": ONE},
    "Order/OrderLine/LineItem": {
        **dict.fromkeys(("ID", "Quantity", "Item"), ONE),
        **dict.fromkeys(("LineExtensionAmount", "PartialDeliveryIndicator", "Price"), MAYBE),
        **dict.fromkeys(("AccountingCost", "Delivery", "OriginatorParty"), MAYBE),
        "AllowanceCharge": SOME,
    },
    "Order/OrderLine/LineItem/Delivery": {"ID": MAYBE, "RequestedDeliveryPeriod": ONE},
    "Order/OrderLine/LineItem/AllowanceCharge": CHARGE,
    "Order/OrderLine/LineItem/Price": {"PriceAmount": ONE, "BaseQuantity": MAYBE},
    "Order/OrderLine/LineItem/Item": {
        "Name": ONE,
        **dict.fromkeys(("Description", "BuyersItemIdentification"), MAYBE),
        **dict.fromkeys(("SellersItemIdentification", "ClassifiedTaxCategory"), MAYBE),
    },
}
ALLOWANCE_CODES: Final = frozenset({"95"})
CHARGE_CODES: Final = frozenset({"FC"})
UNITS: Final = frozenset({"C62"})
COUNTRIES: Final = frozenset(code for code in get_global("territory_currencies") if len(code) == 2)
CURRENCIES: Final = frozenset(get_global("all_currencies"))
SLACK: Final = Decimal("0.02")


def name_of(element: Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]


def faults(root: Element) -> list[str]:
    """Everything that Peppol would refuse, in words."""
    return [*_shape(root, "Order"), *_sums(root), *_lines(root), *_codes(root), *_decimals(root)]


def _shape(element: Element, path: str) -> Iterator[str]:
    """Empty elements, unknown ones, missing ones, too many of one."""
    children = [name_of(child) for child in element]
    if not children and not (element.text or "").strip():
        yield f"{path} is empty"
    known: Mapping[str, tuple[int, int]] | None = DATA_MODEL.get(path)
    if known is None and name_of(element) in ("PostalAddress", "Address"):
        known = ADDRESS
    if known is not None:
        for name in sorted(set(children) - set(known)):
            yield f"{path}/{name} is not part of the profile"
        for name, (least, most) in known.items():
            if not least <= children.count(name) <= most:
                yield f"{path}/{name} stands {children.count(name)} times"
    for child in element:
        yield from _shape(child, f"{path}/{name_of(child)}")


def amount(element: Element, path: str) -> Decimal:
    """The sum of all values at a path."""
    return sum((Decimal(one.text or "") for one in element.findall(path, SPACES)), Decimal(0))


def _sums(root: Element) -> Iterator[str]:
    totals = "cac:AnticipatedMonetaryTotal/cbc:"
    lines = amount(root, f"{totals}LineExtensionAmount")
    charges = amount(root, f"{totals}ChargeTotalAmount")
    allowances = amount(root, f"{totals}AllowanceTotalAmount")
    net = amount(root, f"{totals}TaxExclusiveAmount")
    gross = amount(root, f"{totals}TaxInclusiveAmount")
    prepaid = amount(root, f"{totals}PrepaidAmount")
    payable = amount(root, f"{totals}PayableAmount")
    if lines != amount(root, "cac:OrderLine/cac:LineItem/cbc:LineExtensionAmount"):
        yield "R008: the sum of the lines"
    if charges - allowances != _charged(root):
        yield "R009, R010: the sums of allowances and charges"
    if net != lines + charges - allowances:
        yield "R011: the total without tax"
    if payable != gross - prepaid or payable < 0:
        yield "R006, R016: the amount to be paid"
    if gross != net + amount(root, "cac:TaxTotal/cbc:TaxAmount"):
        yield "R017: the total with tax"


def _charged(element: Element) -> Decimal:
    found = Decimal(0)
    for one in element.findall("cac:AllowanceCharge", SPACES):
        is_charge = one.findtext("cbc:ChargeIndicator", "", SPACES) == "true"
        found += amount(one, "cbc:Amount") if is_charge else -amount(one, "cbc:Amount")
    return found


def _lines(root: Element) -> Iterator[str]:
    lines = root.findall("cac:OrderLine/cac:LineItem", SPACES)
    numbers = [line.findtext("cbc:ID", "", SPACES) for line in lines]
    if len(set(numbers)) != len(numbers):
        yield "R001: a line's number twice"
    for line in lines:
        quantity, price = amount(line, "cbc:Quantity"), amount(line, "cac:Price/cbc:PriceAmount")
        base = amount(line, "cac:Price/cbc:BaseQuantity")
        if quantity < 0 or price < 0 or base <= 0:
            yield "R004, R005, R025: a quantity or a price below nothing"
        elif (
            abs(amount(line, "cbc:LineExtensionAmount") - quantity * price / base - _charged(line))
            > SLACK
        ):
            yield f"R024: line {line.findtext('cbc:ID', '', SPACES)} is not its price"
        for category in line.findall("cac:Item/cac:ClassifiedTaxCategory", SPACES):
            is_standard = category.findtext("cbc:ID", "", SPACES) == "S"
            if is_standard and amount(category, "cbc:Percent") <= 0:
                yield "R030: standard rated at nothing"


def _codes(root: Element) -> Iterator[str]:
    currency = root.findtext("cbc:DocumentCurrencyCode", "", SPACES)
    if currency not in CURRENCIES:
        yield f"{currency} is no currency"
    for element in root.iter():
        if element.get("currencyID", currency) != currency:
            yield f"R003: {name_of(element)} in another currency"
        if element.get("unitCode", "C62") not in UNITS:
            yield f"{element.get('unitCode')} is no unit"
        if name_of(element) == "IdentificationCode" and element.text not in COUNTRIES:
            yield f"{element.text} is no country"
    for charge in root.iter(f"{{{AGGREGATE}}}AllowanceCharge"):
        is_charge = charge.findtext("cbc:ChargeIndicator", "", SPACES) == "true"
        code = charge.findtext("cbc:AllowanceChargeReasonCode", "", SPACES)
        if code not in (CHARGE_CODES if is_charge else ALLOWANCE_CODES):
            yield f"{code} is no reason"
    for number in root.findall(".//cac:PartyTaxScheme/cbc:CompanyID", SPACES):
        if (number.text or "")[:2] not in COUNTRIES | {"EL"}:
            yield "R026: a tax number without a country"


def _decimals(root: Element) -> Iterator[str]:
    for element in root.iter():
        decimals = len((element.text or "").partition(".")[2])
        if element.get("currencyID") and name_of(element) != "PriceAmount" and decimals > 2:
            yield f"R028: {name_of(element)} has {decimals} decimals"
