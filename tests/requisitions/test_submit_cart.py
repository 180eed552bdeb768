"""Submitting: what is frozen, what is reserved, who is asked, and what refuses it."""

from __future__ import annotations

import copy

import pytest

from placet.budgets.models import Budget, PeriodCounter
from placet.carts.actions import add_line, describe_cart, remove_line, share_cart
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.catalog.models import Price
from placet.companies.actions import deactivate_member
from placet.companies.models import Company, Member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.canonical import sha256
from placet.events.models import Event
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.plans.planner import CannotBePlanned, CartPlan, plan_cart
from placet.requisitions.actions import submit_cart
from placet.requisitions.errors import PlanChanged
from placet.requisitions.models import Requisition, Step
from placet.requisitions.queries import get_requisition, list_inbox
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, fill_cart, pending_step, submit

pytestmark = pytest.mark.django_db


def test_revision_1_is_the_frozen_content_and_its_hash(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    revision = requisition.revision
    assert revision is not None
    assert (revision.number, revision.format) == (1, 1)
    assert revision.content_hash == sha256(bytes(revision.content))
    content = read_content(revision.content)
    assert (content.po_number, content.lines[0].sku, content.lines[0].quantity) == (
        "PR-88121",
        DRESSING,
        50,
    )
    assert content.goods_minor == 50 * 1990
    assert content.goods_minor + content.shipping_minor + content.tax_minor == content.total_minor


def test_the_budget_is_reserved_and_the_purchase_counted(cast: Cast) -> None:
    before = Budget.objects.get(company_id=cast.company["meridian"])
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    after = Budget.objects.get(pk=before.pk)
    assert after.reserved_minor - before.reserved_minor == 50 * 1990
    counters = PeriodCounter.objects.filter(member_id=cast.member["lena"])
    assert {counter.period: counter.orders for counter in counters} == dict.fromkeys(
        ("day", "week", "month", "quarter", "year"), 1
    )
    assert requisition.number == "REQ-1"


def test_the_first_step_is_asked_and_the_second_waits(cast: Cast) -> None:
    cart = fill_cart(cast, (INFUSION_SET, 10))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    states = list(requisition.steps.order_by("position").values_list("status", flat=True))
    assert states == [Step.Status.PENDING, Step.Status.WAITING]
    assert [row.requisition_id for row in list_inbox(cast.rashid)] == [requisition.pk]
    assert not list_inbox(cast.anika).exists()
    assert pending_step(requisition).due_at is not None


def test_nothing_to_approve_is_ordered_at_once(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (GLOVES, 2)), actor=cast.lena, now=cast.now)
    assert requisition.status == Requisition.Status.ORDERED
    order = Order.objects.get(requisition_id=requisition.pk)
    assert order.number == "ORD-1"
    assert not requisition.steps.exists()


def test_another_plan_than_the_one_shown_is_a_conflict_with_the_new_plan(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 2))
    with pytest.raises(PlanChanged) as caught:
        submit_cart(cart, plan_hash="0" * 64, actor=cast.lena, now=cast.now)
    assert caught.value.facts["plan"]["outcome"] == "free"
    cart.refresh_from_db()
    assert cart.status == Cart.Status.OPEN
    assert not Requisition.objects.exists()


def test_the_same_cart_is_submitted_once(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 2))
    submit(cart, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        submit(cart, actor=cast.lena, now=cast.now)
    assert Requisition.objects.count() == 1


def test_an_empty_cart_and_one_without_ship_to_say_what_is_missing(cast: Cast) -> None:
    empty = fill_cart(cast)
    with pytest.raises(InvalidInput) as caught:
        submit(empty, actor=cast.lena, now=cast.now)
    assert (caught.value.path, caught.value.code) == ("lines", "empty")
    homeless = fill_cart(cast, (GLOVES, 2))
    Cart.objects.filter(pk=homeless.pk).update(ship_to=None)
    with pytest.raises(InvalidInput) as caught:
        submit(homeless, actor=cast.lena, now=cast.now)
    assert caught.value.path == "ship_to"


def test_a_colleague_without_a_grant_and_an_outsider_cannot_submit(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 2))
    with pytest.raises((Forbidden, NotFound)):
        submit(cart, actor=cast.pavel, now=cast.now)
    with pytest.raises((Cart.DoesNotExist, Forbidden, NotFound)):
        submit(cart, actor=cast.ola, now=cast.now)
    assert not Requisition.objects.exists()


