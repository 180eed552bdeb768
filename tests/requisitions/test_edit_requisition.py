"""An edit is the cart again: opened, changed, resubmitted, discarded, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from placet.budgets.models import Budget
from placet.carts.actions import add_line, change_line, describe_cart, remove_line, share_cart
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import price_cart
from placet.catalog.models import Price, Product
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.jobs.verify import verify
from placet.orders.actions import acknowledge_order
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.requisitions.actions import (
    decide_step,
    discard_edit,
    edit_requisition,
    keep_edit,
    submit_cart,
    withdraw_requisition,
)
from placet.requisitions.actions.resubmit_cart import EditedMeanwhileEnded
from placet.requisitions.errors import PlanChanged, StaleRevision
from placet.requisitions.models import CarryOver, Requisition, RevisionOrigin
from placet.requisitions.planning import ShownPlan, plan_purchase
from tests.cast import Cast
from tests.requisitions.road import (
    DRESSING,
    GLOVES,
    INFUSION_SET,
    answer,
    fill_cart,
    pending_step,
    submit,
)

pytestmark = pytest.mark.django_db


def shown(cart: Cart, cast: Cast, actor: Actor | None = None) -> ShownPlan:
    fresh = Cart.objects.get(pk=cart.pk)
    priced = price_cart(fresh, now=cast.now)
    return plan_purchase(fresh, priced, actor=actor or cast.lena, now=cast.now)


def resubmit(cart: Cart, cast: Cast, actor: Actor | None = None) -> Requisition:
    fresh = Cart.objects.get(pk=cart.pk)
    plan_hash = shown(cart, cast, actor).planned.hash
    return submit_cart(fresh, plan_hash=plan_hash, actor=actor or cast.lena, now=cast.now)


def open_edit(requisition: Requisition, cast: Cast) -> Cart:
    return edit_requisition(requisition, actor=cast.lena, now=cast.now)


def line_of(cart: Cart, sku: str) -> CartLine:
    return CartLine.objects.select_related("cart", "product").get(cart=cart, product__sku=sku)


def set_quantity(cart: Cart, sku: str, quantity: int, cast: Cast) -> None:
    change_line(line_of(cart, sku), quantity=quantity, actor=cast.lena, now=cast.now)


def at_once(actor: Actor) -> Actor:
    return replace(actor, channel="api")


def pending(cast: Cast, *lines: tuple[str, int]) -> Requisition:
    return submit(fill_cart(cast, *(lines or ((INFUSION_SET, 10),))), actor=cast.lena, now=cast.now)


def test_the_cart_opens_as_the_requisition_stands_and_the_requisition_goes_on(cast: Cast) -> None:
    requisition = pending(cast)
    cart = open_edit(requisition, cast)
    assert (cart.status, cart.revises, cart.pk) == ("open", requisition.pk, requisition.cart_id)
    assert [(line.product.sku, line.quantity) for line in cart.lines.all()] == [(INFUSION_SET, 10)]
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.PENDING
    assert open_edit(requisition, cast).pk == cart.pk


def test_resubmitting_is_the_next_revision_and_names_who_submitted_it(cast: Cast) -> None:
    requisition = pending(cast)
    cart = open_edit(requisition, cast)
    set_quantity(cart, INFUSION_SET, 12, cast)
    describe_cart(cart, po_number="PR-88122", actor=cast.lena, now=cast.now)
    again = resubmit(cart, cast)
    assert again.pk == requisition.pk
    again.refresh_from_db()
    assert again.revision is not None
    assert (again.revision.number, again.po_number) == (2, "PR-88122")
    origin = RevisionOrigin.objects.get(revision=again.revision)
    assert origin.cause == RevisionOrigin.Cause.EDITED
    cart.refresh_from_db()
    assert (cart.status, cart.revises) == ("submitted", "")
    assert Requisition.objects.count() == 1
    assert not verify()


def test_kept_reset_and_new_are_shown_and_are_what_then_happens(cast: Cast) -> None:
    requisition = pending(cast, (INFUSION_SET, 10))
    given = answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    cart = open_edit(requisition, cast)
    set_quantity(cart, INFUSION_SET, 9, cast)
    revising = shown(cart, cast).revising
    assert revising is not None
    assert revising.following is not None
    assert [one.decision.pk for one in revising.following.carried.kept] == [given.pk]
    assert len(revising.following.carried.waiting) == 1
    set_quantity(cart, INFUSION_SET, 11, cast)
    revising = shown(cart, cast).revising
    assert revising is not None
    assert revising.following is not None
    assert [(one.decision.pk, one.code) for one in revising.following.carried.reset] == [
        (given.pk, "got_worse")
    ]
    resubmit(cart, cast)
    assert not CarryOver.objects.exists()


def test_what_is_kept_belongs_to_what_was_shown(cast: Cast) -> None:
    """An approval that came in between changes what is kept: then nothing is submitted unseen."""
    requisition = pending(cast)
    cart = open_edit(requisition, cast)
    set_quantity(cart, INFUSION_SET, 9, cast)
    before = shown(cart, cast).planned.hash
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    with pytest.raises(PlanChanged) as caught:
        submit_cart(Cart.objects.get(pk=cart.pk), plan_hash=before, actor=cast.lena, now=cast.now)
    facts = caught.value.facts
    assert facts["seen"] == before
    assert facts["plan_hash"] == shown(cart, cast).planned.hash
    requisition.refresh_from_db()
    assert requisition.revision is not None
    assert requisition.revision.number == 1


def test_the_plan_leaves_out_what_the_purchase_itself_holds(cast: Cast) -> None:
    """Nearly all of the budget is this purchase's own: an edit of a note changes nothing."""
    requisition = pending(cast, (INFUSION_SET, 10))
    budget = Budget.objects.get(company_id=cast.company["meridian"])
    Budget.objects.filter(pk=budget.pk).update(
        mode="block", amount_minor=budget.committed_minor + budget.reserved_minor
    )
    cart = open_edit(requisition, cast)
    describe_cart(cart, po_number="PR-88123", actor=cast.lena, now=cast.now)
    resubmit(cart, cast)
    assert Budget.objects.get(pk=budget.pk).reserved_minor == budget.reserved_minor


