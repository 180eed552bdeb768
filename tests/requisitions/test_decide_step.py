"""The one gate: who may decide, about which content, and what it leads to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.budgets.models import Budget, Reservation
from placet.catalog.models import Price
from placet.companies.models import Member
from placet.core.errors import Forbidden, InvalidInput
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import (
    apply_due_decisions,
    decide_step,
    retract_decision,
    withdraw_requisition,
)
from placet.requisitions.errors import AlreadyDecided, NotAsked, StaleRevision
from placet.requisitions.models import DecisionOutcome, Requisition, Step
from placet.requisitions.queries import list_awaiting_customers, list_inbox
from tests.cast import Cast
from tests.requisitions.road import (
    DRESSING,
    INFUSION_SET,
    answer,
    fill_cart,
    pending_step,
    submit,
)

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    """Ten infusion sets: Rashid first, then any one of Biomedical engineering."""
    return submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)


def test_lenas_order_needs_rashid_and_then_any_one_of_biomed(
    cast: Cast, requisition: Requisition
) -> None:
    assert [r.pk for r in list_awaiting_customers(cast.tomas)] == [requisition.pk]
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    assert not Order.objects.exists()
    apply_due_decisions(now=cast.now + UNDO)
    answer(requisition, "approve", actor=cast.jonas, now=cast.now + UNDO)
    apply_due_decisions(now=cast.now + 2 * UNDO)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    order = Order.objects.get(requisition_id=requisition.pk)
    assert requisition.revision is not None
    assert order.content_hash == requisition.revision.content_hash
    assert not list_inbox(cast.anika).exists()
    assert not list_awaiting_customers(cast.tomas).exists()
    budget = Budget.objects.get(company_id=cast.company["meridian"])
    assert (budget.reserved_minor, budget.committed_minor) == (0, 10 * 11900)
    assert verify() == []


def test_a_decision_waits_for_the_undo_and_leads_to_nothing_before(
    cast: Cast, requisition: Requisition
) -> None:
    decision = answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    assert apply_due_decisions(now=cast.now + UNDO - timedelta(seconds=1)) == 0
    retract_decision(decision, actor=cast.rashid, now=cast.now)
    assert apply_due_decisions(now=cast.now + UNDO) == 0
    assert pending_step(requisition).position == 1
    assert list_inbox(cast.rashid).count() == 1
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    assert verify() == []


def test_undo_after_it_took_effect_or_by_somebody_else_is_refused(
    cast: Cast, requisition: Requisition
) -> None:
    decision = answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    with pytest.raises(Forbidden):
        retract_decision(decision, actor=cast.lena, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    with pytest.raises(Exception, match="too late"):
        retract_decision(decision, actor=cast.rashid, now=cast.now + UNDO)


def test_another_hash_than_the_current_one_is_stale_and_carries_both(
    cast: Cast, requisition: Requisition
) -> None:
    with pytest.raises(StaleRevision) as caught:
        decide_step(
            pending_step(requisition),
            kind="approve",
            content_hash="f" * 64,
            actor=cast.rashid,
            now=cast.now,
        )
    assert requisition.revision is not None
    assert caught.value.facts["current"] == requisition.revision.content_hash
    assert caught.value.facts["seen"] == "f" * 64


def test_a_second_answer_at_the_same_step_is_refused(cast: Cast, requisition: Requisition) -> None:
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    with pytest.raises(AlreadyDecided, match="Rashid Haddad"):
        answer(requisition, "reject", actor=cast.rashid, now=cast.now, reason="no")


@pytest.mark.parametrize("who", ["lena", "ines", "anika", "pavel", "ola", "tomas"])
def test_nobody_else_decides_the_first_step(cast: Cast, requisition: Requisition, who: str) -> None:
    with pytest.raises((NotAsked, Forbidden)):
        answer(requisition, "approve", actor=cast.actors[who], now=cast.now)
    assert not Order.objects.exists()


def test_rejecting_takes_a_reason_ends_it_and_frees_the_budget(
    cast: Cast, requisition: Requisition
) -> None:
    with pytest.raises(InvalidInput) as caught:
        answer(requisition, "reject", actor=cast.rashid, now=cast.now, reason="  ")
    assert caught.value.path == "reason"
    answer(requisition, "reject", actor=cast.rashid, now=cast.now, reason="Twelve would expire.")
    apply_due_decisions(now=cast.now + UNDO)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.REJECTED
    assert set(requisition.steps.values_list("status", flat=True)) == {
        Step.Status.REJECTED,
        Step.Status.VOID,
    }
    budget = Budget.objects.get(company_id=cast.company["meridian"])
    assert budget.reserved_minor == 0
    assert not Order.objects.exists()
    assert verify() == []


def test_a_decision_lapses_when_the_requester_withdrew_meanwhile(
    cast: Cast, requisition: Requisition
) -> None:
    decision = answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    outcome = DecisionOutcome.objects.get(decision=decision)
    assert (outcome.kind, outcome.reason) == ("lapsed", "requisition_ended")
    assert Reservation.objects.get().status == Reservation.Status.RELEASED
    assert verify() == []


def test_a_decision_lapses_when_its_author_was_deactivated_meanwhile(
    cast: Cast, requisition: Requisition
) -> None:
    decision = answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    Member.objects.filter(pk=cast.member["rashid"]).update(status=Member.Status.DEACTIVATED)
    apply_due_decisions(now=cast.now + UNDO)
    assert DecisionOutcome.objects.get(decision=decision).reason == "member_deactivated"


def test_only_the_requester_withdraws(cast: Cast, requisition: Requisition) -> None:
    for other in (cast.rashid, cast.ines, cast.ola):
        with pytest.raises(Forbidden):
            withdraw_requisition(requisition, actor=other, now=cast.now)


def test_the_content_that_was_approved_is_the_content_that_leaves(
    cast: Cast, requisition: Requisition
) -> None:
    """Prices that move while people decide change nothing about what was frozen."""
    assert requisition.revision is not None
    frozen = bytes(requisition.revision.content)
    Price.objects.update(unit_price_minor=1)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    answer(requisition, "approve", actor=cast.piotr, now=cast.now + UNDO)
    apply_due_decisions(now=cast.now + 2 * UNDO)
    assert bytes(Order.objects.get().content) == frozen


def test_dressings_alone_need_only_rashid(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
