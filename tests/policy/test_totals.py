"""Shares add up exactly, in currencies of 0, 2 and 3 decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.totals import Part, apportioned, discounted, line_total, shares_of

AMOUNTS = st.integers(0, 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


def test_lines_round_half_up_and_know_prices_per_hundred():
    assert line_total(1_250, 3) == 3_750
    assert line_total(125, 1, 100) == 1
    assert line_total(150, 1, 100) == 2
    assert line_total(333, Decimal("0.5")) == 167


def test_the_remainder_goes_to_the_last():
    assert apportioned(100, [1, 1, 1]) == [33, 33, 34]
    assert apportioned(-100, [1, 1, 1]) == [-33, -33, -34]
    assert apportioned(7, [0, 0]) == [0, 7]
    assert apportioned(7, []) == []


@given(st.integers(-(10**12), 10**12), WEIGHTS)
def test_shares_are_the_whole(amount, weights):
    shares = apportioned(amount, weights)
    assert sum(shares) == amount
    assert all(abs(share) <= abs(amount) for share in shares)


@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.integers(0, 10_000))
def test_a_discount_leaves_no_part_below_zero(goods, per_mille):
    discount = sum(goods) * per_mille // 10_000
    net = discounted(goods, discount)
    assert sum(net) == sum(goods) - discount
    assert all(0 <= after <= before for after, before in zip(net, goods, strict=True))


def test_a_discount_of_more_than_the_goods_is_refused():
    with pytest.raises(ValueError, match="discount"):
        discounted([100], 101)


@given(
    st.lists(st.tuples(AMOUNTS, st.sampled_from([0, 500, 800, 2_300])), min_size=1, max_size=8),
    st.integers(0, 10**6),
    st.sampled_from([0, 2_300]),
)
def test_shipping_and_tax_of_the_parts_are_those_of_the_whole(parts, shipping, shipping_rate):
    shares = shares_of([Part(*part) for part in parts], shipping, shipping_rate)
    assert sum(share.shipping_minor for share in shares) == shipping
    net_by_rate: dict[int, int] = {shipping_rate: shipping}
    for goods, rate in parts:
        net_by_rate[rate] = net_by_rate.get(rate, 0) + goods
    tax = sum((2 * net * rate + 10_000) // 20_000 for rate, net in net_by_rate.items())
    assert sum(share.tax_minor for share in shares) == tax
