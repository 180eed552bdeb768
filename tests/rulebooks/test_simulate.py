"""The simulator: a plan and every rule's answer, for a purchase that nobody makes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.plans.simulate import Simulation, simulate
from placet.plans.typed_purchase import TypedLine, TypedPurchase
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart
from tests.rulebooks.rules import book, meridian, over, rule

pytestmark = pytest.mark.django_db

HEAD_ABOVE = {"select": "head", "levels_up": 1}


def typed(*lines: TypedLine, **more: Any) -> TypedPurchase:
    """A purchase in EUR."""
    return TypedPurchase("EUR", lines, **more)


def amount(minor: int, category: str = "office") -> TypedPurchase:
    """One line of an amount."""
    return typed(TypedLine(amount_minor=minor, category=category))


def asked(found: Simulation) -> list[list[str]]:
    """The people asked, step by step."""
    return [[approver.name for approver in step.approvers] for step in found.plan.steps]


def holding(found: Simulation) -> dict[str, bool | None]:
    """Rule to true or false."""
    return {each.rule: each.holds for each in found.rules}


def for_lena(cast: Cast, purchase: TypedPurchase, **more: Any) -> Simulation:
    """Ines tries what Lena's order would need."""
    return simulate(
        cast.ines, member_id=cast.member["lena"], purchase=purchase, now=cast.now, **more
    )


def test_an_amount_that_is_typed(cast: Cast) -> None:
    found = for_lena(cast, amount(6_000_00))
    assert asked(found) == [["Sofia Lindqvist"]]
    assert holding(found) == {"icu-over-500": False, "medical-devices": False, "finance": True}
    finance = found.rules[2]
    assert finance.parts[0].sentence.startswith("the order is over 5,000.00")
    assert finance.parts[0].finding is not None
    assert finance.parts[0].finding.actual == 6_000_00
    assert not Cart.objects.exists()
    assert not Requisition.objects.exists()


def test_what_is_false_says_what_it_found(cast: Cast) -> None:
    found = for_lena(cast, amount(20_00))
    assert found.plan.outcome == "free"
    (part,) = found.rules[2].parts
    assert part.finding is not None
    assert (part.holds, part.finding.actual) == (False, 20_00)
    assert found.near_misses


def test_a_category_and_a_cost_centre(cast: Cast) -> None:
    purchase = typed(
        TypedLine(amount_minor=900_00, category="medical-devices"),
        cost_center_id=cast.cost_center["meridian/4410"],
    )
    found = for_lena(cast, purchase)
    assert [names[0] for names in asked(found)] == ["Rashid Haddad", "Anika Roth"]
    assert [effect.name for effect in found.plan.budgets] == ["ICU consumables Q4"]


def test_a_product_has_its_price(cast: Cast) -> None:
    found = for_lena(cast, typed(TypedLine(sku=INFUSION_SET, quantity=10)))
    assert found.facts.purchase.goods_minor == 1_190_00
    assert holding(found)["medical-devices"]


def test_somebody_elses_cart_as_if_it_were_theirs(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    own = simulate(
        cast.lena, member_id=cast.member["lena"], cart=get_cart(cast.lena, cart.pk), now=cast.now
    )
    assert asked(own) == [["Rashid Haddad"]]
    assert Cart.objects.get(pk=cart.pk).owner_id == cast.member["lena"]


def test_whoever_does_not_manage_rules_sees_a_plan_and_no_rules(cast: Cast) -> None:
    found = simulate(
        cast.lena, member_id=cast.member["lena"], purchase=amount(6_000_00), now=cast.now
    )
    assert asked(found) == [["Sofia Lindqvist"]]
    assert found.rules == ()


def test_a_draft_in_the_place_of_what_holds(cast: Cast) -> None:
    draft = book(rule("tight", over(10_00), HEAD_ABOVE))
    found = for_lena(cast, amount(20_00), rulebook=meridian(cast), document=draft)
    assert holding(found) == {"tight": True}
    assert asked(found) == [["Rashid Haddad"]]
    assert found.rules[0].version == 2
    assert for_lena(cast, amount(20_00)).plan.outcome == "free"


def test_a_draft_that_is_no_rulebook_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        for_lena(cast, amount(1), rulebook=meridian(cast), document={"format": 1})


def test_only_those_who_manage_rules_try_drafts_and_others(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        simulate(cast.lena, member_id=cast.member["rashid"], purchase=amount(1), now=cast.now)
    with pytest.raises(Forbidden):
        simulate(
            cast.lena,
            member_id=cast.member["lena"],
            purchase=amount(1),
            rulebook=meridian(cast),
            document=book(),
            now=cast.now,
        )


def test_an_outsider_finds_nobody(cast: Cast) -> None:
    for who in (cast.jan, cast.odd):
        with pytest.raises(NotFound):
            simulate(who, member_id=cast.member["lena"], purchase=amount(1), now=cast.now)


@pytest.mark.parametrize(
    ("purchase", "path"),
    [
        (typed(), "lines"),
        (typed(TypedLine(sku="NO-SUCH")), "lines/0/sku"),
        (typed(TypedLine(category="office")), "lines/0/amount"),
        (typed(TypedLine(amount_minor=-1)), "lines/0/amount"),
        (typed(TypedLine(amount_minor=1, quantity=0)), "lines/0/quantity"),
        (typed(TypedLine(amount_minor=1, ship_to_id="adr_x")), "lines/0/ship_to_id"),
        (typed(TypedLine(amount_minor=1), cost_center_id="cc_x"), "cost_center_id"),
    ],
)
def test_what_cannot_be_simulated_says_where(
    cast: Cast, purchase: TypedPurchase, path: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        for_lena(cast, purchase)
    assert caught.value.path == path


def test_another_companys_cost_centre_is_not_there(cast: Cast) -> None:
    foreign = cast.cost_center["kowalski/4410"]
    with pytest.raises(InvalidInput):
        for_lena(cast, typed(TypedLine(amount_minor=1), cost_center_id=foreign))


def test_the_number_of_queries_does_not_depend_on_the_lines(cast: Cast) -> None:
    counts = set()
    for lines in (1, 60):
        purchase = typed(*[TypedLine(amount_minor=100, category="office")] * lines)
        with CaptureQueriesContext(connection) as captured:
            for_lena(cast, purchase)
        counts.add(len(captured))
    assert len(counts) == 1
