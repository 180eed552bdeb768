"""Views beside the lists: kept from the address, found again with one click."""

from __future__ import annotations

import pytest
from django.urls import reverse

from placet.companies.actions.views import save_view
from placet.companies.models import SavedView
from placet.companies.saved_views import LISTS
from placet.web.audit.forms import AuditFilter
from placet.web.awaiting.filters import AwaitingFilter
from placet.web.calls.forms import CallForm
from placet.web.customers.forms import CustomerFilter
from placet.web.deliveries.forms import DeliveryFilter
from placet.web.inbox.forms import InboxFilter
from placet.web.members.forms import MemberFilter
from placet.web.orders.filters import OrderFilter
from placet.web.quotes.forms import QuoteFilter
from placet.web.reports.forms import ReportForm
from placet.web.requisitions.forms import RequisitionFilter
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db
FORMS = {
    "orders": OrderFilter,
    "awaiting": AwaitingFilter,
    "requisitions": RequisitionFilter,
    "inbox": InboxFilter,
    "quotes": QuoteFilter,
    "customers": CustomerFilter,
    "members": MemberFilter,
    "audit": AuditFilter,
    "calls": CallForm,
    "deliveries": DeliveryFilter,
    "reports": ReportForm,
}


@pytest.mark.parametrize("list_name", FORMS)
def test_a_view_may_say_what_the_filters_of_its_list_say(list_name: str) -> None:
    """A filter that is added to a list is added to ``companies/saved_views.py`` too."""
    assert set(FORMS[list_name].base_fields) == LISTS[list_name]


@pytest.mark.parametrize("list_name", LISTS)
def test_every_list_that_keeps_views_is_a_page(list_name: str) -> None:
    assert reverse(list_name, args=["norden"])


def test_what_is_filtered_is_kept_and_leads_back(cast: Cast) -> None:
    shown = page(cast.lena, "requisitions/?status=ordered&q=Ward&after=")
    assert 'value="q=Ward&amp;status=ordered"' in shown
    sent = {"list": "requisitions", "name": "<b>Ward</b>", "query": "q=Ward&status=ordered"}
    answer = as_actor(cast.lena).post("/c/meridian/views/", sent)
    assert answer["Location"] == "/c/meridian/requisitions/?q=Ward&status=ordered"
    shown = page(cast.lena, "requisitions/")
    assert "&lt;b&gt;Ward&lt;/b&gt;" in shown
    assert 'href="?q=Ward&amp;status=ordered"' in shown
    assert "Ward" not in page(cast.rashid, "requisitions/")


def test_a_list_without_views_or_filters_shows_no_line_of_them(cast: Cast) -> None:
    assert 'class="views"' not in page(cast.lena, "requisitions/")


def test_a_refusal_leads_back_with_its_reason(cast: Cast) -> None:
    client = as_actor(cast.lena)
    sent = {"list": "requisitions", "name": " ", "query": "q=Ward"}
    answer = client.post("/c/meridian/views/", sent, follow=True)
    assert "A view needs a name." in answer.content.decode()
    assert not SavedView.objects.exists()
    assert client.post("/c/meridian/views/", {"list": "//evil"}).status_code == 404


def test_rename_and_delete(cast: Cast) -> None:
    view = save_view("Mine", list_name="inbox", query="tab=others", actor=cast.lena, now=cast.now)
    client = as_actor(cast.lena)
    client.post(f"/c/meridian/views/{view.pk}/rename/", {"name": "Others"})
    assert "Others" in page(cast.lena, "inbox/?tab=decide")
    answer = client.post(f"/c/meridian/views/{view.pk}/delete/")
    assert answer["Location"] == "/c/meridian/inbox/?tab=others"
    assert not SavedView.objects.exists()


def test_twenty_views_cost_one_query(cast: Cast) -> None:
    save_view("First", list_name="requisitions", query="q=0", actor=cast.lena, now=cast.now)
    one = queries_of(cast.lena, "requisitions/")
    for number in range(19):
        save_view(
            f"{number}",
            list_name="requisitions",
            query=f"q={number}",
            actor=cast.lena,
            now=cast.now,
        )
    assert queries_of(cast.lena, "requisitions/") == one
