"""Tomas of the order desk orders for Lena on his own pages, without any script."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placet.carts.models import Cart
from placet.catalog.models import Price, Product
from placet.companies.models import Company, Member
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET
from tests.requisitions.test_order_on_behalf import WHY, cart_for

pytestmark = pytest.mark.django_db
LARGEST_STATEMENTS = 75


def signed_in(cast: Cast, name: str) -> Client:
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=cast.user[name]))
    return browser


def root(cast: Cast) -> str:
    return f"/c/norden/customers/{cast.company['meridian']}/orders-for/"


def begun(cast: Cast, browser: Client) -> str:
    answer = browser.post(root(cast), {"member": cast.member["lena"], "reason": WHY})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_an_order_by_phone_from_the_first_page_to_the_order(cast: Cast) -> None:
    browser = signed_in(cast, "tomas")
    page = begun(cast, browser)
    Cart.objects.update(cost_center=cast.cost_center["meridian/4410"])
    browser.post(page + "add/", {"text": f"{GLOVES} 10\nNOPE 3"})
    line = Cart.objects.get().lines.get()
    browser.post(f"{page}lines/{line.pk}/", {"quantity": "20", "version": str(line.version)})
    browser.post(page + "details/", {"ship_to": cast.address["ICU dock"]})
    shown = browser.get(page).content.decode()
    assert "On behalf of Lena Vogt at Meridian Health Group." in shown
    assert WHY in shown
    plan_hash = re.search(r'name="plan_hash" value="([^"]+)"', shown)
    assert plan_hash
    answer = browser.post(page + "submit/", {"plan_hash": plan_hash[1]})
    assert answer.headers["Location"] == root(cast)
    order = Order.objects.get()
    assert order.buyer_id == cast.member["lena"]
    assert order.requisition_number in browser.get(root(cast)).content.decode()
    seen = signed_in(cast, "lena").get(f"/c/meridian/requisitions/{order.requisition_number}/")
    assert "Tomas Berg of Norden Supply ordered this on behalf of Lena Vogt" in (
        seen.content.decode()
    )
    evidence = signed_in(cast, "aron").get(
        f"/c/meridian/requisitions/{order.requisition_number}/evidence/"
    )
    assert WHY in evidence.content.decode()


def test_rows_that_cannot_be_ordered_come_back(cast: Cast) -> None:
    browser = signed_in(cast, "tomas")
    page = begun(cast, browser)
    answer = browser.post(page + "add/", {"text": f"{GLOVES} 10\nNOPE 3"})
    assert answer.status_code == 422
    assert "NOPE 3" in answer.content.decode()
    assert Cart.objects.get().lines.count() == 1


def test_another_plan_than_the_one_shown_is_not_ordered(cast: Cast) -> None:
    cart = cart_for(cast, (DRESSING, 50))
    answer = signed_in(cast, "tomas").post(f"{root(cast)}{cart.pk}/submit/", {"plan_hash": "x"})
    assert answer.status_code == 409
    assert not Requisition.objects.exists()


def test_the_page_says_that_the_customer_approves_and_not_who(cast: Cast) -> None:
    cart = cart_for(cast, (DRESSING, 50))
    shown = signed_in(cast, "tomas").get(f"{root(cast)}{cart.pk}/").content.decode()
    assert "It needs the approval of Meridian Health Group before it is an order." in shown
    for secret in ("Rashid", "500.00", "4410", "25,000", "ICU-4"):
        assert secret not in shown


def test_a_customer_who_forbids_it_is_ordered_for_by_nobody(cast: Cast) -> None:
    Company.objects.filter(slug="meridian").update(allows_on_behalf=False)
    browser = signed_in(cast, "tomas")
    assert browser.get(root(cast)).status_code == 403
    shown = browser.get(f"/c/norden/customers/{cast.company['meridian']}/").content.decode()
    assert "orders-for" not in shown


def test_the_company_switches_it_off_on_its_own_page(cast: Cast) -> None:
    browser = signed_in(cast, "ines")
    shown = browser.get("/c/meridian/company/").content.decode()
    assert 'name="allows_on_behalf"' in shown
    company = Company.objects.get(slug="meridian")
    browser.post(
        "/c/meridian/company/",
        {
            "version": str(company.version),
            "name": company.name,
            "language": "en",
            "time_zone": company.time_zone,
            "fiscal_year_month": "1",
            "second_factor": "optional",
            "mail_decisions": "sign_in",
        },
    )
    company.refresh_from_db()
    assert not company.allows_on_behalf


def test_three_hundred_lines_take_as_many_statements_as_three(cast: Cast) -> None:
    cart = cart_for(cast, (GLOVES, 10), (DRESSING, 10), (INFUSION_SET, 10))
    browser = signed_in(cast, "tomas")
    page = f"{root(cast)}{cart.pk}/"
    browser.get(page)
    with CaptureQueriesContext(connection) as few:
        browser.get(page)
    _fill(cast, cart, 300)
    with CaptureQueriesContext(connection) as many:
        assert browser.get(page).status_code == 200
    assert len(many) <= len(few) <= LARGEST_STATEMENTS


def _fill(cast: Cast, cart: Cart, count: int) -> None:
    """So many more products with the price of the gloves, all of them in the cart."""
    gloves = Product.objects.get(sku=GLOVES)
    price = Price.objects.filter(product=gloves).first()
    assert price is not None
    for number in range(count):
        copy = Product.objects.get(pk=gloves.pk)
        copy.pk, copy.sku, copy._state.adding = f"prd_{number:026d}", f"X-{number}", True
        copy.save(force_insert=True)
        row = Price.objects.get(pk=price.pk)
        row.pk, row.product_id, row._state.adding = None, copy.pk, True
        row.save(force_insert=True)
        cart.lines.create(
            created_at=cast.now,
            product=copy,
            position=number + 10,
            quantity=10,
            added_by_id=cart.owner_id,
        )


def test_the_owner_gives_customers_to_a_colleague(cast: Cast) -> None:
    browser = signed_in(cast, "odd")
    page = f"/c/norden/members/{cast.member['tomas']}/customers/"
    assert browser.get(page).status_code == 200
    answer = browser.post(
        page, {"version": "1", "sight": "these", "companies": [cast.company["kowalski"]]}
    )
    assert answer.status_code == 302
    member = Member.objects.get(pk=cast.member["tomas"])
    assert not member.sees_all_customers
    assert [one.company_id for one in member.customers.all()] == [cast.company["kowalski"]]
    shown = browser.get(f"/c/norden/members/{member.pk}/").content.decode()
    assert "Kowalski Sp. z o.o." in shown
    tomas = signed_in(cast, "tomas")
    assert tomas.get(f"/c/norden/customers/{cast.company['meridian']}/").status_code == 404
    assert tomas.get(root(cast)).status_code == 404
    assert tomas.get(f"/c/norden/customers/{cast.company['kowalski']}/").status_code == 200


def test_nobody_gives_themselves_customers(cast: Cast) -> None:
    page = f"/c/norden/members/{cast.member['odd']}/customers/"
    assert signed_in(cast, "odd").get(page).status_code == 403
