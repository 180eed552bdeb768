"""Pages in the order of a column: every row once, in both directions, among twins and nothings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.http import QueryDict

from placet.requisitions.models import Requisition
from placet.web.paging import page_of, page_sorted
from tests.cast import Cast
from tests.web.inbox.multiply import multiply
from tests.web.road import waiting

pytestmark = pytest.mark.django_db
SIZE = 4


@pytest.fixture
def purchases(cast: Cast) -> list[Requisition]:
    """Twenty-three: totals repeat after seven, and every third has no day on which it ends."""
    multiply(waiting(cast), 22)
    rows = list(Requisition.objects.order_by("pk"))
    for number, row in enumerate(rows):
        ends = None if number % 3 == 0 else cast.now + timedelta(days=number % 4)
        Requisition.objects.filter(pk=row.pk).update(expires_at=ends)
    return list(Requisition.objects.order_by("pk"))


@pytest.mark.parametrize("is_falling", [False, True])
@pytest.mark.parametrize("column", ["total_minor", "expires_at", "requester__user__name", "late"])
def test_pages_of_a_column_are_the_whole_list(
    purchases: list[Requisition], column: str, is_falling: bool
) -> None:
    rows = Requisition.objects.annotate(late=F("expires_at")).select_related("requester__user")
    found, query = [], QueryDict("")
    while True:
        page = page_sorted(rows, column, query, is_falling=is_falling, size=SIZE)
        found += page.rows
        if not page.next_query:
            break
        query = QueryDict(page.next_query)
    assert sorted(row.pk for row in found) == [row.pk for row in purchases]
    if "__" not in column:
        values = [getattr(row, column) for row in found]
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=is_falling)
        assert values[: len(known)] == known, "rows without a value come last"


def test_pages_of_the_newest_are_the_whole_list(purchases: list[Requisition]) -> None:
    Requisition.objects.filter(pk__in=[row.pk for row in purchases[::2]]).update(
        submitted_at=purchases[0].submitted_at
    )
    found, query = [], QueryDict("")
    while True:
        page = page_of(Requisition.objects.all(), "submitted_at", query, SIZE)
        found += page.rows
        if not page.next_query:
            break
        query = QueryDict(page.next_query)
    assert found == list(Requisition.objects.order_by("-submitted_at", "-pk"))
