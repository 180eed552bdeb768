"""Lowering lines is a decision, not an edit: a new revision, and the rest is a cart again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from placet.budgets.models import Budget
from placet.carts.actions import AllocationValues, allocate_line
from placet.carts.models import Cart, CartAuthor
from placet.catalog.models import Product
from placet.core.errors import Forbidden, InvalidInput
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions, decide_step, retract_decision
from placet.requisitions.altered import NotForSale
from placet.requisitions.errors import NotAsked
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    Requisition,
    RevisionOrigin,
)
from placet.requisitions.reducing import preview_reduction
from tests.cast import Cast
from tests.requisitions.road import (
    DRESSING,
    GLOVES,
    INFUSION_SET,
    answer,
    asked,
    fill_cart,
    pending_step,
    submit,
)

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)
WHY = "Forty are in the store room."


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    """Line 1: 60 dressings; line 2: ten infusion sets. Rashid, then any one of biomed."""
    cart = fill_cart(cast, (DRESSING, 60), (INFUSION_SET, 10))
    return submit(cart, actor=cast.lena, now=cast.now)


def lower(
    cast: Cast, requisition: Requisition, lines: Mapping[int, int], who: str = "rashid"
) -> Decision:
    requisition.refresh_from_db()
    assert requisition.revision is not None
    return decide_step(
        pending_step(requisition),
        kind="approve",
        content_hash=requisition.revision.content_hash,
        reason=WHY,
        lines=lines,
        actor=cast.actors[who],
        now=cast.now,
    )


def after(cast: Cast, requisition: Requisition, seconds: int = 10) -> Requisition:
    apply_due_decisions(now=cast.now + timedelta(seconds=seconds))
    requisition.refresh_from_db()
    return requisition


def quantities(requisition: Requisition) -> dict[str, int]:
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    return {line.sku: line.quantity for line in content.lines}


def test_less_is_a_new_revision_that_he_approved_without_becoming_its_author(
    cast: Cast, requisition: Requisition
) -> None:
    decision = lower(cast, requisition, {1: 20})
    assert quantities(requisition) == {DRESSING: 60, INFUSION_SET: 10}
    after(cast, requisition)
    assert requisition.revision is not None
    assert requisition.revision.number == 2
    assert quantities(requisition) == {DRESSING: 20, INFUSION_SET: 10}
    origin = RevisionOrigin.objects.get(revision=requisition.revision)
    assert (origin.cause, origin.decision_id) == ("reduced", decision.pk)
    assert cast.user["rashid"] not in requisition.revision.authors
    assert CarryOver.objects.get(decision=decision).step.revision_id == requisition.revision_id
    assert asked(cast, requisition) == {"anika", "jonas", "piotr"}
    budget = Budget.objects.get(company_id=cast.company["meridian"])
    assert budget.reserved_minor == 20 * 1990 + 10 * 11900
    answer(requisition, "approve", actor=replace(cast.jonas, channel="api"), now=cast.now)
    order = Order.objects.get(requisition_id=requisition.pk)
    assert order.content_hash == requisition.revision.content_hash


def test_what_was_taken_away_is_a_cart_of_lenas_again_with_who_and_why(
    cast: Cast, requisition: Requisition
) -> None:
    lower(cast, requisition, {1: 20, 2: 0})
    after(cast, requisition)
    assert quantities(requisition) == {DRESSING: 20}
    cart = Cart.objects.exclude(pk=requisition.cart_id).get(status=Cart.Status.OPEN)
    assert cart.owner_id == cast.member["lena"]
    assert cart.name == "ICU-4 week 48: not approved"
    assert "Rashid Haddad" in cart.justification
    assert WHY in cart.justification
    assert {line.product.sku: line.quantity for line in cart.lines.all()} == {
        DRESSING: 40,
        INFUSION_SET: 10,
    }
    assert cart.cost_center_id == cast.cost_center["meridian/4410"]
    assert CartAuthor.objects.filter(cart=cart, member_id=cast.member["lena"]).exists()
    assert not CartAuthor.objects.filter(cart=cart, member_id=cast.member["rashid"]).exists()
    made = Event.objects.get(type="cart.created", subject=cart.pk)
    assert requisition.pk in made.payload
    assert cart.name not in made.payload


def test_undone_in_time_nothing_was_lowered(cast: Cast, requisition: Requisition) -> None:
    decision = lower(cast, requisition, {1: 20})
    retract_decision(decision, actor=cast.rashid, now=cast.now)
    after(cast, requisition)
    assert requisition.revision is not None
    assert requisition.revision.number == 1
    assert asked(cast, requisition) == {"rashid"}
    assert not Cart.objects.filter(status=Cart.Status.OPEN).exists()


def test_nothing_left_is_a_rejection(cast: Cast, requisition: Requisition) -> None:
    decision = lower(cast, requisition, {1: 0, 2: 0})
    assert decision.kind == Decision.Kind.REJECT
    after(cast, requisition)
    assert requisition.status == Requisition.Status.REJECTED
    assert not Cart.objects.filter(status=Cart.Status.OPEN).exists()


def test_lines_as_they_were_are_a_plain_approval(cast: Cast, requisition: Requisition) -> None:
    decision = lower(cast, requisition, {1: 60, 2: 10})
    assert not decision.lines.exists()
    after(cast, requisition)
    assert requisition.revision is not None
    assert requisition.revision.number == 1
    assert asked(cast, requisition) == {"anika", "jonas", "piotr"}


def test_below_every_rule_it_is_ordered_at_once(cast: Cast) -> None:
    """Forty gloves need nobody: lowered that far, the purchase leaves as it is then."""
    requisition = submit(fill_cart(cast, (DRESSING, 60)), actor=cast.lena, now=cast.now)
    lower(cast, requisition, {1: 20})
    after(cast, requisition)
    assert requisition.status == Requisition.Status.ORDERED
    assert Order.objects.get().goods_minor == 20 * 1990


@pytest.mark.parametrize(
    ("lines", "path", "code"),
    [
        ({1: 61}, "lines/1", "raised"),
        ({3: 1}, "lines/3", "unknown"),
        ({1: -1}, "lines/1", "negative"),
        ({1: 10**18}, "lines/1", "raised"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_stands(
    cast: Cast, requisition: Requisition, lines: dict[int, int], path: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        lower(cast, requisition, lines)
    assert (refused.value.path, refused.value.code) == (path, code)
    assert not Decision.objects.exists()


def test_boxes_are_left_in_the_steps_in_which_they_are_sold(cast: Cast) -> None:
    cart = fill_cart(cast, ("BOX-50", 100), (DRESSING, 60))
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput) as refused:
        lower(cast, requisition, {1: 12})
    assert (refused.value.path, refused.value.facts["nearest"]) == ("lines/1", 10)


def test_it_takes_a_reason_and_an_approval(cast: Cast, requisition: Requisition) -> None:
    assert requisition.revision is not None
    for kind, reason, path in (("approve", " ", "reason"), ("reject", "no", "lines")):
        with pytest.raises(InvalidInput) as refused:
            decide_step(
                pending_step(requisition),
                kind=kind,
                content_hash=requisition.revision.content_hash,
                reason=reason,
                lines={1: 1},
                actor=cast.rashid,
                now=cast.now,
            )
        assert refused.value.path == path


@pytest.mark.parametrize("who", ["lena", "ines", "anika", "ola", "tomas"])
def test_only_who_is_asked_lowers(cast: Cast, requisition: Requisition, who: str) -> None:
    with pytest.raises((NotAsked, Forbidden)):
        lower(cast, requisition, {1: 1}, who)


def test_the_preview_is_what_happens_and_writes_nothing(
    cast: Cast, requisition: Requisition
) -> None:
    requisition.refresh_from_db()
    before = Event.objects.count()
    shown = preview_reduction(requisition, {2: 0}, actor=cast.rashid, now=cast.now)
    assert Event.objects.count() == before
    assert shown.content.goods_minor == 60 * 1990
    assert [step.step.label.code for step in shown.steps] == ["head"]
    lower(cast, requisition, {2: 0})
    after(cast, requisition)
    assert requisition.revision is None or requisition.revision.number == 2
    assert requisition.status == Requisition.Status.ORDERED


def test_a_product_that_left_the_sale_is_told_at_once_or_the_decision_lapses(
    cast: Cast, requisition: Requisition
) -> None:
    late = lower(cast, requisition, {1: 20})
    Product.objects.filter(sku=DRESSING).update(status=Product.Status.DISCONTINUED)
    after(cast, requisition)
    outcome = DecisionOutcome.objects.get(decision=late)
    assert (outcome.kind, outcome.reason) == ("lapsed", "cannot_be_reduced")
    assert requisition.revision is not None
    assert requisition.revision.number == 1
    assert asked(cast, requisition) == {"rashid"}
    assert not Cart.objects.filter(status=Cart.Status.OPEN).exists()
    with pytest.raises(NotForSale):
        lower(cast, requisition, {1: 10})


def test_two_approvers_lower_one_after_the_other(cast: Cast, requisition: Requisition) -> None:
    lower(cast, requisition, {1: 20})
    after(cast, requisition)
    later = replace(cast.jonas, channel="api")
    assert requisition.revision is not None
    decide_step(
        pending_step(requisition),
        kind="approve",
        content_hash=requisition.revision.content_hash,
        reason=WHY,
        lines={2: 4},
        actor=later,
        now=cast.now + UNDO,
    )
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    assert quantities(requisition) == {DRESSING: 20, INFUSION_SET: 4}
    assert Cart.objects.filter(status=Cart.Status.OPEN).count() == 2


def test_the_shares_of_a_split_line_are_taken_from_the_last_part(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 60), (GLOVES, 20))
    line = cart.lines.get(product__sku=DRESSING)
    places = list(cast.address.values())[:2]
    parts = [AllocationValues(25, places[0]), AllocationValues(35, places[1])]
    allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    lower(cast, requisition, {1: 30})
    after(cast, requisition)
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    assert [part.quantity for part in content.lines[0].allocations] == [25, 5]
    rest = Cart.objects.exclude(pk=cart.pk).get(status=Cart.Status.OPEN)
    lost = rest.lines.get().allocations.get()
    assert (lost.quantity, lost.ship_to_id) == (30, places[1])