def test_a_blocking_budget_refuses_more_and_nothing_has_changed(cast: Cast) -> None:
    requisition = pending(cast, (INFUSION_SET, 10))
    budget = Budget.objects.get(company_id=cast.company["meridian"])
    Budget.objects.filter(pk=budget.pk).update(
        mode="block", amount_minor=budget.committed_minor + budget.reserved_minor
    )
    cart = open_edit(requisition, cast)
    set_quantity(cart, INFUSION_SET, 11, cast)
    with pytest.raises(Conflict):
        resubmit(cart, cast)
    requisition.refresh_from_db()
    assert requisition.revision is not None
    assert requisition.revision.number == 1
    assert Budget.objects.get(pk=budget.pk).reserved_minor == budget.reserved_minor
    cart.refresh_from_db()
    assert cart.status == "open"


def test_a_decision_about_the_former_revision_is_stale(cast: Cast) -> None:
    requisition = pending(cast)
    step = pending_step(requisition)
    assert requisition.revision is not None
    seen = requisition.revision.content_hash
    cart = open_edit(requisition, cast)
    set_quantity(cart, INFUSION_SET, 12, cast)
    resubmit(cart, cast)
    with pytest.raises(StaleRevision) as caught:
        decide_step(
            step, kind="approve", content_hash=seen, actor=at_once(cast.rashid), now=cast.now
        )
    assert caught.value.facts["seen"] == seen


def test_a_price_is_held_for_the_same_quantity_and_no_other(cast: Cast) -> None:
    requisition = pending(cast, (DRESSING, 50), (INFUSION_SET, 2))
    Price.objects.filter(product__sku__in=[DRESSING, INFUSION_SET]).update(unit_price_minor=9_999)
    cart = open_edit(requisition, cast)
    set_quantity(cart, DRESSING, 51, cast)
    prices = {one.product.sku: one.unit_price_minor for one in price_cart(cart, now=cast.now).lines}
    assert prices[DRESSING] == 9_999
    assert prices[INFUSION_SET] != 9_999
    later = price_cart(cart, now=cast.now + timedelta(days=16))
    assert {one.unit_price_minor for one in later.lines} == {9_999}
    again = resubmit(cart, cast)
    again.refresh_from_db()
    revisions = [read_content(one.content) for one in again.revisions.order_by("number")]
    assert revisions[0].prices_held_until == revisions[1].prices_held_until


def test_what_left_the_sale_has_to_go_also_while_its_price_is_held(cast: Cast) -> None:
    requisition = pending(cast, (DRESSING, 50), (INFUSION_SET, 10))
    Product.objects.filter(sku=DRESSING).update(status=Product.Status.DISCONTINUED)
    cart = open_edit(requisition, cast)
    set_quantity(cart, INFUSION_SET, 9, cast)
    assert price_cart(cart, now=cast.now).unsellable == (DRESSING,)
    with pytest.raises(InvalidInput) as refused:
        resubmit(cart, cast)
    assert refused.value.code == "not_for_sale"
    remove_line(line_of(cart, DRESSING), actor=cast.lena, now=cast.now)
    again = resubmit(cart, cast)
    again.refresh_from_db()
    assert again.revision is not None
    content = read_content(again.revision.content)
    assert [line.sku for line in content.lines] == [INFUSION_SET]


