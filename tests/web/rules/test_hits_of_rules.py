"""Hits on the page: how often, by week, for eyes and for screen readers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.plans.hits import DAYS, RuleHits
from placet.plans.models import RuleHit
from placet.web.rules.sparklines import HEIGHT, draw_sparkline
from tests.cast import Cast
from tests.rulebooks.rules import meridian
from tests.web.pages import page, queries_of
from tests.web.road import waiting

TODAY = date(2026, 11, 24)


@given(st.lists(st.integers(0, 500), min_size=DAYS, max_size=DAYS))
def test_the_bars_add_up_and_stay_inside(daily: list[int]) -> None:
    drawn = draw_sparkline(RuleHits(sum(daily), tuple(daily)), TODAY)
    assert sum(bar.matched for bar in drawn.bars) == sum(daily) == drawn.total
    assert len(drawn.bars) == 13
    assert drawn.bars[-1].starts_on == TODAY - timedelta(days=6)
    assert drawn.bars[0].starts_on == TODAY - timedelta(days=DAYS - 1)
    for bar in drawn.bars:
        assert 0 < bar.height <= HEIGHT
        assert bar.y + bar.height == HEIGHT
        assert bar.x + 6 <= drawn.width
        assert (bar.height > 1) == (bar.matched > 0)


def test_a_rule_without_hits_has_no_bars() -> None:
    assert draw_sparkline(None) == (0, 0, 1, ())


@pytest.mark.django_db
def test_a_requisition_is_a_hit_of_the_rules_that_it_matched(cast: Cast) -> None:
    requisition = waiting(cast)
    RuleHit.objects.filter(requisition_id=requisition.pk).update(created_at=cast.now)
    shown = page(cast.ines, "rules/")
    assert "Medical devices: matched 1 requisition in 90 days, at most 1 in a week" in shown
    assert shown.count("Matched nothing in 90 days") == 1
    assert '<caption class="head">Requisitions that it matched</caption>' in shown


@pytest.mark.django_db
def test_more_hits_cost_no_more_queries(cast: Cast) -> None:
    book = meridian(cast)
    path = f"rules/{book.pk}/draft/"
    before = queries_of(cast.ines, "rules/"), queries_of(cast.ines, path)
    RuleHit.objects.bulk_create(
        RuleHit(
            created_at=cast.now - timedelta(days=number),
            rulebook_id=book.pk,
            version=1,
            rule=rule,
            requisition_id=f"req_{number}",
        )
        for number in range(80)
        for rule in ("finance", "medical-devices")
    )
    assert (queries_of(cast.ines, "rules/"), queries_of(cast.ines, path)) <= before
