"""Splitting a line: the parts add up, and go only where the member may order to."""

from datetime import date

import pytest

from placet.carts.actions import AllocationValues, allocate_line
from placet.carts.models import CartAllocation, CartLine
from placet.core.errors import Conflict, InvalidInput, NotFound
from tests.cast import Cast


def test_a_line_is_split_and_made_whole_again(line: CartLine, cast: Cast) -> None:
    parts = [
        AllocationValues(5, cast.address["ICU dock"], cast.cost_center["meridian/4410"]),
        AllocationValues(7, need_by_on=date(2026, 12, 1)),
    ]
    version = line.version
    allocate_line(line, allocations=parts, version=version, actor=cast.lena, now=cast.now)
    rows = CartAllocation.objects.filter(line=line).order_by("position")
    assert [(row.quantity, row.ship_to_id) for row in rows] == [
        (5, cast.address["ICU dock"]),
        (7, None),
    ]
    with pytest.raises(Conflict):
        allocate_line(line, allocations=[], version=version, actor=cast.lena, now=cast.now)
    allocate_line(line, allocations=[], version=line.version, actor=cast.lena, now=cast.now)
    assert not CartAllocation.objects.filter(line=line).exists()


@pytest.mark.parametrize("quantities", [[5, 6], [13], [12, 0], [13, -1], [1] * 51])
def test_parts_add_up_and_are_positive(line: CartLine, cast: Cast, quantities: list[int]) -> None:
    parts = [AllocationValues(quantity) for quantity in quantities]
    with pytest.raises(InvalidInput):
        allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    assert not CartAllocation.objects.exists()


def test_a_part_goes_nowhere_out_of_reach(line: CartLine, cast: Cast) -> None:
    for part in (
        AllocationValues(12, ship_to_id=cast.address["Magazyn"]),
        AllocationValues(12, ship_to_id=cast.address["Accounts payable"]),
        AllocationValues(12, cost_center_id=cast.cost_center["kowalski/4410"]),
    ):
        with pytest.raises(NotFound):
            allocate_line(line, allocations=[part], actor=cast.lena, now=cast.now)


def test_an_outsider_splits_nothing(line: CartLine, cast: Cast) -> None:
    with pytest.raises(NotFound):
        allocate_line(line, allocations=[], actor=cast.ola, now=cast.now)
