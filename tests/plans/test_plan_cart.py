"""The plan before submitting: who, why, how near the rest is, and in how many queries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.budgets.models import Budget
from placet.carts.actions import describe_cart
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import price_cart
from placet.catalog.models import Category, Price, PriceList, Product
from placet.companies.actions import delegate_to
from placet.companies.models import Company, Member
from placet.orders.content import read_content
from placet.plans.describe import PlanDescription, describe_plan
from placet.plans.planner import CartPlan, list_near_misses, plan_cart
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart, submit

pytestmark = pytest.mark.django_db


def plan_of(cart: Cart, cast: Cast) -> CartPlan:
    """The plan of a cart for Lena."""
    fresh = Cart.objects.get(pk=cart.pk)
    return plan_cart(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)


def described(cart: Cart, cast: Cast) -> PlanDescription:
    """The same in words."""
    planned = plan_of(cart, cast)
    return describe_plan(
        planned.plan,
        list_near_misses(planned),
        company_id=cart.company_id,
        language="en",
        time_zone="Europe/Berlin",
        now=cast.now,
    )


def test_who_why_and_how_near_the_rest_is(cast: Cast) -> None:
    plan = described(fill_cart(cast, (INFUSION_SET, 10)), cast)
    assert plan.headline == "Needs 2 approvals"
    first, second = plan.steps
    assert (first.who, first.detail) == ("Rashid Haddad", "head of Intensive care")
    assert first.reasons[0].sentence == "Order over 500.00\u00a0EUR on cost centre 4410"
    assert (second.who, second.detail) == ("Biomedical engineering", "any 1 of 3")
    assert second.reasons[0].sentence == "Line 1 is in Medical devices"
    assert second.lines == (1,)
    finance = next(miss for miss in plan.near_misses if miss.who == "Finance")
    assert finance.gap == "3,810.00\u00a0EUR"
    assert first.due_at < second.due_at


def test_the_deputy_is_named_before_submitting(cast: Cast) -> None:
    delegate_to(
        Member.objects.get(pk=cast.member["rashid"]),
        delegate=Member.objects.get(pk=cast.member["mei"]),
        starts_at=cast.now,
        ends_at=cast.now.replace(day=28),
        actor=cast.rashid,
        now=cast.now,
    )
    plan = described(fill_cart(cast, (DRESSING, 50)), cast)
    assert plan.steps[0].people[0].deputy == "Mei Tanaka"


def test_on_another_cost_centre_the_rule_does_not_match(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    describe_cart(cart, cost_center_id="", actor=cast.lena, now=cast.now)
    assert described(cart, cast).headline == "No approval needed"


def test_the_plan_is_equal_for_equal_facts(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    assert plan_of(cart, cast).hash == plan_of(cart, cast).hash


def test_who_is_asked_for_a_budget_is_called_its_owner(cast: Cast) -> None:
    Budget.objects.update(amount_minor=1_00, mode=Budget.Mode.APPROVE)
    steps = described(fill_cart(cast, (DRESSING, 5)), cast).steps
    assert [step.detail for step in steps] == ["budget owner"]


def test_a_program_is_another_source_than_a_page(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 1))
    priced = price_cart(cart, now=cast.now)
    program = replace(cast.lena, channel="api")
    assert plan_of(cart, cast).facts.purchase.source == "cart"
    planned = plan_cart(cart, priced, actor=program, now=cast.now)
    assert planned.facts.purchase.source == "api"
    bought = submit(cart, actor=program, now=cast.now)
    assert bought.revision is not None
    assert read_content(bytes(bought.revision.content)).source == "api"


@pytest.mark.parametrize("lines", [5, 50, 200])
def test_the_number_of_queries_does_not_depend_on_the_lines(cast: Cast, lines: int) -> None:
    cart = fill_cart(cast, (DRESSING, 1))
    _add_many_lines(cart, lines, cast)
    fresh = Cart.objects.select_related("company", "owner", "unit").get(pk=cart.pk)
    with CaptureQueriesContext(connection) as captured:
        priced = price_cart(fresh, now=cast.now)
        planned = plan_cart(fresh, priced, actor=cast.lena, now=cast.now)
        list_near_misses(planned)
    assert len(planned.priced.lines) == lines + 1
    assert len(captured) == QUERIES


QUERIES = 25


def _add_many_lines(cart: Cart, lines: int, cast: Cast) -> None:
    category = Category.objects.get(path="office/")
    price_list = PriceList.objects.get(currency="EUR", is_default=True)
    products = Product.objects.bulk_create(
        Product(
            created_at=cast.now,
            sku=f"MANY-{number}",
            name=f"Product {number}",
            category=category,
            pack="piece",
            search_text="",
        )
        for number in range(lines)
    )
    Price.objects.bulk_create(
        Price(price_list=price_list, product=product, unit_price_minor=100) for product in products
    )
    CartLine.objects.bulk_create(
        CartLine(
            created_at=cast.now,
            cart=cart,
            product=product,
            position=number + 2,
            quantity=1,
            added_by_id=cart.owner_id,
        )
        for number, product in enumerate(products)
    )


def test_a_companys_rule_never_asks_the_merchants_staff(cast: Cast) -> None:
    """Even where it names one of them by id: the step goes on to people of the company."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    asks_tomas = {
        "id": "asks-tomas",
        "when": {"all": []},
        "then": {
            "effect": "require",
            "steps": [
                {"approvers": [{"select": "members", "members": [cast.member["tomas"]]}]},
            ],
        },
    }
    publish_rulebook(
        Rulebook.objects.get(company=meridian),
        document={**MERIDIAN, "rules": [asks_tomas]},
        actor=system_of(meridian),
        now=cast.now,
    )
    plan = plan_of(fill_cart(cast, (DRESSING, 1)), cast).plan
    asked = {approver.member for step in plan.steps for approver in step.approvers}
    assert asked == {cast.member["rashid"]}
