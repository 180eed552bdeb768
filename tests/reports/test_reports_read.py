"""Every report can be read by every grouping, by those who may, at the same cost for any size."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.core.errors import Forbidden, NotFound
from placet.reports.reading import KINDS, list_kinds, read_report
from placet.reports.values import Kind
from tests.cast import Cast
from tests.quotes.talks import GLOVES, ask, prices, say
from tests.requisitions.road import fill_cart, submit
from tests.web.road import ordered, waiting

pytestmark = pytest.mark.django_db
READINGS = [(kind, one.key) for kind in KINDS for one in kind.groupings]


def some(cast: Cast, name: str) -> None:
    """An order that needed nobody, one that two approved, one that waits, and a quote."""
    submit(fill_cart(cast, (GLOVES, 20), name=name), actor=cast.lena, now=cast.now)
    say(ask(cast, (GLOVES, 100)), cast.mira, prices((GLOVES, 100, 700)))


@pytest.mark.parametrize(("kind", "by"), READINGS, ids=lambda one: getattr(one, "key", one))
def test_it_is_read_by_every_grouping_at_the_same_cost(kind: Kind, by: str, cast: Cast) -> None:
    reader = cast.odd if kind.side == "merchant" else cast.ines
    ordered(cast)
    waiting(cast)
    some(cast, "One")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            report = read_report(reader, kind.key, by=by, period="quarter", now=cast.now)
        assert report.grouping.key == by
        assert report.rows or kind.key == "budgets"
        return len(captured)

    cost()
    few = cost()
    for name in ("Two", "Three", "Four"):
        some(cast, name)
    assert cost() == few
    assert few < 40


def test_everybody_finds_the_reports_of_their_side(cast: Cast) -> None:
    assert [kind.key for kind in list_kinds(cast.odd)] == ["sales", "orders", "quotes"]
    assert [kind.key for kind in list_kinds(cast.tomas)] == ["sales", "orders"]
    of_ines = [kind.key for kind in list_kinds(cast.ines)]
    assert of_ines == ["spend", "outcomes", "approvals", "rules", "budgets"]
    assert [kind.key for kind in list_kinds(cast.lena)] == ["budgets"]


def test_nobody_reads_the_others_side(cast: Cast) -> None:
    with pytest.raises(NotFound):
        read_report(cast.ines, "sales", now=cast.now)
    with pytest.raises(NotFound):
        read_report(cast.odd, "spend", now=cast.now)
    with pytest.raises(Forbidden):
        read_report(cast.tomas, "quotes", now=cast.now)
    with pytest.raises(Forbidden):
        read_report(cast.lena, "spend", now=cast.now)
