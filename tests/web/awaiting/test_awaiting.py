"""What customers still have to approve: filtered, kept as a view, taken along as a file."""

from __future__ import annotations

import csv
import io

import pytest

from placet.companies.models import SavedView
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.web.pages import as_actor, page
from tests.web.road import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    return waiting(cast)


@pytest.mark.parametrize("query", ["q=REQ-1", "q=lena", "q=Meridian", "waits=them", "q=", "waits="])
def test_what_matches_is_shown(cast: Cast, requisition: Requisition, query: str) -> None:
    assert requisition.name in page(cast.tomas, f"awaiting/?{query}")


@pytest.mark.parametrize("query", ["q=nobody", "waits=us", "customer=cmp_1", "q=4410"])
def test_what_does_not_match_can_be_cleared(
    cast: Cast, requisition: Requisition, query: str
) -> None:
    shown = page(cast.tomas, f"awaiting/?{query}")
    assert requisition.name not in shown
    assert "Clear filters" in shown


def test_one_customer_is_chosen_by_the_list_of_them(cast: Cast, requisition: Requisition) -> None:
    shown = page(cast.tomas, f"awaiting/?customer={requisition.company_id}")
    assert requisition.name in shown
    assert f'value="{requisition.company_id}" selected' in shown


@pytest.mark.parametrize(
    ("query", "status"),
    [("waits=everybody", 200), ("q=" + "x" * 101, 200), ("q=%00", 404), ("after=nonsense", 404)],
)
def test_odd_filters_do_no_harm(
    cast: Cast, requisition: Requisition, query: str, status: int
) -> None:
    assert as_actor(cast.tomas).get(f"/c/norden/awaiting/?{query}").status_code == status


def test_the_file_has_what_is_shown_and_nothing_of_the_buyers_own(
    cast: Cast, requisition: Requisition
) -> None:
    Requisition.objects.filter(pk=requisition.pk).update(po_number="PR-88121")
    requisition.unit.__class__.objects.filter(pk=requisition.unit_id).update(name="CANARY unit")
    answer = as_actor(cast.tomas).get("/c/norden/awaiting/export/?q=REQ-1")
    text = answer.content.decode()
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert {row["Requisition"] for row in rows} == {requisition.number}
    assert len(rows) == requisition.revision.lines.count()
    assert "CANARY" not in text
    nothing = as_actor(cast.tomas).get("/c/norden/awaiting/export/?waits=us").content.decode()
    assert len(nothing.splitlines()) == 1
    picked = as_actor(cast.tomas).get("/c/norden/awaiting/export/?pick=req_1&format=xlsx")
    assert picked.content.startswith(b"PK")


def test_outsiders_get_nothing_of_it(cast: Cast, requisition: Requisition) -> None:
    for person in (cast.lena, cast.ola):
        assert as_actor(person).get("/c/norden/awaiting/export/").status_code == 404
        own = as_actor(person).get(f"/c/{person.company_slug}/awaiting/export/")
        assert requisition.number not in own.content.decode()


def test_a_view_of_it_is_kept(cast: Cast, requisition: Requisition) -> None:
    answer = as_actor(cast.tomas).post(
        "/c/norden/views/", {"list": "awaiting", "name": "Meridian", "query": "q=meridian"}
    )
    assert answer.status_code == 302
    assert SavedView.objects.get().query == "q=meridian"
    assert "Meridian" in page(cast.tomas, "awaiting/")
