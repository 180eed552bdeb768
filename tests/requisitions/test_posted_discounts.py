"""What a shop takes off is shared to the last minor unit, in currencies of 0, 2 and 3 decimals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placet.carts.pricing import PricedCart, Split
from placet.core.errors import InvalidInput
from placet.policy.totals import line_total
from placet.requisitions.posting.stating import price_as_stated
from placet.requisitions.posting.values import (
    PostedDiscount,
    PostedLine,
    PostedProduct,
    PostedPurchase,
    PostedShipping,
)

# Quantity, unit price, price quantity, tax rate, and the thousandths that are taken off.
LINES = st.lists(
    st.tuples(
        st.integers(2, 10_000),
        st.integers(0, 10**6),
        st.sampled_from([1, 100, 1000]),
        st.sampled_from([0, 700, 1900]),
        st.integers(0, 1000),
    ),
    min_size=1,
    max_size=6,
)
OFF_ALL = st.lists(st.integers(0, 500), max_size=2)


@settings(max_examples=60, deadline=None)
@given(
    lines=LINES,
    off_all=OFF_ALL,
    fee=st.integers(0, 10_000),
    currency=st.sampled_from(["JPY", "EUR", "KWD"]),
)
def test_every_part_adds_up_to_its_whole(
    lines: list[tuple[int, int, int, int, int]], off_all: list[int], fee: int, currency: str
) -> None:
    gross = [line_total(price, quantity, per) for quantity, price, per, _tax, _off in lines]
    off = [minor * line[4] // 1000 for minor, line in zip(gross, lines, strict=True)]
    left = sum(gross) - sum(off)
    all_goods = [left * share // 1000 for share in off_all]
    posted = PostedPurchase(
        currency,
        tuple(
            PostedLine(
                f"S-{at}",
                quantity,
                PostedProduct("x", price, per, tax, discount_minor=off[at], promotion=f"P{at % 2}"),
            )
            for at, (quantity, price, per, tax, _off) in enumerate(lines)
        ),
        shipping_tax_basis_points=1900,
        discounts=tuple(PostedDiscount(f"All {at}", one) for at, one in enumerate(all_goods)),
    )
    wanted = [
        (Split(1, "a", "", None), Split(line[0] - 1, "b" if line[0] % 2 else "a", "", None))
        for line in lines
    ]
    priced = price_as_stated(posted, wanted, [PostedShipping(fee, "a")], added_by_id="mem_1")
    assert priced.discount_minor == sum(off) + sum(all_goods)
    assert priced.goods_minor == sum(gross) - priced.discount_minor
    assert [line.gross_minor for line in priced.lines] == gross
    assert all(line.discount_minor >= off[at] for at, line in enumerate(priced.lines))
    _adds_up(priced, fee)


def _adds_up(priced: PricedCart, fee: int) -> None:
    parts = [part for line in priced.lines for part in line.allocations]
    assert all(part.goods_minor >= 0 for part in parts)
    assert sum(part.goods_minor for part in parts) == priced.goods_minor
    assert sum(line.discount_minor for line in priced.lines) == priced.discount_minor
    assert sum(one.amount_minor for one in priced.discounts) == priced.discount_minor
    assert sum(one.goods_minor for one in priced.shipments) == priced.goods_minor
    assert sum(one.tax_minor for one in priced.taxes) == priced.tax_minor
    assert sum(one.net_minor for one in priced.taxes) == priced.goods_minor + fee
    assert priced.total_minor == priced.goods_minor + fee + priced.tax_minor


def one_line(
    off_minor: int, promotion: str, *off_all: PostedDiscount, price_minor: int = 10_00
) -> PricedCart:
    """Three pieces of something."""
    product = PostedProduct("x", price_minor, discount_minor=off_minor, promotion=promotion)
    posted = PostedPurchase("EUR", (PostedLine("S", 3, product),), discounts=off_all)
    wanted = [(Split(3, "a", "", None),)]
    return price_as_stated(posted, wanted, [], added_by_id="mem_1")


def test_a_discount_of_a_line_is_listed_by_its_name_and_so_is_that_of_all() -> None:
    priced = one_line(3_00, " Autumn ", PostedDiscount("Voucher", 7_00))
    assert [tuple(one) for one in priced.discounts] == [
        ("", "Autumn", "line_amount", 3_00),
        ("", "Voucher", "order_amount", 7_00),
    ]
    assert (priced.goods_minor, priced.lines[0].promotion) == (20_00, "Autumn")


def test_all_of_it_may_be_taken_off() -> None:
    priced = one_line(30_00, "Gift")
    assert (priced.goods_minor, priced.total_minor) == (0, 0)


@pytest.mark.parametrize(
    ("off_minor", "promotion", "off_all", "path", "code"),
    [
        (30_01, "Autumn", (), "lines/0/discount_minor", "too_large"),
        (-1, "Autumn", (), "lines/0/discount_minor", "too_large"),
        (1, " ", (), "lines/0/promotion", "required"),
        (0, "", (PostedDiscount("V", 30_01),), "discounts/0/amount_minor", "too_large"),
        (0, "", (PostedDiscount("V", -1),), "discounts/0/amount_minor", "too_large"),
        (0, "", (PostedDiscount("", 1),), "discounts/0/name", "required"),
        (
            20_00,
            "A",
            (PostedDiscount("V", 10_00), PostedDiscount("W", 1)),
            "discounts/1/amount_minor",
            "too_large",
        ),
    ],
)
def test_more_than_there_is_or_without_a_name_is_refused(
    off_minor: int, promotion: str, off_all: tuple[PostedDiscount, ...], path: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        one_line(off_minor, promotion, *off_all)
    assert (refused.value.path, refused.value.code) == (path, code)
