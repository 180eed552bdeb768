"""Orders under the names of their customers: every row once, in both directions, on every page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict

from placet.companies.models import Company
from placet.core.errors import NotFound
from placet.requisitions.models import Requisition
from placet.web import paging_by_owner
from placet.web.paging_by_owner import Owner, page_by_owner
from tests.cast import Cast
from tests.web.inbox.multiply import multiply
from tests.web.road import waiting

pytestmark = pytest.mark.django_db
SIZE = 4
CUSTOMER = Owner("company", "name")


@pytest.fixture
def purchases(cast: Cast) -> list[Requisition]:
    """Thirty of all companies: many of some and few of others, and two of them are namesakes."""
    multiply(waiting(cast), 29)
    companies = list(Company.objects.order_by("name", "pk"))
    assert len(companies) >= 3
    Company.objects.filter(pk=companies[0].pk).update(name=companies[1].name)
    shares = [0] * 12 + [1] * 2 + [2] * 16
    for number, row in enumerate(Requisition.objects.order_by("pk")):
        row.company = companies[shares[number]]
        # Some at the same moment, where the page is cut.
        row.submitted_at = cast.now + timedelta(minutes=number // 3)
        row.number = f"REQ-{number + 1}"
        row.save(update_fields=["company", "submitted_at", "number"])
    return list(Requisition.objects.select_related("company").order_by("pk"))


@pytest.mark.parametrize("is_falling", [False, True])
@pytest.mark.parametrize("plenty", [5, 1_000], ids=["walked", "sorted"])
def test_pages_are_the_whole_list_in_its_order(
    purchases: list[Requisition], monkeypatch: pytest.MonkeyPatch, plenty: int, is_falling: bool
) -> None:
    monkeypatch.setattr(paging_by_owner, "PLENTY", plenty)
    rows = Requisition.objects.select_related("company")
    found, query = [], QueryDict("")
    while True:
        page = page_by_owner(
            rows, CUSTOMER, "submitted_at", query, is_falling=is_falling, size=SIZE
        )
        assert page.count == len(purchases)
        found += page.rows
        if not page.next_query:
            break
        assert len(page.rows) == SIZE
        query = QueryDict(page.next_query)
    newest = sorted(purchases, key=lambda row: (row.submitted_at, row.pk), reverse=True)
    expected = sorted(
        newest, key=lambda row: (row.company.name, row.company_id), reverse=is_falling
    )
    assert [row.pk for row in found] == [row.pk for row in expected]


def test_a_page_behind_a_row_that_is_not_listed_is_refused(purchases: list[Requisition]) -> None:
    rows = Requisition.objects.exclude(pk=purchases[0].pk)
    with pytest.raises(NotFound):
        page_by_owner(rows, CUSTOMER, "submitted_at", QueryDict(f"after={purchases[0].pk}"))


def test_plenty_of_rows_are_not_sorted(
    purchases: list[Requisition], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sorted is a few pages, however many rows the first customers have."""
    monkeypatch.setattr(paging_by_owner, "PLENTY", 5)
    rows = Requisition.objects.all()
    begin = paging_by_owner._begin(rows, CUSTOMER, "submitted_at", None, False, 2)
    assert 2 <= rows.filter(begin).count() < 12
