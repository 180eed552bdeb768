"""Golden bytes: how a format writes a content and an event may never change again.

Orders, decisions and the chains of installations out there name these hashes. When one of these
tests fails, do not touch the expected values: give the new shape a new format number, and keep the
readers of all formats before it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from placet.events.canonical import canonical_bytes, sha256
from placet.events.models import Event
from placet.events.record import hash_of
from placet.orders.content import (
    Content,
    ContentAllocation,
    ContentDiscount,
    ContentEnvelope,
    ContentLine,
    ContentQuote,
    ContentShipment,
    ContentTax,
    CostCenterMark,
    Place,
    UnreadableContent,
    read_content,
    write_content,
)

DECOMPOSED = "Go\u0308teborg"
COMPOSED = "G\u00f6teborg"
DOCK = Place(
    "adr_1", "ICU dock", "Hauptstraße 1", "10115", DECOMPOSED, "DE", 'Ring twice, "B" door'
)
STORE = Place("adr_2", "Main store", "Łąkowa 4\\2", "00-001", "Warszawa", "PL", "")
CONTENT = Content(
    requisition="req_1",
    number="REQ-7",
    name="ICU-4 week 48",
    company="com_1",
    unit="unt_1",
    requester="mem_1",
    source="cart",
    currency="EUR",
    goods_minor=124_000,
    discount_minor=0,
    shipping_minor=990,
    tax_minor=23_748,
    total_minor=148_738,
    bill_to=None,
    ship_tos=(DOCK, STORE),
    cost_centers=(CostCenterMark("ccn_1", "4410", "ICU consumables"),),
    terms="net30",
    references={"po": "PR-88121", "building": "B"},
    justification="Week 48\nand the one after",
    requested_on="",
    prices_held_until="2026-12-08",
    lines=(
        ContentLine(
            number=1,
            product="prd_1",
            sku='INF-"SET"',
            name="Infusion set with Luer connector",
            pack="10 pieces",
            category="medical-devices/infusion/",
            quantity=10,
            unit_price_minor=12_400,
            list_price_minor=None,
            last_paid_minor=11_900,
            price_quantity=1,
            total_minor=124_000,
            tax_minor=23_560,
            tax_basis_points=1900,
            allocations=(
                ContentAllocation(6, "adr_1", "ccn_1", "", 74_400, 594, 14_249, 1900),
                ContentAllocation(4, "adr_2", "", "2026-12-01", 49_600, 396, 9_499, 1900),
            ),
        ),
    ),
)
WRITTEN = (
    '{"bill_to":null,"company":"com_1",'
    '"cost_centers":[{"code":"4410","id":"ccn_1","name":"ICU consumables"}],'
    '"currency":"EUR","discount_minor":0,"format":1,"goods_minor":124000,'
    '"justification":"Week 48\\nand the one after",'
    '"lines":[{"allocations":['
    '{"cost_center":"ccn_1","goods_minor":74400,"need_by_on":"","quantity":6,'
    '"ship_to":"adr_1","shipping_minor":594,"tax_minor":14249},'
    '{"cost_center":"","goods_minor":49600,"need_by_on":"2026-12-01","quantity":4,'
    '"ship_to":"adr_2","shipping_minor":396,"tax_minor":9499}],'
    '"category":"medical-devices/infusion/","last_paid_minor":11900,"list_price_minor":null,'
    '"name":"Infusion set with Luer connector","number":1,"pack":"10 pieces","price_quantity":1,'
    '"product":"prd_1","quantity":10,"sku":"INF-\\"SET\\"","tax_basis_points":1900,'
    '"tax_minor":23560,"total_minor":124000,"unit_price_minor":12400}],'
    '"name":"ICU-4 week 48","number":"REQ-7","prices_held_until":"2026-12-08",'
    '"references":{"building":"B","po":"PR-88121"},"requested_on":"","requester":"mem_1",'
    '"requisition":"req_1",'
    '"ship_tos":[{"city":"Göteborg","country":"DE","delivery_note":"Ring twice, \\"B\\" door",'
    '"id":"adr_1","name":"ICU dock","postcode":"10115","street":"Hauptstraße 1"},'
    '{"city":"Warszawa","country":"PL","delivery_note":"","id":"adr_2","name":"Main store",'
    '"postcode":"00-001","street":"Łąkowa 4\\\\2"}],'
    '"shipping_minor":990,"source":"cart","tax_minor":23748,"terms":"net30",'
    '"total_minor":148738,"unit":"unt_1"}'
)
CONTENT_HASH = "fe092c1e07778f5f5e40e487685a0beb3eca3e85e660b8431482322c43dc66c4"
EVENT_HASH = "b9f8e80713e8490d8bc9fa745cf6ae52ebdbc239388164502aa28ab67c450ed2"


LINE = CONTENT.lines[0]._replace(
    total_minor=111_600,
    discount_minor=12_400,
    tax_minor=23_544,
    part_number="KL-7 Ø",
    note="In two boxes",
    references={"bed": "4\\2"},
    allocations=(
        ContentAllocation(6, "adr_1", "ccn_1", "", 66_960, 990, 12_910, 1900),
        ContentAllocation(4, "adr_2", "", "2026-12-01", 44_640, 990, 10_634, 2300),
    ),
)
CONTENT_2 = CONTENT._replace(
    goods_minor=111_600,
    discount_minor=12_400,
    shipping_minor=1_980,
    tax_minor=23_544,
    total_minor=137_124,
    terms="prepayment",
    lines=(LINE,),
    shipments=(
        ContentShipment("adr_1", 66_960, 990, 12_910),
        ContentShipment("adr_2", 44_640, 990, 10_634),
    ),
    discounts=(ContentDiscount("winter", "Winter, 10 %", "line_percent", 12_400),),
    taxes=(ContentTax(1900, 67_950, 12_911), ContentTax(2300, 45_630, 10_633)),
    envelope=ContentEnvelope("sch_1", 150_000, 500, "2027-05-31", 26),
    quote=ContentQuote("qte_1", "QTE-3", "ofr_1", 2, 1_000),
)
WRITTEN_2 = (
    '{"bill_to":null,"company":"com_1","cost_centers":[{"code":"4410","id":"ccn_1",'
    '"name":"ICU consumables"}],"currency":"EUR","discount_minor":12400,'
    '"discounts":[{"amount_minor":12400,"kind":"line_percent","name":"Winter, 10 %",'
    '"promotion":"winter"}],"envelope":{"occurrences":26,"price_basis_points":500,"schedule":"sch_1",'
    '"total_minor":150000,"until_on":"2027-05-31"},"format":2,"goods_minor":111600,'
    '"justification":"Week 48\\nand the one after",'
    '"lines":[{"allocations":[{"cost_center":"ccn_1","goods_minor":66960,"need_by_on":"",'
    '"quantity":6,"ship_to":"adr_1","shipping_minor":990,"tax_basis_points":1900,'
    '"tax_minor":12910},{"cost_center":"","goods_minor":44640,"need_by_on":"2026-12-01",'
    '"quantity":4,"ship_to":"adr_2","shipping_minor":990,"tax_basis_points":2300,'
    '"tax_minor":10634}],"category":"medical-devices/infusion/","discount_minor":12400,'
    '"last_paid_minor":11900,"list_price_minor":null,'
    '"name":"Infusion set with Luer connector","note":"In two boxes","number":1,'
    '"pack":"10 pieces","part_number":"KL-7 Ø","price_quantity":1,"product":"prd_1",'
    '"quantity":10,"references":{"bed":"4\\\\2"},"sku":"INF-\\"SET\\"",'
    '"tax_basis_points":1900,"tax_minor":23544,"total_minor":111600,'
    '"unit_price_minor":12400}],"name":"ICU-4 week 48","number":"REQ-7",'
    '"prices_held_until":"2026-12-08","quote":{"discount_basis_points":1000,'
    '"number":"QTE-3","offer":"ofr_1","offer_number":2,"quote":"qte_1"},'
    '"references":{"building":"B","po":"PR-88121"},'
    '"requested_on":"","requester":"mem_1","requisition":"req_1",'
    '"ship_tos":[{"city":"Göteborg","country":"DE","delivery_note":"Ring twice,'
    ' \\"B\\" door","id":"adr_1","name":"ICU dock","postcode":"10115",'
    '"street":"Hauptstraße 1"},{"city":"Warszawa","country":"PL","delivery_note":"",'
    '"id":"adr_2","name":"Main store","postcode":"00-001","street":"Łąkowa 4\\\\2"}],'
    '"shipments":[{"goods_minor":66960,"ship_to":"adr_1","shipping_minor":990,'
    '"tax_minor":12910},{"goods_minor":44640,"ship_to":"adr_2","shipping_minor":990,'
    '"tax_minor":10634}],"shipping_minor":1980,"source":"cart","tax_minor":23544,'
    '"taxes":[{"basis_points":1900,"net_minor":67950,"tax_minor":12911},'
    '{"basis_points":2300,"net_minor":45630,"tax_minor":10633}],"terms":"prepayment",'
    '"total_minor":137124,"unit":"unt_1"}'
)
CONTENT_HASH_2 = "6773dd988c4ed555e31c54915629298e3baba63c08d6f96c674b1bb0fdb49a1b"


def test_format_1_is_read_for_ever() -> None:
    read = read_content(WRITTEN.encode())
    assert sha256(WRITTEN.encode()) == CONTENT_HASH
    assert read.ship_tos[0].city == COMPOSED
    assert read == CONTENT._replace(ship_tos=(DOCK._replace(city=COMPOSED), STORE))
    assert (read.shipments, read.discounts, read.taxes) == ((), (), ())
    assert (read.envelope, read.quote) == (None, None)


def test_the_bytes_of_format_2_are_what_they_always_were() -> None:
    written, content_hash = write_content(CONTENT_2)
    assert written.decode() == WRITTEN_2
    assert content_hash == CONTENT_HASH_2


def test_format_2_is_read_for_ever_and_written_again_as_it_was() -> None:
    read = read_content(WRITTEN_2.encode())
    assert read == CONTENT_2._replace(ship_tos=(DOCK._replace(city=COMPOSED), STORE))
    assert write_content(read) == (WRITTEN_2.encode(), CONTENT_HASH_2)


def test_an_unknown_format_is_not_read() -> None:
    with pytest.raises(UnreadableContent):
        read_content(WRITTEN_2.replace('"format":2', '"format":3').encode())


def test_the_hash_of_an_event_is_what_it_always_was() -> None:
    event = Event(
        id="evt_1",
        created_at=datetime(2026, 11, 24, 9, 0, 0, 120_000, tzinfo=UTC),
        company_id="com_1",
        seq=2,
        type="requisition.submitted",
        subject="req_1",
        payload=canonical_bytes({"number": "REQ-7", "total_minor": 148_738}).decode(),
        actor_user="usr_1",
        actor_member="mem_1",
        person_user="usr_1",
        channel="web",
        private_hash="a" * 64,
        previous_hash="b" * 64,
    )
    assert hash_of(event) == EVENT_HASH


def test_every_column_of_an_event_is_covered_by_its_hash() -> None:
    plain = {
        "id": "evt_1",
        "company_id": "com_1",
        "seq": 2,
        "type": "a.b",
        "subject": "req_1",
        "payload": "{}",
        "actor_user": "usr_1",
        "actor_member": "mem_1",
        "person_user": "usr_1",
        "channel": "web",
        "private_hash": "",
        "previous_hash": "",
        "created_at": datetime(2026, 11, 24, tzinfo=UTC),
    }
    covered = {field.name for field in Event._meta.concrete_fields} - {"hash"}
    assert covered == set(plain)
    hashes = {hash_of(Event(**plain))}
    for name, value in plain.items():
        other = datetime(2026, 11, 25, tzinfo=UTC) if name == "created_at" else f"{value}7"
        hashes.add(hash_of(Event(**{**plain, name: 27 if name == "seq" else other})))
    assert len(hashes) == len(plain) + 1


def test_canonical_bytes_know_no_spaces_no_order_and_one_form_of_each_letter() -> None:
    assert canonical_bytes({"b": [True, None, -1], "a": DECOMPOSED}) == (
        b'{"a":"G\xc3\xb6teborg","b":[true,null,-1]}'
    )
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
