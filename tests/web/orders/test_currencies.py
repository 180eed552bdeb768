"""Orders of two currencies: amounts are compared within one of them, and never across."""

from __future__ import annotations

import re
from functools import partial

import pytest

from placet.orders.models import Order
from placet.requisitions.models import Requisition, StepAssignment
from placet.web.orders import listed
from placet.web.paging import page_sorted
from tests.cast import Cast
from tests.requisitions.orders import order_of
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit
from tests.web.inbox.multiply import multiply
from tests.web.pages import page
from tests.web.road import waiting

pytestmark = pytest.mark.django_db


def an_order(cast: Cast, name: str, net_minor: int, currency: str, tax_minor: int = 0) -> str:
    """An order of so much before tax, as the list tells it; returns its number."""
    requisition = submit(fill_cart(cast, (GLOVES, 20), name=name), actor=cast.lena, now=cast.now)
    order = order_of(requisition)
    Order.objects.filter(pk=order.pk).update(
        currency=currency,
        goods_minor=net_minor - 10_00,
        shipping_minor=10_00,
        tax_minor=tax_minor,
        total_minor=net_minor + tax_minor,
    )
    return order.number


def numbers(cast: Cast, query: str, who: str = "tomas") -> list[str]:
    """The orders of the list, in its order, from the first page to the last."""
    address, found = f"orders/?{query}", list[str]()
    while address:
        shown = page(getattr(cast, who), address)
        found += re.findall(r'class="name" href="[^"]+/orders/(ORD-[^/"]+)/"', shown)
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        address = f"orders/{following[1].replace('&amp;', '&')}" if following else ""
    return found


def test_an_amount_is_compared_with_orders_of_its_own_currency(cast: Cast) -> None:
    euros = an_order(cast, "Euros", 300_00, "EUR")
    zlotys = an_order(cast, "Zlotys", 900_00, "PLN")
    assert numbers(cast, "least=250") == [euros]
    assert numbers(cast, "least=250&currency=PLN") == [zlotys]
    assert numbers(cast, "least=950&currency=PLN") == []
    assert numbers(cast, "most=1000") == [euros]
    assert numbers(cast, "most=0") == []
    assert numbers(cast, "currency=PLN") == [zlotys]
    assert numbers(cast, "currency=XXXX") == []
    assert numbers(cast, "currency=e%20u") == []
    assert sorted(numbers(cast, "")) == sorted([euros, zlotys])


def test_a_buyer_compares_in_the_currency_of_the_company(cast: Cast) -> None:
    euros = an_order(cast, "Euros", 300_00, "EUR")
    an_order(cast, "Zlotys", 900_00, "PLN")
    assert numbers(cast, "least=250", "lena") == [euros]
    assert 'name="currency"' in page(cast.lena, "orders/")


def test_who_has_orders_of_one_currency_is_not_asked_for_it(cast: Cast) -> None:
    an_order(cast, "Euros", 300_00, "EUR")
    assert 'name="currency"' not in page(cast.lena, "orders/?sort=total")
    assert "currency by currency" not in page(cast.lena, "orders/?sort=total")


def test_the_amount_that_is_compared_is_the_one_that_is_shown(cast: Cast) -> None:
    order = an_order(cast, "Taxed", 100_00, "EUR", tax_minor=19_00)
    assert numbers(cast, "least=110") == []
    assert numbers(cast, "most=100") == [order]


def test_totals_are_sorted_within_each_currency_over_all_pages(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "page_sorted", partial(page_sorted, size=2))
    amounts = [("EUR", 500_00), ("EUR", 20_00), ("PLN", 30_00), ("PLN", 400_00), ("EUR", 400_00)]
    made = [
        (currency, amount, an_order(cast, f"Week {n}", amount, currency, tax_minor=n * 100_00))
        for n, (currency, amount) in enumerate(amounts)
    ]
    rising = [number for _currency, _amount, number in sorted(made)]
    assert numbers(cast, "sort=total") == rising
    assert numbers(cast, "sort=-total") == rising[::-1]
    assert "currency by currency" in page(cast.tomas, "orders/?sort=-total")
    assert "currency by currency" not in page(cast.tomas, "orders/?sort=-total&currency=EUR")


def test_the_inbox_sorts_totals_within_each_currency(cast: Cast) -> None:
    first = waiting(cast, (DRESSING, 40))
    multiply(first, 2)
    rows = list(Requisition.objects.order_by("number"))
    told = [("PLN", 10_00), ("EUR", 500_00), ("PLN", 90_00)]
    for row, (currency, amount) in zip(rows, told, strict=True):
        Requisition.objects.filter(pk=row.pk).update(currency=currency, total_minor=amount)
        seats = StepAssignment.objects.filter(requisition=row)
        seats.update(currency=currency, total_minor=amount)
    shown = page(cast.rashid, "inbox/?sort=total")
    found = re.findall(r'class="no">(REQ-\d+)', shown)
    assert found == [rows[place].number for place in (1, 0, 2)]
    assert "currency by currency" in shown
    assert "currency by currency" not in page(cast.rashid, "inbox/")
