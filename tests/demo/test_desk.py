"""The merchant's desk of the demo: something of everything that waits there."""

from __future__ import annotations

import pytest

from placet.catalog.models import Product
from placet.companies.acting import get_actor
from placet.companies.models import Company, CompanyApplication, SavedView
from placet.demo.world import desk
from placet.demo.world.desk import MAJAS_CUSTOMERS, VIEWS
from placet.jobs.verify import verify
from placet.notices.models import MailTemplate
from placet.orders.models import Order, OrderLine, OrderRequest
from placet.quotes.models import OfferRelease
from placet.quotes.queries import get_quote
from placet.requisitions.models import Requisition
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


def test_an_order_is_being_changed_and_stands_as_it_was_meanwhile() -> None:
    order = Order.objects.get(status=Order.Status.CHANGING)
    assert (order.buyer.user.email, order.name) == (EMAIL["liam"], desk.CHANGING.name)
    assert [line.quantity for line in order.lines.all()] == [desk.CHANGING.lines[0].quantity]
    waiting = Requisition.objects.get(pk=order.requisition_id)
    assert waiting.status == Requisition.Status.PENDING


def test_what_maja_ordered_for_zofia_waits_for_kowalskis_own_people() -> None:
    made = Requisition.objects.get(staff__isnull=False)
    assert (made.requester.user.email, made.staff_reason) == (
        EMAIL["zofia"],
        desk.ORDERED_FOR.reason,
    )
    assert made.status == Requisition.Status.PENDING
    asked = {one.member.company.slug for step in made.steps.all() for one in step.assignments.all()}
    assert asked == {"kowalski"}


def test_one_business_applies_and_one_is_suspended_for_a_reason() -> None:
    waiting = CompanyApplication.objects.get(status=CompanyApplication.Status.WAITING)
    assert waiting.name == desk.APPLYING.name
    stopped = Company.objects.get(status=Company.Status.SUSPENDED)
    assert (stopped.name, stopped.suspended_reason) == (
        desk.ACCEPTED.name,
        desk.SUSPENDED_BECAUSE,
    )


def test_a_mail_has_the_stores_own_words() -> None:
    kept = MailTemplate.objects.get()
    assert (kept.letter, kept.subject) == (desk.WORDS.letter, desk.WORDS.subject)


def test_the_whole_desk_is_verified() -> None:
    assert verify() == []