def test_the_outsider_does_not_find_the_requisition(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    assert get_requisition(cast.lena, "REQ-1").pk == requisition.pk
    for stranger in (cast.ola, cast.jan, cast.yuna):
        with pytest.raises(NotFound):
            get_requisition(stranger, requisition.pk)


def test_the_cart_can_no_longer_be_changed_and_the_events_say_what_happened(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    with pytest.raises(Conflict):
        add_line(cart, sku=GLOVES, quantity=1, actor=cast.lena, now=cast.now)
    told = Event.objects.filter(subject=requisition.pk).order_by("seq")
    assert [event.type for event in told] == ["requisition.submitted", "step.opened"]


def test_a_reason_that_a_rule_asks_for_is_asked_for_by_the_gate(cast: Cast) -> None:
    rulebook = Rulebook.objects.get(company_id=cast.company["meridian"])
    document = copy.deepcopy(MERIDIAN)
    document["rules"][0]["then"]["justification"] = True
    system = system_of(rulebook.company)
    publish_rulebook(rulebook, document=document, actor=system, now=cast.now)
    cart = fill_cart(cast, (DRESSING, 50))
    for words in ("", "   "):
        Cart.objects.filter(pk=cart.pk).update(justification=words)
        with pytest.raises(InvalidInput) as refusal:
            submit(cart, actor=cast.lena, now=cast.now)
        assert (refusal.value.path, refusal.value.code) == ("justification", "required")
    assert not Requisition.objects.exists()
    Cart.objects.filter(pk=cart.pk).update(justification="A new bed.")
    assert submit(cart, actor=cast.lena, now=cast.now).status == Requisition.Status.PENDING


def test_a_sum_that_no_ledger_holds_is_refused(cast: Cast) -> None:
    Price.objects.filter(product__sku=DRESSING).update(unit_price_minor=10**15)
    with pytest.raises(InvalidInput, match="more than can be ordered"):
        submit(fill_cart(cast, (DRESSING, 1000)), actor=cast.lena, now=cast.now)
    assert not Requisition.objects.exists()


def test_a_cart_whose_owner_left_is_a_refusal_that_says_so(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 1))
    pavel = Member.objects.get(pk=cast.pavel.member_id)
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    lena = Member.objects.get(pk=cast.lena.member_id)
    deactivate_member(lena, actor=cast.ines, now=cast.now)
    with pytest.raises(CannotBePlanned, match="Lena Vogt has left"):
        submit(cart, actor=cast.pavel, now=cast.now)
    with pytest.raises(CannotBePlanned):
        submit_cart(
            Cart.objects.get(pk=cart.pk), plan_hash="0" * 64, actor=cast.pavel, now=cast.now
        )
    assert not Requisition.objects.exists()


@pytest.mark.parametrize("change", ["product", "place", "reference", "price"])
def test_another_content_is_not_submitted_unseen_though_the_plan_is_equal(
    cast: Cast, change: str
) -> None:
    """Gloves of another size cost the same and need the same people: still not what was shown."""
    cart = fill_cart(cast, (GLOVES, 2))
    add_line(cart, sku="GLV-S", quantity=1, actor=cast.lena, now=cast.now)
    shown = plan_now(cart, cast)
    if change == "product":
        remove_line(cart.lines.get(product__sku="GLV-S"), actor=cast.lena, now=cast.now)
        add_line(cart, sku="GLV-L", quantity=1, actor=cast.lena, now=cast.now)
    elif change == "place":
        other = next(pk for pk in cast.address.values() if pk != cart.ship_to_id)
        Cart.objects.filter(pk=cart.pk).update(ship_to_id=other)
    elif change == "reference":
        describe_cart(cart, po_number="PR-99999", actor=cast.lena, now=cast.now)
    else:
        Price.objects.filter(product__sku="GLV-S").update(unit_price_minor=891)
    now_holds = plan_now(cart, cast)
    assert now_holds.plan.outcome == shown.plan.outcome == "free"
    with pytest.raises(PlanChanged, match="content or its prices") as caught:
        submit_cart(cart, plan_hash=shown.hash, actor=cast.lena, now=cast.now)
    assert caught.value.facts["plan_hash"] == now_holds.hash
    assert not Requisition.objects.exists()
    submit_cart(cart, plan_hash=now_holds.hash, actor=cast.lena, now=cast.now)


def plan_now(cart: Cart, cast: Cast) -> CartPlan:
    """What Lena is shown at this moment."""
    fresh = Cart.objects.get(pk=cart.pk)
    return plan_cart(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)


WARNING = {
    "id": "look-twice",
    "when": {"all": []},
    "then": {"effect": "warn"},
    "message": {"en": "Look twice."},
}


def test_a_warning_must_have_been_read_on_every_channel(cast: Cast) -> None:
    meridian = Company.objects.get(pk=cast.company["meridian"])
    rulebook = Rulebook.objects.get(company=meridian)
    document = {**MERIDIAN, "rules": [*MERIDIAN["rules"], WARNING]}
    publish_rulebook(rulebook, document=document, actor=system_of(meridian), now=cast.now)
    cart = fill_cart(cast, (GLOVES, 2))
    priced = price_cart(cart, now=cast.now)
    shown = plan_cart(cart, priced, actor=cast.lena, now=cast.now).hash
    with pytest.raises(InvalidInput) as caught:
        submit_cart(cart, plan_hash=shown, actor=cast.lena, now=cast.now)
    assert caught.value.path == "acknowledged"
    submit_cart(cart, plan_hash=shown, warnings_read=True, actor=cast.lena, now=cast.now)
    assert Requisition.objects.count() == 1
