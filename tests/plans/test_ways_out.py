"""Ways out of a real cart: what is promised is what the cart's plan says once it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.carts.actions import (
    AllocationValues,
    add_line,
    allocate_line,
    change_line,
    describe_cart,
    remove_line,
)
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.catalog.actions import AssortmentValues, Naming, create_assortment
from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.companies.models import Company, Limit
from placet.plans.describe import PlanDescription, describe_plan
from placet.plans.describe_ways_out import WayOutDescription
from placet.plans.models import PurchasedLine
from placet.plans.planner import plan_cart
from placet.plans.purchase import purchase_of_cart
from placet.plans.ways_out import load_ways_out, prices_of
from placet.policy.variations import repriced
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.plans.test_plan_cart import _add_many_lines
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, fill_cart

pytestmark = pytest.mark.django_db


def described(cart: Cart, cast: Cast, language: str = "en") -> PlanDescription:
    """The plan with its ways out, for Lena."""
    fresh = Cart.objects.get(pk=cart.pk)
    planned = plan_cart(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)
    return describe_plan(
        planned.plan,
        ways=load_ways_out(fresh, planned, actor=cast.lena, now=cast.now),
        company_id=cart.company_id,
        language=language,
        time_zone="Europe/Berlin",
        now=cast.now,
    )


def take(way: WayOutDescription, cart: Cart, cast: Cast) -> None:
    """Do what the way out says, with the cart's own actions."""
    by: dict[str, Any] = {"actor": cast.lena, "now": cast.now}
    rows = list(cart.lines.order_by("position", "id"))
    lines = [rows[number - 1] for number in way.lines]
    if way.kind == "cost_centre":
        describe_cart(cart, cost_center_id=way.cost_center_id, **by)
    elif way.kind == "ship_to":
        describe_cart(cart, ship_to_id=way.ship_to_id, **by)
    elif way.kind == "fewer_units":
        change_line(lines[0], quantity=way.quantity, **by)
    else:
        assert way.kind in ("remove_lines", "substitute")
        for line in lines:
            remove_line(line, **by)
        if way.sku:
            add_line(cart, sku=way.sku, quantity=way.quantity, **by)


def promises_hold(cart: Cart, cast: Cast) -> list[str]:
    """Take each way out alone, look at the plan, and go back; returns the sentences."""
    before = described(cart, cast)
    assert before.ways_out
    for way in before.ways_out:
        rows = cart.lines.order_by("position").select_related("product")
        copy = fill_cart(cast, *[(row.product.sku, row.quantity) for row in rows])
        Cart.objects.filter(pk=copy.pk).update(
            cost_center=cart.cost_center_id, ship_to=cart.ship_to_id
        )
        copy.refresh_from_db()
        take(way, copy, cast)
        after = described(copy, cast)
        assert after.outcome != "blocked"
        assert len(after.steps) == way.approvals
        assert before.outcome == "blocked" or way.approvals < len(before.steps)
    return [way.sentence for way in before.ways_out]


