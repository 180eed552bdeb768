"""The difference of two revisions."""

from __future__ import annotations

import pytest

from placet.orders.content import (
    Content,
    ContentAllocation,
    ContentLine,
    CostCenterMark,
    Place,
)
from placet.requisitions.differences import difference

ICU = Place("adr_1", "ICU", "", "", "", "DE", "")
WARD = Place("adr_2", "Ward 3", "", "", "", "DE", "")


def line(
    number: int, sku: str, quantity: int, price: int = 100, ship_to: str = "adr_1"
) -> ContentLine:
    total = quantity * price
    part = ContentAllocation(quantity, ship_to, "ctr_1", "", total, 0, 0)
    return ContentLine(
        number,
        f"prd_{sku}",
        sku,
        sku,
        "1",
        "x/",
        quantity,
        price,
        None,
        None,
        1,
        total,
        0,
        0,
        (part,),
    )


def content(*lines: ContentLine, **changes: object) -> Content:
    goods = sum(one.total_minor for one in lines)
    made = Content(
        *("req_1", "REQ-1", "Week 48", "cmp", "unt", "mem", "cart", "EUR"),
        *(goods, 0, 0, 0, goods),
        None,
        (ICU, WARD),
        (CostCenterMark("ctr_1", "4410", "ICU"),),
        "net_30",
        {"po": "PR-1"},
        "",
        "",
        "2026-12-08",
        lines,
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def test_the_same_content_has_no_difference_also_when_prices_are_held_longer() -> None:
    before = content(line(1, "A", 3))
    assert not difference(before, before._replace(prices_held_until="2026-12-24"))


def test_lines_are_added_removed_and_changed() -> None:
    before = content(line(1, "A", 3), line(2, "B", 1))
    after = content(line(1, "A", 2), line(2, "C", 1))
    found = difference(before, after)
    assert [(one.kind, one.line.sku) for one in found.lines] == [
        ("changed", "A"),
        ("added", "C"),
        ("removed", "B"),
    ]
    assert [(one.field, one.before, one.after) for one in found.lines[0].fields] == [
        ("quantity", 3, 2),
        ("total_minor", 300, 200),
    ]


def test_a_line_that_only_got_another_number_did_not_change() -> None:
    before = content(line(1, "A", 3), line(2, "B", 1))
    found = difference(before, content(line(1, "B", 1)))
    assert [one.kind for one in found.lines] == ["removed"]


def test_a_price_and_a_place_are_told_by_name() -> None:
    before = content(line(1, "A", 3))
    after = content(line(1, "A", 3, price=90, ship_to="adr_2"))
    fields = {
        one.field: (one.before, one.after) for one in difference(before, after).lines[0].fields
    }
    assert fields["unit_price_minor"] == (100, 90)
    assert fields["ship_to"] == ("ICU", "Ward 3")


def test_a_split_line_says_how_many_go_where() -> None:
    whole = line(1, "A", 3)
    parts = (
        ContentAllocation(2, "adr_1", "ctr_1", "", 200, 0, 0),
        ContentAllocation(1, "adr_2", "ctr_1", "", 100, 0, 0),
    )
    changed = difference(content(whole), content(whole._replace(allocations=parts))).lines[0]
    assert changed.fields[0][:3] == ("ship_to", "ICU", "2 × ICU, 1 × Ward 3")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"references": {"po": "PR-2"}}, "references.po"),
        ({"justification": "A new bed"}, "justification"),
        ({"bill_to": WARD}, "bill_to"),
        ({"terms": "prepaid"}, "terms"),
        ({"tax_minor": 1}, "tax_minor"),
    ],
)
def test_what_stands_above_the_lines_is_told(changes: dict[str, object], field: str) -> None:
    before = content(line(1, "A", 3))
    found = difference(before, before._replace(**changes))  # type: ignore[arg-type]
    assert [one.field for one in found.fields] == [field]
