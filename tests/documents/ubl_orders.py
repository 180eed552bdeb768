"""Contents of orders that differ in what UBL has to say: one of each kind."""

from __future__ import annotations

from collections.abc import Sequence

from placet.orders.content import (
    Content,
    ContentAllocation,
    ContentDiscount,
    ContentLine,
    ContentShipment,
    ContentTax,
    Place,
    adds_up,
)
from placet.policy.totals import line_total
from tests.requisitions.test_golden_hashes import CONTENT, CONTENT_2, LINE

DOCK = Place("adr_1", "ICU dock", "Hauptstraße 1\nGate 3", "10115", "Berlin", "DE", "Ring twice")
STORE = Place("adr_2", "Main store", "Łąkowa 4", "00-001", "Warszawa", "PL", "")
OFFICE = Place("adr_9", "Accounts", "Hauptstraße 2", "10115", "Berlin", "DE", "")
RATE = 1_900
NASTY = "a < b & \"c\" 'd' ]]> <!-- - --> \u202e Łódź 中文 😀 tab\there"


def line_of(
    number: int,
    *,
    quantity: int,
    price: int,
    per: int = 1,
    discount: int = 0,
    rate: int = RATE,
    sku: str = "GLV-M",
    name: str = "Nitrile glove M",
    product: str = "prd_1",
) -> ContentLine:
    """A line that goes to the dock as a whole."""
    goods = line_total(price, quantity, per) - discount
    tax = line_total(goods, rate, 10_000)
    return LINE._replace(
        number=number,
        product=product,
        sku=sku,
        name=name,
        pack="box of 100",
        quantity=quantity,
        unit_price_minor=price,
        price_quantity=per,
        discount_minor=discount,
        total_minor=goods,
        tax_minor=tax,
        tax_basis_points=rate,
        part_number="",
        note="",
        references={},
        allocations=(ContentAllocation(quantity, "adr_1", "", "", goods, 0, tax, rate),),
    )


def split(line: ContentLine, parts: Sequence[tuple[int, str, str, str]]) -> ContentLine:
    """The same line in parts of (quantity, place, cost centre, day)."""
    left_goods, left_tax = line.total_minor, line.tax_minor
    allocations = []
    for number, (quantity, place, cost_center, need_by_on) in enumerate(parts, start=1):
        is_last = number == len(parts)
        goods = left_goods if is_last else line.total_minor * quantity // line.quantity
        tax = left_tax if is_last else line.tax_minor * quantity // line.quantity
        left_goods, left_tax = left_goods - goods, left_tax - tax
        allocations.append(
            ContentAllocation(
                quantity, place, cost_center, need_by_on, goods, 0, tax, line.tax_basis_points
            )
        )
    return line._replace(allocations=tuple(allocations))


def content_of(
    *lines: ContentLine,
    shipping: int = 0,
    places: tuple[Place, ...] = (DOCK,),
    currency: str = "EUR",
    terms: str = "net_30",
) -> Content:
    """An order of these lines whose sums are right; shipping is taxed in the first part."""
    shipping_tax = line_total(shipping, RATE, 10_000)
    first = lines[0]
    taxed = first.allocations[0]
    head = taxed._replace(shipping_minor=shipping, tax_minor=taxed.tax_minor + shipping_tax)
    lines = (
        first._replace(
            tax_minor=first.tax_minor + shipping_tax, allocations=(head, *first.allocations[1:])
        ),
        *lines[1:],
    )
    goods = sum(line.total_minor for line in lines)
    tax = sum(line.tax_minor for line in lines)
    discount = sum(line.discount_minor for line in lines)
    parts = [part for line in lines for part in line.allocations]
    content = CONTENT._replace(
        currency=currency,
        goods_minor=goods,
        discount_minor=discount,
        shipping_minor=shipping,
        tax_minor=tax,
        total_minor=goods + shipping + tax,
        bill_to=OFFICE,
        ship_tos=places,
        cost_centers=(),
        terms=terms,
        lines=lines,
        discounts=(ContentDiscount("spring", "Spring", "line_percent", discount),)
        if discount
        else (),
        shipments=tuple(
            ContentShipment(
                place.id,
                sum(part.goods_minor for part in parts if part.ship_to == place.id),
                sum(part.shipping_minor for part in parts if part.ship_to == place.id),
                sum(part.tax_minor for part in parts if part.ship_to == place.id),
            )
            for place in places
        ),
        taxes=tuple(
            ContentTax(
                rate,
                sum(
                    part.goods_minor + part.shipping_minor
                    for part in parts
                    if part.tax_basis_points == rate
                ),
                sum(part.tax_minor for part in parts if part.tax_basis_points == rate),
            )
            for rate in sorted({part.tax_basis_points for part in parts})
        ),
    )
    assert adds_up(content), "the parts of this content are not its whole"
    return content


CONTENTS = {
    "plain": content_of(line_of(1, quantity=40, price=1_290)),
    "price_per_hundred": content_of(line_of(1, quantity=250, price=1_999, per=100)),
    "discounts": content_of(
        line_of(1, quantity=40, price=1_290, discount=5_160),
        line_of(2, quantity=3, price=333, sku="SET-1", name="Infusion set"),
        shipping=990,
    ),
    "rates": content_of(
        line_of(1, quantity=1, price=100),
        line_of(2, quantity=1, price=100, rate=700, sku="BOOK"),
        line_of(3, quantity=1, price=100, rate=0, sku="STAMP"),
    ),
    "several_places": content_of(
        split(
            line_of(1, quantity=10, price=999, discount=333),
            [(3, "adr_1", "ccn_1", ""), (3, "adr_1", "ccn_2", ""), (4, "adr_2", "", "2026-12-01")],
        ),
        line_of(2, quantity=2, price=500, sku="SET-1", name="Infusion set"),
        places=(DOCK, STORE),
        shipping=1_980,
    ),
    "several_days": content_of(
        split(
            line_of(1, quantity=10, price=1_000),
            [(6, "adr_1", "", ""), (4, "adr_1", "", "2026-12-01")],
        )
    )._replace(requested_on="2026-11-30"),
    "no_decimals": content_of(line_of(1, quantity=7, price=1_290), currency="JPY"),
    "three_decimals": content_of(line_of(1, quantity=7, price=12_905), currency="KWD"),
    "prepayment": content_of(line_of(1, quantity=2, price=5_000), terms="prepayment"),
    "any_sign": content_of(line_of(1, quantity=1, price=5_000, name=NASTY, sku='IN<F>-"SET"&')),
    "of_a_shop": content_of(
        line_of(1, quantity=2, price=1_250, product="", sku="SHOP-1", name="Their own product"),
        line_of(2, quantity=1, price=9_900, product="", sku="", name="A service"),
    ),
    "of_a_quote": CONTENT_2,
}
"""By what is special about each; every one has a golden file of its name beside the tests."""