def with_rule(cast: Cast, *rules: dict[str, Any]) -> None:
    """Meridian's rules are these."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    publish_rulebook(
        Rulebook.objects.get(company=meridian),
        document={**MERIDIAN, "rules": list(rules)},
        actor=system_of(meridian),
        now=cast.now,
    )


def bought_before(cast: Cast, cart: Cart, order: str) -> None:
    """An order of this unit for dressings alone, an hour ago."""
    PurchasedLine.objects.create(
        company_id=cart.company_id,
        order_id=order,
        created_at=cast.now - timedelta(hours=1),
        member_id=cart.owner_id,
        unit_path=cart.unit.path,
        sku=DRESSING,
        category_path="consumables/dressings/",
        ship_to_id=cart.ship_to_id or "",
        quantity=1,
        unit_price_minor=1990,
        total_minor=1990,
        currency="EUR",
    )


def test_the_ways_out_of_the_demos_rules_hold(cast: Cast) -> None:
    """Over 500.00 on cost centre 4410 the head is asked, for devices biomed."""
    cart = fill_cart(cast, (DRESSING, 30), (INFUSION_SET, 1))
    assert len(described(cart, cast).steps) == 2
    assert promises_hold(cart, cast) == [
        "Use cost centre 9000 Administration: only Biomedical engineering has to approve",
        "Order 19 instead of 30 × Wound dressing, 15 × 15 cm: "
        "only Biomedical engineering has to approve",
        "Leave out Infusion set with Luer connector: only Rashid Haddad has to approve",
    ]


def test_in_polish(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 30))
    assert described(cart, cast, "pl").ways_out[0].sentence == (
        "Użyj centrum kosztów 9000 Administration: nikt nie musi zatwierdzać"
    )


def test_a_hard_limit_says_how_many_could_be_ordered(cast: Cast) -> None:
    Limit.objects.update_or_create(
        member_id=cast.member["lena"],
        use=Limit.Use.SPENDING,
        defaults={
            "created_at": cast.now,
            "mode": Limit.Mode.HARD,
            "order_maximum_minor": 10_000,
            "currency": "EUR",
        },
    )
    cart = fill_cart(cast, (DRESSING, 30))
    plan = described(cart, cast)
    assert plan.outcome == "blocked"
    assert plan.blocked[0].ways_out == ("Ask a company admin",)
    assert [way.quantity for way in plan.ways_out if way.kind == "fewer_units"] == [5]
    promises_hold(cart, cast)


def test_the_purchase_priced_again_without_a_change_is_the_purchase(cast: Cast) -> None:
    """The engine's prices are the cart's, to the last cent of tax and delivery."""
    cart = fill_cart(cast, (DRESSING, 7), (GLOVES, 13), ("SWB-100", 250), ("BOX-50", 15))
    line = cart.lines.get(product__sku=GLOVES)
    allocate_line(
        line,
        allocations=[AllocationValues(4), AllocationValues(9)],
        actor=cast.lena,
        now=cast.now,
    )
    fresh = Cart.objects.get(pk=cart.pk)
    priced = price_cart(fresh, now=cast.now)
    planned = plan_cart(fresh, priced, actor=cast.lena, now=cast.now)
    products = [line.product.pk for line in priced.lines]
    tiers = list_prices_for(cart.company_id, "EUR", products, cast.now)
    known = planned.facts.purchase
    assert repriced(known, known.lines, prices_of(planned, tiers)) == known
    assert (
        purchase_of_cart(
            fresh,
            priced,
            last_paid=planned.last_paid,
            cost_center_codes={cart.cost_center_id: "4410"},
        )
        == known
    )


def test_a_split_line_keeps_its_own_cost_centre(cast: Cast) -> None:
    """Changing the cart's cost centre would not move what a line names for itself."""
    cart = fill_cart(cast, (DRESSING, 30))
    allocate_line(
        cart.lines.get(),
        allocations=[AllocationValues(30, cost_center_id=cart.cost_center_id or "")],
        actor=cast.lena,
        now=cast.now,
    )
    kinds = {way.kind for way in described(cart, cast).ways_out}
    assert kinds == {"fewer_units"}


def test_a_substitute_that_the_rules_do_not_stop(cast: Cast) -> None:
    sets = {"any_line": {"field": "line.sku", "op": "=", "value": INFUSION_SET}}
    with_rule(cast, {"id": "sets", "when": sets, "then": {"effect": "block"}})
    Product.objects.filter(sku=INFUSION_SET).update(substitute=Product.objects.get(sku="INF-LINE"))
    cart = fill_cart(cast, (DRESSING, 1), (INFUSION_SET, 2))
    sentences = promises_hold(cart, cast)
    assert sentences[0].startswith("Take Extension line, 150 cm instead of Infusion set")
    assert sentences[1].startswith("Leave out Infusion set")
    no_lines = AssortmentValues("No lines", "deny", Naming(products=["INF-LINE"]))
    meridian = Company.objects.get(slug="meridian")
    create_assortment(meridian, values=no_lines, actor=cast.ines, now=cast.now)
    assert promises_hold(cart, cast)[0].startswith("Leave out Infusion set")


