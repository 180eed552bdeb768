"""A chip says what the plan of a cart with that one product would say; all take as many queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.carts.actions import add_line
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.carts.quantities import nearest_quantity
from placet.catalog.assortments import allowed_products
from placet.catalog.models import Product
from placet.catalog.queries import list_products
from placet.core.actor import Actor
from placet.orders.models import Order
from placet.plans.chips import Chip, cart_to_come, list_chips, plan_products
from placet.plans.planner import plan_cart
from placet.policy.plan import Plan
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import fill_cart, submit

pytestmark = pytest.mark.django_db
EUR_50 = {"amount_minor": 50_00, "currency": "EUR"}


def ask(cast: Cast, actor: Actor) -> dict[str, Plan]:
    """The plans of everything on the actor's first page, by SKU."""
    products = list_products(actor, now=cast.now)
    plans = plan_products(actor, products, allowed=_allowed(actor), now=cast.now)
    return {product.sku: plans[product.pk] for product in products if product.pk in plans}


def _allowed(actor: Actor) -> Any:
    return allowed_products(actor.company_id, actor.member_id)


def chips(cast: Cast, actor: Actor) -> Mapping[str, Chip]:
    """The chips of the same page, by SKU."""
    products = list_products(actor, now=cast.now)
    found = list_chips(actor, products, allowed=_allowed(actor), now=cast.now)
    return {product.sku: found[product.pk] for product in products if product.pk in found}


def plan_alone(cast: Cast, actor: Actor, sku: str) -> Plan:
    """The plan of a cart with the smallest quantity of one product."""
    product = Product.objects.get(sku=sku)
    cart = cart_to_come(actor, now=cast.now)
    cart.save(force_insert=True)
    add_line(cart, sku=sku, quantity=nearest_quantity(product, 1), actor=actor, now=cast.now)
    return plan_cart(cart, price_cart(cart, now=cast.now), actor=actor, now=cast.now).plan


def reasons_of(plan: Plan) -> tuple[str, ...]:
    """The rules that ask for something."""
    return tuple(reason.rule for step in plan.steps for reason in step.reasons)


def order_one(cast: Cast) -> None:
    """Lena's unit has ordered pens."""
    submit(fill_cart(cast, ("PEN-B", 60)), actor=cast.lena, now=cast.now)
    assert Order.objects.count() == 1


def publish(cast: Cast, *rules: Mapping[str, Any]) -> None:
    """Meridian gets these rules instead."""
    rulebook = Rulebook.objects.select_related("company").get(company=cast.company["meridian"])
    publish_rulebook(
        rulebook,
        document={**MERIDIAN, "rules": list(rules)},
        actor=system_of(rulebook.company),
        now=cast.now,
    )


@pytest.mark.parametrize("who", ["lena", "sofia", "ola", "minjun"])
def test_each_is_the_plan_of_a_cart_with_that_one_product(cast: Cast, who: str) -> None:
    actor = cast.actors[who]
    asked = ask(cast, actor)
    assert set(asked) == {product.sku for product in list_products(actor, now=cast.now)}
    for sku, plan in asked.items():
        assert plan == plan_alone(cast, actor, sku), sku


def test_also_where_rules_look_at_what_was_bought_before(cast: Cast) -> None:
    order_one(cast)
    similar = {"field": "history.similar_orders", "days": 30, "op": ">=", "value": 1}
    first = {"any_line": {"field": "line.first_of_category", "op": "=", "value": True}}
    spend = {"field": "line.category_spend", "days": 30, "op": ">", "value": EUR_50}
    steps = [{"approvers": [{"select": "head", "levels_up": 1}]}]
    then = {"effect": "require", "steps": steps}
    publish(
        cast,
        {"id": "again", "when": similar, "then": then},
        {"id": "spent", "when": {"any_line": spend}, "then": then},
        {"id": "new", "when": first, "then": then},
    )
    asked = ask(cast, cast.lena)
    found = {reasons_of(plan) for plan in asked.values()}
    assert {("again", "spent"), ("spent",), ("new",)} <= found
    for sku, plan in asked.items():
        assert plan == plan_alone(cast, cast.lena, sku), sku


def test_what_is_told_is_who_and_why(cast: Cast) -> None:
    told = chips(cast, cast.lena)["INF-PUMP"]
    assert told.outcome == "approval"
    assert "Biomedical engineering" in told.who
    assert "PEN-B" not in chips(cast, cast.lena)


def test_a_rule_that_allows_nothing_says_it_in_its_own_words(cast: Cast) -> None:
    rule = {
        "id": "no-pens",
        "when": {"any_line": {"field": "line.sku", "op": "=", "value": "PEN-B"}},
        "then": {"effect": "block"},
        "message": {"en": "Pens come from the ward. Ask Ines."},
    }
    publish(cast, rule)
    assert chips(cast, cast.lena)["PEN-B"] == Chip(
        "blocked", (), ("Pens come from the ward. Ask Ines.",)
    )


def test_as_many_queries_for_one_as_for_all(cast: Cast) -> None:
    products = list_products(cast.lena, now=cast.now)
    counts = set()
    pump = [product for product in products if product.sku == "INF-PUMP"]
    for some in (pump, products):
        with CaptureQueriesContext(connection) as queries:
            list_chips(cast.lena, some, allowed=_allowed(cast.lena), now=cast.now)
        counts.add(len(queries))
    assert len(counts) == 1
    assert counts.pop() <= 30


def test_it_goes_where_the_last_cart_goes(cast: Cast) -> None:
    cart = fill_cart(cast, ("PEN-B", 1))
    come = cart_to_come(cast.lena, now=cast.now)
    assert cart.ship_to_id
    assert (come.ship_to_id, come.cost_center_id) == (cart.ship_to_id, cart.cost_center_id)
    Cart.objects.update(ship_to=None, cost_center=None)
    assert cart_to_come(cast.lena, now=cast.now).ship_to_id
    assert Cart.objects.count() == 1


def test_nothing_is_said_to_who_buys_nothing(cast: Cast) -> None:
    for actor in (cast.mira, cast.ines):
        products = list_products(actor, now=cast.now)
        assert plan_products(actor, products, allowed=_allowed(actor), now=cast.now) == {}
