"""Geometry of the charts: everything is drawn, nothing reaches over the edge."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from placet.plans.back_test_result import LoadDescription, Totals, Week
from placet.web.back_tests.charts import HEIGHT, draw_load, draw_outcomes, draw_weeks

COUNTS = some.integers(0, 10**6)
MONDAY = date(2026, 11, 16)


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


@given(some.tuples(COUNTS, COUNTS, COUNTS))
def test_the_parts_of_a_bar_stand_side_by_side_and_fill_it(
    counts: tuple[int, int, int],
) -> None:
    free, approval, blocked = counts
    nothing = Totals(*[0] * len(Totals._fields))
    bar, empty = draw_outcomes(
        nothing._replace(free_before=free, approval_before=approval, blocked_before=blocked)
    )
    assert empty.parts == ()
    assert [part.purchases for part in bar.parts] == [count for count in counts if count]
    end = 0.0
    for part in bar.parts:
        assert abs(percent(part.x) - end) < 0.01
        end = percent(part.x) + percent(part.width)
    assert not bar.parts or abs(end - 100) < 0.01


@given(some.lists(some.tuples(COUNTS, COUNTS), max_size=20))
def test_every_week_has_its_two_bars_and_none_is_lost(pairs: list[tuple[int, int]]) -> None:
    weeks = [
        Week(MONDAY + timedelta(days=7 * place), sum(pair), *pair, 0, 0)
        for place, pair in enumerate(pairs)
    ]
    chart = draw_weeks(weeks, lambda week: (week.approval_before, week.approval_after))
    assert chart.highest == max((max(pair) for pair in pairs), default=0)
    for bars in chart.weeks:
        for count, y, height in (
            (bars.before, bars.y_before, bars.height_before),
            (bars.after, bars.y_after, bars.height_after),
        ):
            assert (height > 0) == (count > 0)
            assert y + height == HEIGHT
            assert y >= 0
        assert bars.x_after < chart.width


@given(some.lists(some.tuples(COUNTS, COUNTS), max_size=10))
def test_the_longest_bar_is_the_largest_load(pairs: list[tuple[int, int]]) -> None:
    rows = draw_load([LoadDescription("mem", "Somebody", *pair) for pair in pairs])
    widths = [percent(width) for row in rows for width in (row.before_width, row.after_width)]
    assert all(0 <= width <= 100 for width in widths)
    assert not any(map(any, pairs)) or max(widths) == 100
    assert [row.more for row in rows] == [after - before for before, after in pairs]