def test_another_ship_to_where_the_rule_stops_this_one(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 1))
    here = {"any_allocation": {"field": "allocation.ship_to", "op": "=", "value": cart.ship_to_id}}
    with_rule(cast, {"id": "here", "when": here, "then": {"effect": "block"}})
    assert any(sentence.startswith("Deliver to ") for sentence in promises_hold(cart, cast))


def test_the_next_week_where_this_weeks_orders_are_used_up(cast: Cast) -> None:
    orders = {"field": "requester.orders", "period": "week", "op": ">", "value": 0}
    asks = {"effect": "require", "steps": [{"approvers": [{"select": "head", "levels_up": 0}]}]}
    with_rule(cast, {"id": "once", "when": orders, "then": asks})
    (way,) = described(fill_cart(cast, (DRESSING, 1)), cast).ways_out or (None,)
    assert way is None  # Even the first order of a week is one: waiting would not help.
    orders["value"] = 1
    with_rule(cast, {"id": "once", "when": orders, "then": asks})
    assert described(fill_cart(cast, (DRESSING, 1)), cast).outcome == "free"


def test_similar_orders_are_counted_again_for_what_would_be_left(cast: Cast) -> None:
    devices = {"any_line": {"field": "line.category", "op": "within", "value": "medical-devices"}}
    similar = {"field": "history.similar_orders", "days": 7, "op": ">=", "value": 2}
    head = {"effect": "require", "steps": [{"approvers": [{"select": "head", "levels_up": 0}]}]}
    with_rule(
        cast,
        {"id": "devices", "when": devices, "then": head},
        {"id": "similar", "when": similar, "then": head},
    )
    cart = fill_cart(cast, (DRESSING, 10), (INFUSION_SET, 1))
    assert promises_hold(cart, cast) == [
        "Leave out Infusion set with Luer connector: nobody has to approve"
    ]
    # Dressings alone were ordered twice this week: without the device this is one more such order.
    for order in ("ord_1", "ord_2"):
        bought_before(cast, cart, order)
    assert len(described(cart, cast).steps) == 1
    assert described(cart, cast).ways_out == ()


def test_a_rule_on_spend_by_place_can_be_planned_for_every_place(cast: Cast) -> None:
    spend = {
        "any_allocation": {
            "field": "allocation.ship_to_spend",
            "days": 30,
            "op": ">",
            "value": {"amount_minor": 100, "currency": "EUR"},
        }
    }
    with_rule(cast, {"id": "spend", "when": spend, "then": {"effect": "warn"}})
    assert len(described(fill_cart(cast, (DRESSING, 2)), cast).warnings) == 1


QUERIES = 9


@pytest.mark.parametrize("lines", [5, 50, 200])
def test_the_number_of_queries_does_not_depend_on_the_lines(cast: Cast, lines: int) -> None:
    cart = fill_cart(cast, (INFUSION_SET, 10))
    _add_many_lines(cart, lines, cast)
    fresh = Cart.objects.select_related("company", "owner", "unit", "cost_center").get(pk=cart.pk)
    planned = plan_cart(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)
    with CaptureQueriesContext(connection) as captured:
        found = load_ways_out(fresh, planned, actor=cast.lena, now=cast.now)
    assert found.ways
    assert len(captured) == QUERIES


def test_a_free_cart_costs_no_query(cast: Cast, django_assert_num_queries: Any) -> None:
    cart = fill_cart(cast, (GLOVES, 1))
    planned = plan_cart(cart, price_cart(cart, now=cast.now), actor=cast.lena, now=cast.now)
    with django_assert_num_queries(0):
        assert load_ways_out(cart, planned, actor=cast.lena, now=cast.now).ways == ()