def test_a_held_price_stays_when_the_price_list_lets_go_of_the_product(cast: Cast) -> None:
    requisition = pending(cast, (DRESSING, 50))
    Price.objects.filter(product__sku=DRESSING).delete()
    cart = open_edit(requisition, cast)
    assert not price_cart(cart, now=cast.now).unsellable
    CartLine.objects.filter(cart=cart).update(quantity=51)
    assert price_cart(cart, now=cast.now).unsellable == (DRESSING,)


def test_discarding_leaves_the_requisition_and_the_next_edit_begins_anew(cast: Cast) -> None:
    requisition = pending(cast)
    cart = open_edit(requisition, cast)
    add_line(cart, sku=GLOVES, quantity=5, actor=cast.lena, now=cast.now)
    describe_cart(cart, po_number="PR-88129", actor=cast.lena, now=cast.now)
    discard_edit(cart, actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    assert (cart.status, cart.revises) == ("submitted", "")
    cart = open_edit(requisition, cast)
    assert [(line.product.sku, line.quantity) for line in cart.lines.all()] == [(INFUSION_SET, 10)]
    assert cart.po_number == "PR-88121"


def test_when_it_ended_meanwhile_the_cart_is_kept_as_a_new_purchase(cast: Cast) -> None:
    requisition = pending(cast)
    cart = open_edit(requisition, cast)
    set_quantity(cart, INFUSION_SET, 3, cast)
    answer(requisition, "reject", actor=at_once(cast.rashid), reason="Not now.", now=cast.now)
    assert shown(cart, cast).revising is not None
    with pytest.raises(EditedMeanwhileEnded):
        resubmit(cart, cast)
    cart.refresh_from_db()
    kept = keep_edit(cart, actor=cast.lena, now=cast.now)
    assert (kept.status, kept.revises, kept.rebuilds) == ("open", "", requisition.pk)
    again = resubmit(kept, cast)
    assert again.pk != requisition.pk
    assert again.rebuilt_from_id == requisition.pk
    assert not verify()


def test_an_open_edit_survives_withdrawing(cast: Cast) -> None:
    requisition = pending(cast)
    cart = open_edit(requisition, cast)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    assert cart.status == "open"
    assert keep_edit(cart, actor=cast.lena, now=cast.now).revises == ""


def test_while_it_goes_on_an_edit_is_not_kept_beside_it(cast: Cast) -> None:
    cart = open_edit(pending(cast), cast)
    with pytest.raises(Conflict):
        keep_edit(cart, actor=cast.lena, now=cast.now)


def test_an_approver_who_edits_becomes_an_author_and_their_approval_counts_no_more(
    cast: Cast,
) -> None:
    requisition = pending(cast)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    cart = open_edit(requisition, cast)
    rashid = Member.objects.get(pk=cast.member["rashid"])
    share_cart(cart, member=rashid, level="edit", actor=cast.lena, now=cast.now)
    add_line(cart, sku=GLOVES, quantity=5, actor=cast.rashid, now=cast.now)
    revising = shown(cart, cast).revising
    assert revising is not None
    assert revising.following is not None
    assert [one.code for one in revising.following.carried.reset] == ["author"]
    again = resubmit(cart, cast)
    again.refresh_from_db()
    assert again.revision is not None
    assert cast.user["rashid"] in again.revision.authors
    assert not CarryOver.objects.exists()
    asked = pending_step(again).assignments.filter(member_id=cast.member["rashid"])
    assert not asked.exists()
    assert not verify()


def test_colleagues_edit_with_a_grant_and_outsiders_never(cast: Cast) -> None:
    requisition = pending(cast)
    for stranger in (cast.pavel, cast.rashid, cast.ola, cast.tomas):
        with pytest.raises((Forbidden, Conflict)):
            edit_requisition(requisition, actor=stranger, now=cast.now)
    cart = open_edit(requisition, cast)
    for stranger in (cast.pavel, cast.ola):
        with pytest.raises(Exception, match=r".+") as caught:
            discard_edit(cart, actor=stranger, now=cast.now)
        assert getattr(caught.value, "status", 0) in (403, 404)
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    assert edit_requisition(requisition, actor=cast.pavel, now=cast.now).pk == cart.pk


def test_what_was_taken_over_cannot_be_edited(cast: Cast) -> None:
    requisition = pending(cast, (GLOVES, 2))
    order = Order.objects.get()
    acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    with pytest.raises(Conflict):
        open_edit(requisition, cast)


def test_nothing_left_to_approve_after_an_edit_is_ordered_at_once(cast: Cast) -> None:
    requisition = pending(cast, (DRESSING, 50), (GLOVES, 2))
    cart = open_edit(requisition, cast)
    remove_line(line_of(cart, DRESSING), actor=cast.lena, now=cast.now)
    again = resubmit(cart, cast)
    again.refresh_from_db()
    assert again.status == Requisition.Status.ORDERED
    assert read_content(Order.objects.get().content).lines[0].sku == GLOVES
    assert not verify()
