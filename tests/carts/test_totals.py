"""The arithmetic: whatever the prices, parts add up to their whole."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.money import round_half_up
from placet.policy.totals import Part, apportioned, line_total, shares_of

MINOR = st.integers(0, 10**12)
RATES = st.sampled_from([0, 500, 700, 1900, 2300])
PARTS = st.lists(st.builds(Part, MINOR, RATES), min_size=1, max_size=30)


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_shares_add_up_and_none_is_negative(amount: int, weights: list[int]) -> None:
    shares = apportioned(amount, weights)
    assert sum(shares) == amount
    assert min(shares) >= 0
    assert len(shares) == len(weights)


@given(PARTS, MINOR, RATES)
def test_shipping_and_tax_add_up(parts: list[Part], shipping: int, rate: int) -> None:
    shares = shares_of(parts, shipping, rate)
    assert sum(share.shipping_minor for share in shares) == shipping
    assert min(share.tax_minor for share in shares) >= 0


@given(PARTS, MINOR, RATES)
def test_tax_is_rounded_once_a_rate(parts: list[Part], shipping: int, rate: int) -> None:
    nets = {rate: shipping}
    for part in parts:
        nets[part.tax_basis_points] = nets.get(part.tax_basis_points, 0) + part.goods_minor
    expected = sum(round_half_up(Fraction(net * at, 10_000)) for at, net in nets.items())
    assert sum(share.tax_minor for share in shares_of(parts, shipping, rate)) == expected


@given(PARTS)
def test_what_is_taxed_at_one_rate_never_bears_the_tax_of_another(parts: list[Part]) -> None:
    shares = shares_of(parts, 0, 1900)
    for rate in {part.tax_basis_points for part in parts}:
        there = [place for place, part in enumerate(parts) if part.tax_basis_points == rate]
        net = sum(parts[place].goods_minor for place in there)
        borne = sum(shares[place].tax_minor for place in there)
        assert borne == round_half_up(Fraction(net * rate, 10_000))


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (100, [1, 1, 1], [33, 33, 34]),
        (1, [1, 1], [0, 1]),
        (5, [0, 0], [0, 5]),
        (10, [3, 0], [10, 0]),
        (7, [], []),
    ],
)
def test_the_remainder_goes_to_the_last(amount: int, weights: list[int], shares: list[int]) -> None:
    assert apportioned(amount, weights) == shares


@pytest.mark.parametrize(
    ("price", "quantity", "price_quantity", "total"),
    [
        (1999, 1, 100, 20),
        (1999, 100, 100, 1999),
        (1, 50, 100, 1),
        (1, 49, 100, 0),
        (890, 3, 1, 2670),
    ],
)
def test_a_price_per_hundred_rounds_half_up(
    price: int, quantity: int, price_quantity: int, total: int
) -> None:
    assert line_total(price, quantity, price_quantity) == total
