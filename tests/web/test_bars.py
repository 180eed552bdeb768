"""Budget bars: the parts fill exactly what is taken, and nothing stands outside."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from placet.web.bars import BarLayout, lay_out_bar

AMOUNTS = st.integers(0, 10**15)


def parts(bar: BarLayout) -> list[tuple[str, float, float]]:
    """Kind, start and width in percent."""
    return [(s.kind, float(s.x.rstrip("%")), float(s.width.rstrip("%"))) for s in bar.segments]


def test_the_golden_cart() -> None:
    bar = lay_out_bar(25_000_00, 18_400_00, 2_100_00, 3_240_00)
    assert bar.left_minor == 1_260_00
    assert bar.over_minor == 0
    assert [(s.kind, s.x, s.width) for s in bar.segments] == [
        ("committed", "0%", "73.6%"),
        ("reserved", "73.6%", "8.4%"),
        ("this", "82%", "12.96%"),
    ]


def test_what_is_too_much_is_shown_as_too_much() -> None:
    bar = lay_out_bar(25_000_00, 18_400_00, 2_100_00, 5_000_00)
    assert (bar.left_minor, bar.over_minor) == (0, 500_00)
    assert bar.segments[-1].kind == "over"
    assert bar.segments[-1].width == "1.961%"


def test_an_overdrawn_budget_has_no_room_for_this() -> None:
    bar = lay_out_bar(25_000_00, 26_000_00, 0, 3_240_00)
    assert [segment.kind for segment in bar.segments] == ["committed", "over"]
    assert bar.over_minor == 4_240_00


def test_a_budget_of_nothing() -> None:
    assert lay_out_bar(0, 0, 0, 0).segments == ()
    assert [segment.kind for segment in lay_out_bar(0, 0, 0, 5).segments] == ["over"]
    assert lay_out_bar(0, 0, 0, 5).used == 1


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_parts_stand_side_by_side_inside_the_bar(
    amount: int, committed: int, reserved: int, this: int
) -> None:
    bar = lay_out_bar(amount, committed, reserved, this)
    end = 0.0
    for _, start, width in parts(bar):
        assert abs(start - end) < 0.01
        end = start + width
    taken = committed + reserved + this
    filled = 100 * min(1, taken / amount) if amount else 100 * (taken > 0)
    assert abs(end - filled) < 0.01
    assert bar.left_minor == 0 or bar.over_minor == 0
    assert bar.left_minor - bar.over_minor == amount - committed - reserved - this
