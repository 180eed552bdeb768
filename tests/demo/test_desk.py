"""The merchant's desk of the demo: something of everything that waits there."""

from __future__ import annotations

import pytest

from placet.catalog.models import Product
from placet.companies.acting import get_actor
from placet.companies.models import SavedView
from placet.demo.world.desk import MAJAS_CUSTOMERS, VIEWS
from placet.orders.models import Order, OrderLine, OrderRequest
from placet.quotes.models import OfferRelease
from placet.quotes.queries import get_quote
from tests.demo.conftest import EMAIL, member_of

pytestmark = pytest.mark.usefixtures("world")


def test_orders_have_left_in_part_and_whole_and_one_is_asked_back() -> None:
    assert Order.objects.filter(status=Order.Status.COMPLETED).exists()
    late = OrderLine.objects.filter(shipped_quantity__gt=0, expected_on__isnull=False)
    assert late.exists()
    assert all(line.shipped_quantity < line.quantity for line in late)
    assert OrderRequest.objects.get().status == "open"


def test_what_maja_offers_beyond_her_discount_waits_and_lena_sees_nothing() -> None:
    release = OfferRelease.objects.select_related("quote").get(status="waiting")
    lena = get_actor(user_id=member_of("lena").user_id, company_slug="meridian", channel="web")
    assert get_quote(lena, release.quote.number).offer_number == 1


def test_maja_sees_her_two_customers_and_signe_all() -> None:
    maja = get_actor(
        user_id=member_of("maja", "norden").user_id, company_slug="norden", channel="web"
    )
    signe = get_actor(
        user_id=member_of("signe", "norden").user_id, company_slug="norden", channel="web"
    )
    assert maja.customer_ids is not None
    assert len(maja.customer_ids) == len(MAJAS_CUSTOMERS)
    assert signe.customer_ids is None


def test_most_costs_are_known_and_views_are_kept() -> None:
    known = Product.objects.filter(cost_minor__isnull=False).count()
    assert Product.objects.count() * 0.8 < known < Product.objects.count()
    kept = SavedView.objects.values_list("member__user__email", "name")
    assert set(kept) == {(EMAIL[member], name) for member, name, _list, _query in VIEWS}
