"""An order that is closed short: exactly what never left is given back, and stays given back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from placet.budgets.actions import create_budget, set_credit
from placet.budgets.models import Budget, PeriodCount, Reservation
from placet.catalog.models import Product
from placet.companies.models import Company
from placet.core.errors import Conflict
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions.void_shipment import void_shipment
from placet.orders.content import adds_up, delivered_content, read_content
from placet.orders.models import Order
from placet.plans.models import PurchasedLine
from placet.policy.money import round_half_up
from placet.requisitions.actions import complete_order
from tests.cast import Cast
from tests.orders.shipped import PENS, ship, taken_over
from tests.requisitions.orders import by_stock_alone, held, reservations
from tests.requisitions.road import GLOVES

pytestmark = pytest.mark.django_db


def close(order: Order, cast: Cast) -> Order:
    return complete_order(order, reason="No longer made.", actor=cast.tomas, now=cast.now)


def goods_of(order: Order, sku: str) -> int:
    return int(order.lines.get(sku=sku).total_minor)


def test_what_never_left_is_given_back_and_what_left_stays_taken(cast: Cast) -> None:
    by_stock_alone(GLOVES, PENS)
    before = held(cast)
    order = taken_over(cast)
    assert held(cast).committed - before.committed == order.goods_minor
    stock = held(cast).stock
    ship(order, cast, GLV_M=15)
    close(order, cast)
    left = goods_of(order, GLOVES) * 15 // 20
    after = held(cast)
    assert after.committed - before.committed == left
    assert (after.reserved, after.counted, after.bought) == (before.reserved, left, left)
    assert after.stock == stock
    assert reservations(order) == [("refunded", order.goods_minor), ("committed", left)]
    assert PurchasedLine.objects.get(order_id=order.pk).quantity == 15
    assert PeriodCount.objects.filter(requisition_id=order.requisition_id).exists()
    said = Event.objects.get(subject=order.pk, type="order.completed").payload
    assert f'"missing_minor":{order.total_minor - _delivered_total(order)}' in said
    assert verify() == []


def _delivered_total(order: Order) -> int:
    shipped = dict(order.lines.values_list("number", "shipped_quantity"))
    return delivered_content(read_content(order.content), shipped).total_minor


def test_an_order_of_which_nothing_left_counts_nowhere(cast: Cast) -> None:
    before = held(cast)
    order = close(taken_over(cast), cast)
    after = held(cast)
    assert order.status == "completed"
    assert after == before._replace(stock=after.stock)
    assert [status for status, _amount in reservations(order)] == ["refunded"]
    assert not PurchasedLine.objects.filter(order_id=order.pk).exists()
    assert not PeriodCount.objects.filter(requisition_id=order.requisition_id).exists()
    assert verify() == []


def test_the_credit_gets_back_what_is_not_paid_for(cast: Cast) -> None:
    meridian = Company.objects.get(pk=cast.company["meridian"])
    account = set_credit(meridian, limit_minor=10**9, mode="block", actor=cast.odd, now=cast.now)
    order = taken_over(cast)
    account.refresh_from_db()
    assert account.committed_minor == order.total_minor
    ship(order, cast, GLV_M=15)
    close(order, cast)
    account.refresh_from_db()
    assert account.committed_minor == _delivered_total(order) < order.total_minor
    assert verify() == []


def test_what_was_given_back_is_not_opened_again(cast: Cast) -> None:
    order = taken_over(cast)
    shipment = ship(order, cast, GLV_M=15)
    close(order, cast)
    after = held(cast)
    with pytest.raises(Conflict):
        void_shipment(shipment, reason="Still here.", actor=cast.tomas, now=cast.now)
    with pytest.raises(Conflict):
        close(order, cast)
    order.refresh_from_db()
    assert (order.status, held(cast)) == ("completed", after)


def test_verify_finds_a_budget_that_holds_what_never_left(cast: Cast) -> None:
    order = taken_over(cast)
    ship(order, cast, GLV_M=15)
    Order.objects.filter(pk=order.pk).update(status="completed")
    codes = {one.code for one in verify()}
    assert codes >= {"short_holds_else", "short_history_differs", "short_counts_else"}


def test_a_line_that_goes_to_two_places_misses_its_share_at_both(cast: Cast) -> None:
    order = taken_over(cast)
    content = read_content(order.content)
    line = content.lines[0]
    part = line.allocations[0]
    half = part._replace(
        quantity=part.quantity // 2,
        goods_minor=part.goods_minor // 2,
        shipping_minor=0,
        tax_minor=part.tax_minor // 2,
    )
    rest = part._replace(
        ship_to="elsewhere",
        quantity=part.quantity - half.quantity,
        goods_minor=part.goods_minor - half.goods_minor,
        tax_minor=part.tax_minor - half.tax_minor,
    )
    split = content._replace(
        lines=(line._replace(allocations=(half, rest)), *content.lines[1:]),
        shipments=(),
    )
    assert adds_up(split)
    for shipped in range(line.quantity + 1):
        found = delivered_content(split, {line.number: shipped}).lines[0]
        assert found.quantity == shipped
        near, far = found.allocations
        assert abs(near.quantity - far.quantity) <= 1
        assert near.quantity <= half.quantity
        assert far.quantity <= rest.quantity
        assert found.total_minor == near.goods_minor + far.goods_minor
    whole = delivered_content(split, {one.number: one.quantity for one in split.lines})
    assert whole == split


def test_a_commitment_is_settled_once_by_kind(cast: Cast) -> None:
    order = taken_over(cast)
    ship(order, cast, GLV_M=15)
    close(order, cast)
    for row in Reservation.objects.filter(requisition_id=order.requisition_id):
        kinds = sorted(row.entries.values_list("kind", flat=True))
        assert kinds == (
            ["commit", "refund", "reserve"] if row.status == "refunded" else ["commit", "reserve"]
        )


def test_each_budget_gets_back_what_it_would_have_paid(cast: Cast) -> None:
    """Of a category of which nothing left all of it, of the other with tax what is missing."""
    pens, gloves = (_budget_of(cast, sku) for sku in (PENS, GLOVES))
    order = taken_over(cast)
    pens.refresh_from_db()
    assert pens.committed_minor > goods_of(order, PENS)
    ship(order, cast, GLV_M=5)
    close(order, cast)
    pens.refresh_from_db()
    gloves.refresh_from_db()
    line = read_content(order.content).lines[0]
    assert line.sku == GLOVES
    goods = line.total_minor * 5 // 20
    shipping = line.allocations[0].shipping_minor
    assert pens.committed_minor == _shipping_with_tax(order, PENS)
    assert gloves.committed_minor >= goods + shipping
    assert gloves.committed_minor + pens.committed_minor == _delivered_total(order)
    assert verify() == []


def _budget_of(cast: Cast, sku: str) -> Budget:
    return create_budget(
        name=sku,
        owner_kind="category",
        owner_ref=Product.objects.get(sku=sku).category_id,
        responsible_id=None,
        currency="EUR",
        amount_minor=10**9,
        period="month",
        basis="gross",
        actor=cast.ines,
        now=cast.now,
    )


def _shipping_with_tax(order: Order, sku: str) -> int:
    line = next(line for line in read_content(order.content).lines if line.sku == sku)
    part = line.allocations[0]
    whole = part.goods_minor + part.shipping_minor
    return part.shipping_minor + round_half_up(
        Fraction(part.tax_minor * part.shipping_minor, whole)
    )
