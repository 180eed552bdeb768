"""The next revision: what it reserves, whom it asks, and which approvals it keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placet.budgets.models import Budget, PeriodCounter, Reservation
from placet.carts.pricing import price_lines
from placet.catalog.assortments import Allowed
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.plans.frozen import cart_of_content
from placet.requisitions.actions import withdraw_requisition
from placet.requisitions.actions.revise_requisition import revise_requisition
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import (
    CarryOver,
    DecisionOutcome,
    Requisition,
    Revision,
    RevisionOrigin,
    Step,
)
from placet.requisitions.wanted_lines import list_wanted_lines, with_quantity
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
Cause = RevisionOrigin.Cause


@transaction
def revise(
    requisition: Requisition, cast: Cast, quantities: dict[str, int], cause: str = Cause.REDUCED
) -> Revision:
    """The next revision with these quantities by SKU; what is not named stays."""
    locked = lock_requisition(requisition.pk)
    assert locked.revision is not None
    content = read_content(locked.revision.content)
    wanted = [
        with_quantity(line, quantities.get(line.product.sku, line.quantity))
        for line in list_wanted_lines(locked.revision)
        if quantities.get(line.product.sku, line.quantity)
    ]
    priced = price_lines(content.company, content.currency, wanted, allowed=Allowed(), now=cast.now)
    return revise_requisition(
        locked,
        cart=cart_of_content(content),
        priced=priced,
        cause=cause,
        actor=cast.lena,
        now=cast.now,
    )


def reserved(cast: Cast) -> int:
    budget = Budget.objects.get(company_id=cast.company["meridian"])
    return int(budget.reserved_minor)


def test_the_budget_and_the_counters_follow_the_new_content_exactly(cast: Cast) -> None:
    before = reserved(cast)
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    revision = revise(requisition, cast, {DRESSING: 30})
    assert revision.number == 2
    assert reserved(cast) - before == 30 * 1990
    held = Reservation.objects.filter(requisition_id=requisition.pk)
    assert sorted(held.values_list("status", flat=True)) == ["open", "released"]
    counters = PeriodCounter.objects.filter(member_id=cast.member["lena"])
    assert {one.spend_minor for one in counters} == {30 * 1990}
    assert {one.orders for one in counters} == {1}
    assert not verify()


def test_an_approval_is_kept_for_less_and_its_step_is_not_asked_again(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    given = answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    revise(requisition, cast, {INFUSION_SET: 9})
    requisition.refresh_from_db()
    assert requisition.revision is not None
    kept = CarryOver.objects.get(step__revision=requisition.revision)
    assert kept.decision_id == given.pk
    states = requisition.revision.steps.order_by("position").values_list("status", flat=True)
    assert list(states) == [Step.Status.APPROVED, Step.Status.PENDING]
    assert not verify()


def test_an_approval_is_reset_when_what_it_read_got_worse(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    revise(requisition, cast, {INFUSION_SET: 11}, Cause.EDITED)
    requisition.refresh_from_db()
    assert not CarryOver.objects.exists()
    assert (
        pending_step(requisition)
        .assignments.filter(member_id=cast.member["rashid"], is_open=True)
        .exists()
    )
    told = Event.objects.get(type="requisition.revised").payload
    assert "edited" in told


def test_nobody_gets_there_slice_by_slice(cast: Cast) -> None:
    """Down is kept, up again to what was approved is kept, above it is reset: from the baseline."""
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    kept = []
    for quantity in (8, 9, 10, 11):
        revision = revise(requisition, cast, {INFUSION_SET: quantity}, Cause.EDITED)
        kept.append(CarryOver.objects.filter(step__revision=revision).count())
    assert kept == [1, 1, 1, 0]
    assert not verify()


def test_with_all_approvals_kept_it_is_ordered_from_the_new_revision(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    revise(requisition, cast, {INFUSION_SET: 9})
    answer(requisition, "approve", actor=at_once(cast.anika), now=cast.now)
    order = Order.objects.get()
    assert read_content(order.content).lines[0].quantity == 9
    assert not verify()


def test_less_can_lead_to_a_step_less_and_then_to_the_order_at_once(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50), (GLOVES, 2))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    revise(requisition, cast, {DRESSING: 0})
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    assert not verify()


def test_what_was_answered_but_not_applied_lapses(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    given = answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    revise(requisition, cast, {INFUSION_SET: 9})
    outcome = DecisionOutcome.objects.get(decision=given)
    assert (outcome.kind, outcome.reason) == ("lapsed", "revision_replaced")
    assert not CarryOver.objects.exists()
    assert not verify()


def test_a_withdrawn_cart_comes_back_as_the_last_revision_stands(cast: Cast) -> None:
    """What an approver took away is somewhere else by then."""
    cart = fill_cart(cast, (DRESSING, 50), (INFUSION_SET, 2))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    revise(requisition, cast, {DRESSING: 30, INFUSION_SET: 0})
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    assert cart.status == "open"
    assert [(line.product.sku, line.quantity) for line in cart.lines.all()] == [(DRESSING, 30)]
    assert not verify()


def at_once(actor: Actor) -> Actor:
    """The same person through the API, where a decision takes effect at once."""
    return replace(actor, channel="api")
