"""The supplier's people begin with what needs them, each with what they may do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.catalog.models import Product
from placet.companies.models import CustomerRep, Member
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.jobs.restoring.pulse import hold
from placet.orders.actions import acknowledge_order, fail_order
from placet.orders.models import Order, OrderLine, OrderRequest
from placet.requisitions.actions import apply_for_company
from placet.web.today.figures import list_figures
from placet.web.today.page import read_today
from tests.cast import Cast
from tests.quotes.talks import GLOVES, ask, prices, say
from tests.requisitions.road import fill_cart, submit
from tests.web.pages import page, queries_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def order(cast: Cast, *, pieces: int = 20, ago: timedelta = 0 * HOUR) -> Order:
    """An order of Lena's that needed nobody."""
    cart = fill_cart(cast, (GLOVES, pieces), name=f"Gloves {pieces} {ago}")
    requisition = submit(cart, actor=cast.lena, now=cast.now - ago)
    return Order.objects.get(requisition_id=requisition.pk)


def counts(actor: Actor, cast: Cast) -> dict[str, int]:
    return {row.key: row.number for row in read_today(actor, now=cast.now).waiting}


def test_nothing_waits(cast: Cast) -> None:
    shown = page(cast.tomas, "")
    assert "Nothing waits for you." in shown
    assert "All is done" in shown


def test_staff_read_that_nothing_leaves(cast: Cast) -> None:
    assert "Nothing leaves this installation." not in page(cast.tomas, "")
    hold(because="A backup was restored.", now=cast.now)
    assert "Nothing leaves this installation." in page(cast.tomas, "")
    assert "Nothing leaves" not in page(cast.lena, "")


def test_orders_come_with_their_oldest_and_the_failed_ones_first(cast: Cast) -> None:
    order(cast, ago=30 * HOUR)
    order(cast, pieces=21)
    fail_order(order(cast, pieces=22), reason="Ship-to?", actor=cast.tomas, now=cast.now)
    today = read_today(cast.tomas, now=cast.now)
    assert [(row.key, row.number, row.state) for row in today.waiting] == [
        ("failed", 1, "blocked"),
        ("unprocessed", 2, "pending"),
    ]
    assert today.waiting[1].since == cast.now - 30 * HOUR
    assert (today.number, today.urgent, today.since) == (3, 1, cast.now - 30 * HOUR)
    shown = page(cast.tomas, "")
    assert "<b>3 pieces of work</b> wait for somebody" in shown
    assert 'href="/c/norden/orders/?status=failed"' in shown


def test_everybody_sees_what_they_may_do(cast: Cast) -> None:
    order(cast)
    ask(cast, (GLOVES, 100))
    apply_for_company(
        "Falk Dental",
        applicant_name="Nora Falk",
        email="nora@falk.example",
        message="Gloves.",
        language="en",
        actor=cast.odd,
        now=cast.now,
    )
    assert counts(cast.tomas, cast) == {"unprocessed": 1}
    assert counts(cast.mira, cast) == {"quotes": 1, "unprocessed": 1}
    assert counts(cast.odd, cast) == {"unprocessed": 1, "quotes": 1, "applications": 1}
    assert [one.key for one in list_figures(cast.tomas, now=cast.now)] == ["orders", "value"]


def test_an_answered_quote_is_the_customers_turn(cast: Cast) -> None:
    quote = ask(cast, (GLOVES, 100))
    say(quote, cast.mira, prices((GLOVES, 100, 700)))
    assert counts(cast.mira, cast) == {}


def test_requests_of_customers_and_late_backorders(cast: Cast) -> None:
    placed = order(cast)
    acknowledge_order(placed, erp_number="4711", actor=cast.tomas, now=cast.now)
    OrderRequest.objects.create(
        created_at=cast.now,
        order=placed,
        kind="cancel",
        reason="Too many.",
        asked_by_id=cast.member["lena"],
    )
    line = OrderLine.objects.filter(order=placed)
    line.update(expected_on=cast.now.date())
    assert counts(cast.tomas, cast) == {"requests": 1}
    line.update(expected_on=cast.now.date() - timedelta(days=1))
    assert counts(cast.tomas, cast) == {"requests": 1, "backorders": 1}


def test_what_is_sold_from_stock_alone_and_has_none(cast: Cast) -> None:
    before = counts(cast.odd, cast).get("stock", 0)
    Product.objects.filter(sku=GLOVES).update(stock=0)
    assert counts(cast.odd, cast).get("stock", 0) == before
    Product.objects.filter(sku=GLOVES).update(sells_beyond_stock=False)
    assert counts(cast.odd, cast)["stock"] == before + 1
    assert "stock" not in counts(cast.tomas, cast)


def test_who_has_some_customers_sees_their_work_alone(cast: Cast) -> None:
    order(cast)
    tomas = Member.objects.filter(pk=cast.member["tomas"])
    tomas.update(sees_all_customers=False)

    def narrowed() -> Actor:
        return get_actor(user_id=cast.user["tomas"], company_slug="norden", channel="web")

    assert counts(narrowed(), cast) == {}
    (orders, *_rest) = list_figures(narrowed(), now=cast.now)
    assert orders.today == 0
    CustomerRep.objects.create(
        created_at=cast.now,
        company_id=cast.company["meridian"],
        member_id=cast.member["tomas"],
    )
    assert counts(narrowed(), cast) == {"unprocessed": 1}


def test_the_day_is_compared_with_the_same_hour_a_week_ago(cast: Cast) -> None:
    first = order(cast, ago=WEEK + HOUR)
    order(cast, pieces=21, ago=WEEK - 2 * HOUR)
    second = order(cast, pieces=22, ago=HOUR)
    orders, value = list_figures(cast.tomas, now=cast.now)
    assert (orders.today, orders.before, orders.change) == (1, 1, 0)
    assert (value.today, value.before) == (second.goods_minor, first.goods_minor)
    assert value.currency == "EUR"
    assert sum(count for _on, count in orders.days) == 3
    assert orders.spark is not None


def test_its_queries_do_not_grow(cast: Cast) -> None:
    order(cast)
    few = queries_of(cast.odd, "")
    for pieces in range(21, 26):
        order(cast, pieces=pieces)
        ask(cast, (GLOVES, pieces))
    assert queries_of(cast.odd, "") == few
    assert few < 50


def test_the_buyers_home_is_their_own(cast: Cast) -> None:
    shown = page(cast.lena, "")
    assert "What needs somebody now" not in shown
