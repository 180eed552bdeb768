"""What a shop states is added up here: every part adds up to its whole, whatever it states."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from placet.carts.pricing import Split
from placet.requisitions.posting.stating import price_as_stated
from placet.requisitions.posting.values import (
    PostedLine,
    PostedProduct,
    PostedPurchase,
    PostedShipping,
)

LINES = st.lists(
    st.tuples(
        st.integers(1, 1_000_000),
        st.integers(0, 10**7),
        st.sampled_from([1, 100, 1000]),
        st.sampled_from([0, 700, 1900]),
        st.sampled_from(["a", "b"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(lines=LINES, fee=st.integers(0, 10_000), rate=st.sampled_from([0, 700, 1900]))
def test_parts_shipments_and_rates_add_up_to_the_total(
    lines: list[tuple[int, int, int, int, str]], fee: int, rate: int
) -> None:
    posted = PostedPurchase(
        "EUR",
        tuple(
            PostedLine(f"S-{at}", quantity, PostedProduct("x", price, per, tax))
            for at, (quantity, price, per, tax, _place) in enumerate(lines)
        ),
        shipping_tax_basis_points=rate,
    )
    wanted = [(Split(line[0], line[4], "", None),) for line in lines]
    shipping = [PostedShipping(fee, lines[0][4])]
    priced = price_as_stated(posted, wanted, shipping, added_by_id="mem_1")
    parts = [part for line in priced.lines for part in line.allocations]
    assert sum(part.goods_minor for part in parts) == priced.goods_minor
    assert sum(part.shipping_minor for part in parts) == priced.shipping_minor == fee
    assert sum(part.tax_minor for part in parts) == priced.tax_minor
    assert sum(one.tax_minor for one in priced.taxes) == priced.tax_minor
    assert sum(one.goods_minor for one in priced.shipments) == priced.goods_minor
    assert priced.total_minor == priced.goods_minor + fee + priced.tax_minor
    assert {line.product.id for line in priced.lines} == {""}
