"""An order as UBL: what the merchant reads, in the standard's names and order, and nothing else."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from placet.companies.models import Company, Member, ReferenceField
from placet.documents.ubl import AGGREGATE, BASIC, ORDER, order_as_ubl
from placet.orders.content import Content, write_content
from placet.orders.models import Order
from placet.policy.money import plain_amount
from tests.api.caller import own_key_of
from tests.cast import NOW, Cast
from tests.requisitions.test_golden_hashes import CONTENT_2
from tests.requisitions.test_place_order import approved_after

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).with_name("order.ubl.xml")
SPACES = {"": ORDER, "cac": AGGREGATE, "cbc": BASIC}
SEQUENCES = {
    # The children of each aggregate that is written, in the order of the standard's schemas.
    "Order": "CustomizationID ProfileID ID IssueDate IssueTime OrderTypeCode Note "
    "DocumentCurrencyCode CustomerReference QuotationDocumentReference OriginatorDocumentReference "
    "BuyerCustomerParty SellerSupplierParty OriginatorCustomerParty Delivery PaymentTerms "
    "AllowanceCharge TaxTotal AnticipatedMonetaryTotal OrderLine",
    "Party": "PartyIdentification PartyName PostalAddress PartyTaxScheme PartyLegalEntity Contact",
    "PostalAddress": "StreetName AdditionalStreetName CityName PostalZone Country",
    "Address": "StreetName AdditionalStreetName CityName PostalZone Country",
    "PartyTaxScheme": "CompanyID TaxScheme",
    "Delivery": "Quantity DeliveryLocation RequestedDeliveryPeriod",
    "DeliveryLocation": "ID Description Name Address",
    "RequestedDeliveryPeriod": "StartDate EndDate",
    "AllowanceCharge": "ChargeIndicator AllowanceChargeReasonCode AllowanceChargeReason Amount",
    "AnticipatedMonetaryTotal": "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount "
    "ChargeTotalAmount PayableAmount",
    "LineItem": "ID Quantity LineExtensionAmount Delivery AllowanceCharge Price Item",
    "Price": "PriceAmount BaseQuantity",
    "Item": "Description Name SellersItemIdentification ClassifiedTaxCategory",
    "ClassifiedTaxCategory": "ID Percent TaxScheme",
}


def order_of(cast: Cast, content: Content = CONTENT_2) -> Order:
    """An order of Lena's with this content, as it would be read from its row."""
    company = Company.objects.get(slug="meridian")
    return Order(
        number="ORD-7",
        company=company,
        buyer=Member.objects.get(pk=cast.lena.member_id),
        requisition_number=content.number,
        content=write_content(content)[0],
        terms=content.terms,
        placed_at=NOW,
    )


def name_of(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def found(root: ElementTree.Element, path: str) -> list[str]:
    return [element.text or "" for element in root.findall(path, SPACES)]


def test_the_whole_of_it_is_as_it_was_written_down(cast: Cast) -> None:
    ReferenceField.objects.create(
        created_at=NOW,
        company_id=cast.lena.company_id,
        key="building",
        name="Building",
        is_for_supplier=True,
    )
    assert order_as_ubl(order_of(cast)).decode() == GOLDEN.read_text(encoding="utf-8")


def test_everything_stands_in_the_order_of_the_standard(cast: Cast) -> None:
    root = ElementTree.fromstring(order_as_ubl(order_of(cast)))
    for element in root.iter():
        children = [name_of(child) for child in element]
        if len(children) > 1:
            sequence = SEQUENCES[name_of(element)].split()
            assert children == sorted(children, key=sequence.index), name_of(element)
        assert children or element.text, f"{name_of(element)} is empty"


def test_its_amounts_add_up(cast: Cast) -> None:
    root = ElementTree.fromstring(order_as_ubl(order_of(cast)))

    def minor(path: str) -> int:
        return sum(int(text.replace(".", "")) for text in found(root, path))

    total = "cac:AnticipatedMonetaryTotal/cbc:"
    lines = minor("cac:OrderLine/cac:LineItem/cbc:LineExtensionAmount")
    charges = minor("cac:AllowanceCharge/cbc:Amount")
    assert lines == minor(f"{total}LineExtensionAmount")
    assert lines + charges == minor(f"{total}TaxExclusiveAmount")
    tax = minor("cac:TaxTotal/cbc:TaxAmount")
    assert lines + charges + tax == minor(f"{total}PayableAmount") == CONTENT_2.total_minor


def test_what_is_the_buyers_own_stays_with_the_buyer(cast: Cast) -> None:
    secret = CONTENT_2._replace(
        justification="CANARY reason",
        lines=(CONTENT_2.lines[0]._replace(note="CANARY note", part_number="CANARY number"),),
        references={"po": "PR-88121", "project": "CANARY project"},
    )
    ReferenceField.objects.create(
        created_at=NOW, company_id=cast.lena.company_id, key="project", name="Project"
    )
    written = order_as_ubl(order_of(cast, secret)).decode()
    assert "PR-88121" in written
    assert "CANARY" not in written
    assert "4410" not in written, "cost centres are the buyer's own"


@pytest.mark.parametrize("text", ["<b>&amp;</b>", 'a "quoted" name', "Łódź 中文 😀", "tab\there"])
def test_what_people_wrote_is_text(cast: Cast, text: str) -> None:
    content = CONTENT_2._replace(lines=(CONTENT_2.lines[0]._replace(name=text),))
    root = ElementTree.fromstring(order_as_ubl(order_of(cast, content)))
    assert found(root, "cac:OrderLine/cac:LineItem/cac:Item/cbc:Name") == [text]


def test_signs_that_xml_does_not_know_are_replaced(cast: Cast) -> None:
    content = CONTENT_2._replace(lines=(CONTENT_2.lines[0]._replace(name="a\x00b\ufffe"),))
    root = ElementTree.fromstring(order_as_ubl(order_of(cast, content)))
    assert found(root, "cac:OrderLine/cac:LineItem/cac:Item/cbc:Name") == ["a\ufffdb\ufffd"]


@pytest.mark.parametrize(("currency", "written"), [("JPY", "137124"), ("KWD", "137.124")])
def test_currencies_keep_their_own_places(cast: Cast, currency: str, written: str) -> None:
    content = CONTENT_2._replace(currency=currency)
    root = ElementTree.fromstring(order_as_ubl(order_of(cast, content)))
    amount = root.find("cac:AnticipatedMonetaryTotal/cbc:PayableAmount", SPACES)
    assert amount is not None
    assert (amount.text, amount.get("currencyID")) == (written, currency)
    assert written == plain_amount(content.total_minor, currency)


def test_it_is_fetched_by_both_sides_and_by_no_outsider(cast: Cast) -> None:
    requisition = approved_after(cast, lambda: None)
    order = Order.objects.get(requisition_id=requisition.pk)
    address = f"/orders/{order.pk}/order.ubl.xml"
    for person, status in ((cast.lena, 200), (cast.tomas, 200), (cast.ola, 404)):
        answer = own_key_of(person).get(address)
        assert answer.status == status, person.name
        if status == 200:
            root = ElementTree.fromstring(answer.content)
            assert found(root, "cbc:ID") == [order.number]
